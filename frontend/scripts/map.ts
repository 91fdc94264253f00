/** Maps without tiles: the place's own boundaries and points, and a picker with a fixed crosshair. */
import { LngLatBounds, Map as MapView, setWorkerUrl, type GeoJSONSource, type MapGeoJSONFeature } from "maplibre-gl";
import { part, word } from "./islands";

const PAN_PIXELS = 96;
const START_ZOOM = 15;

const brush = document.createElement("canvas").getContext("2d");

/** A token's colour with six digits, however the style sheet shortens it. */
function ink(name: string): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (!brush) return value;
  brush.fillStyle = value;
  return brush.fillStyle as string;
}

function mix(share: number): string {
  const channels = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const [from, to] = [channels(ink("--page")), channels(ink("--brand"))];
  return `rgb(${from.map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share)).join(",")})`;
}

function layers(): object[] {
  const shade = ["interpolate", ["linear"], ["coalesce", ["get", "level"], 0], 0, mix(0.08), 4, mix(0.7)];
  return [
    { id: "page", type: "background", paint: { "background-color": ink("--surface") } },
    {
      id: "areas", type: "fill", source: "features", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": shade, "fill-opacity": 0.9 },
    },
    {
      id: "borders", type: "line", source: "features", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "line-color": ink("--text"), "line-width": 1 },
    },
    {
      id: "selected", type: "line", source: "features", filter: ["==", ["get", "code"], ""],
      paint: { "line-color": ink("--focus"), "line-width": 4 },
    },
    {
      id: "points", type: "circle", source: "features", filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 8, "circle-color": ink("--brand"), "circle-stroke-color": ink("--page"), "circle-stroke-width": 2,
      },
    },
  ];
}

function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

