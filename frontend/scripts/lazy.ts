/** Fetches the map and the chart code when somebody opens one, or scrolls to one that is to stand open. */
import { island, part, word } from "./islands";

type Drawn = { draw: (box: HTMLElement) => Promise<void> };
type Picker = { pick: (box: HTMLElement) => Promise<void> };

async function load<T>(box: HTMLElement): Promise<T> {
  return (await import(box.dataset.module ?? "")) as T;
}

async function attempt(box: HTMLElement, work: () => Promise<void>): Promise<void> {
  const status = part(box, "[data-island-status]");
  status.textContent = word("loading");
  try {
    await work();
    status.textContent = "";
  } catch {
    status.textContent = word("unavailable");
  }
}

island("[data-island]", (box) => {
  const tools = part(box, "[data-island-tools]");
  const start = async () => {
    tools.hidden = true;
    await attempt(box, async () => (await load<Drawn>(box)).draw(box));
  };
  if (!box.hasAttribute("data-open")) {
    tools.hidden = false;
    part(tools, "button").addEventListener("click", start);
    return;
  }
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    void start();
  });
  watcher.observe(box);
});

island("[data-map-picker]", (box) => {
  box.hidden = false;
  const open = part(box, "[data-map-open]");
  open.addEventListener("click", async () => {
    open.hidden = true;
    await attempt(box, async () => (await load<Picker>(box)).pick(box));
  });
});