async function open(box: HTMLElement, canvas: HTMLElement, start: object): Promise<MapView> {
  if (!canDraw()) throw new Error("This device has no WebGL.");
  setWorkerUrl(new URL(box.dataset.worker ?? "", location.href).href);
  const empty = { type: "FeatureCollection", features: [] };
  const map = new MapView({
    container: canvas,
    style: { version: 8, sources: { features: { type: "geojson", data: empty } }, layers: layers() } as never,
    attributionControl: false,
    dragRotate: false,
    touchPitch: false,
    pitchWithRotate: false,
    rollEnabled: false,
    scrollZoom: false,
    fadeDuration: 0,
    ...start,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.getCanvas().setAttribute("aria-label", canvas.getAttribute("aria-label") ?? box.dataset.label ?? "");
  await new Promise((resolve, reject) => {
    map.once("load", resolve);
    map.once("error", (event) => reject(event.error));
  });
  return map;
}

type Shape = { coordinates?: unknown; geometries?: Shape[] };
type Features = { features: { geometry: Shape | null }[] };

function eachPoint(coordinates: unknown, use: (point: [number, number]) => void): void {
  if (!Array.isArray(coordinates)) return;
  if (typeof coordinates[0] === "number") use(coordinates as [number, number]);
  else for (const inner of coordinates) eachPoint(inner, use);
}

function bounds(collection: Features): LngLatBounds {
  const box = new LngLatBounds();
  for (const { geometry } of collection.features) eachPoint(geometry?.coordinates, (point) => box.extend(point));
  return box;
}

async function addFeatures(map: MapView, url: string): Promise<LngLatBounds> {
  const answer = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`The map's data did not arrive (${answer.status}).`);
  const collection = await answer.json();
  (map.getSource("features") as GeoJSONSource).setData(collection);
  return bounds(collection);
}

const MOVES: Record<string, (map: MapView) => void> = {
  up: (map) => map.panBy([0, -PAN_PIXELS], { animate: false }),
  down: (map) => map.panBy([0, PAN_PIXELS], { animate: false }),
  left: (map) => map.panBy([-PAN_PIXELS, 0], { animate: false }),
  right: (map) => map.panBy([PAN_PIXELS, 0], { animate: false }),
  in: (map) => map.zoomIn({ animate: false }),
  out: (map) => map.zoomOut({ animate: false }),
};

function tieButtons(box: HTMLElement, map: MapView): void {
  for (const button of box.querySelectorAll<HTMLElement>("[data-map-move]")) {
    button.addEventListener("click", () => MOVES[button.dataset.mapMove ?? ""]?.(map));
  }
}

// --- areas and points beside their list ---

function say(status: HTMLElement, feature: MapGeoJSONFeature): void {
  const { name, url } = feature.properties as { name?: string; url?: string };
  const link = document.createElement("a");
  link.href = url ?? "";
  link.textContent = name ?? "";
  status.replaceChildren(url ? link : (name ?? ""));
}

function selectRow(table: string, code: string): void {
  const rows = document.querySelectorAll<HTMLElement>(`#${CSS.escape(table)} [data-code]`);
  for (const row of rows) {
    const chosen = row.dataset.code === code;
    row.classList.toggle("row-here", chosen);
    if (chosen) row.scrollIntoView({ block: "nearest" });
  }
}

/** Chooses the radio of the page that stands for what was clicked, such as a building to move or the grid it goes to. */
function chooseRadio(code: string): void {
  const radio = document.querySelector<HTMLInputElement>(`main input[type=radio][value="${CSS.escape(code)}"]`);
  if (radio) radio.checked = true;
}

export async function draw(box: HTMLElement): Promise<void> {
  const canvas = part(box, "[data-map-canvas]");
  const frame = part(box, "[data-map-frame]");
  const status = part(box, "[data-map-said]");
  frame.hidden = false;
  try {
    const map = await open(box, canvas, {});
    const area = await addFeatures(map, box.dataset.url ?? "");
    if (!area.isEmpty()) map.fitBounds(area, { padding: 24, animate: false, maxZoom: 17 });
    tieButtons(box, map);
    map.on("click", (event) => {
      const [feature] = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"] });
      if (!feature) return;
      const code = String(feature.properties.code ?? "");
      map.setFilter("selected", ["==", ["get", "code"], code]);
      say(status, feature);
      selectRow(box.dataset.table ?? "", code);
      chooseRadio(code);
    });
    // Until the features are drawn, a click would find none.
    await map.once("idle");
  } catch (error) {
    frame.hidden = true;
    throw error;
  }
}

// --- the picker ---

type Place = { code: string; name: string; metres: number };

function radio(name: string, place: Place, onChoose: () => void): HTMLLabelElement {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const words = document.createElement("span");
  label.className = "choice";
  input.type = "radio";
  input.className = "radio";
  input.name = name;
  input.value = place.code;
  input.addEventListener("change", onChoose);
  words.textContent = `${place.name} · ${word("mapMetres", { metres: Math.round(place.metres) })}`;
  label.append(input, words);
  return label;
}

export async function pick(box: HTMLElement): Promise<void> {
  const body = part(box, "[data-map-body]");
  const status = part(box, "[data-map-said]");
  const list = part(box, "[data-map-places]");
  const latitude = part<HTMLInputElement>(box, "[data-map-latitude]");
  const longitude = part<HTMLInputElement>(box, "[data-map-longitude]");
  const accuracy = part<HTMLInputElement>(box, "[data-map-accuracy]");
  const { placesUrl = "", boundariesUrl = "", name = "place" } = box.dataset;
  const given = latitude.value !== "" && longitude.value !== "";
  let map: MapView;

  function keepPoint(): void {
    latitude.value = map.getCenter().lat.toFixed(6);
    longitude.value = map.getCenter().lng.toFixed(6);
  }

  async function showPlaces(): Promise<void> {
    const { lat, lng } = map.getCenter();
    const query = new URLSearchParams({ latitude: lat.toFixed(6), longitude: lng.toFixed(6) });
    const answer = await fetch(`${placesUrl}${placesUrl.includes("?") ? "&" : "?"}${query}`);
    const { places = [] } = answer.ok ? ((await answer.json()) as { places?: Place[] }) : {};
    list.replaceChildren(...places.slice(0, 5).map((place) => radio(name, place, keepPoint)));
    if (places.length === 0) status.textContent = word("mapNone");
  }

  function locate(): void {
    if (!navigator.geolocation) {
      status.textContent = word("mapRefused");
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        accuracy.value = String(Math.round(coords.accuracy));
        status.textContent = word("mapAccuracy", { metres: accuracy.value });
        map.jumpTo({ center: [coords.longitude, coords.latitude], zoom: 17 });
      },
      () => (status.textContent = word("mapRefused")),
      { enableHighAccuracy: true, timeout: 10_000 },
    );
  }

  body.hidden = false;
  body.inert = true;
  try {
    const centre = { center: [Number(longitude.value), Number(latitude.value)], zoom: START_ZOOM };
    map = await open(box, part(box, "[data-map-canvas]"), given ? centre : {});
    const area = boundariesUrl ? await addFeatures(map, boundariesUrl) : new LngLatBounds();
    if (!given && !area.isEmpty()) map.fitBounds(area, { padding: 24, animate: false });
  } catch (error) {
    body.hidden = true;
    throw error;
  }
  tieButtons(box, map);
  map.on("moveend", () => {
    keepPoint();
    void showPlaces();
  });
  part(box, "[data-map-locate]").addEventListener("click", locate);
  body.inert = false;
  await showPlaces();
}
