/** Shrinks chosen photos on the device, shows them, and lets one be taken out again before sending. */
import { icon, island, part, word } from "./islands";

const LIMIT_BYTES = 500_000;
const LONGEST_SIDE = 2048;

function draw(image: ImageBitmap, scale: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw.");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function encode(canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}

/** Drawing anew also leaves out everything that the camera wrote into the file, the place among it. */
async function shrink(file: File): Promise<File> {
  const image = await createImageBitmap(file);
  let scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  for (let tries = 0; tries < 8; tries += 1) {
    const canvas = draw(image, scale);
    for (const quality of [0.85, 0.7]) {
      const blob = await encode(canvas, quality);
      if (blob && blob.size <= LIMIT_BYTES) {
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
      }
    }
    scale *= 0.75;
  }
  throw new Error("The photo does not get small enough.");
}

type Chosen = { file: File; readable: boolean };

async function prepare(file: File): Promise<Chosen> {
  try {
    return { file: await shrink(file), readable: true };
  } catch {
    // The browser cannot read this kind of photo (HEIC, say); the server says what it thinks of it.
    return { file, readable: false };
  }
}

island("[data-photos]", (box) => {
  const input = part<HTMLInputElement>(box, "[data-photos-input]");
  const count = part(box, "[data-photos-count]");
  const previews = part(box, "[data-photos-previews]");
  const most = Number(box.dataset.photos);
  let chosen: Chosen[] = [];

  function hand(): void {
    const files = new DataTransfer();
    for (const { file } of chosen) files.items.add(file);
    input.files = files.files;
  }

  function preview({ file, readable }: Chosen, index: number): HTMLLIElement {
    const item = document.createElement("li");
    if (readable) {
      const image = document.createElement("img");
      image.src = URL.createObjectURL(file);
      image.alt = word("photo", { number: index + 1 });
      image.addEventListener("load", () => URL.revokeObjectURL(image.src));
      item.append(image);
    } else {
      item.append(word("photoUnreadable", { name: file.name }));
    }
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn";
    remove.append(icon("x"), word("photoRemove", { number: index + 1 }));
    remove.addEventListener("click", () => {
      chosen = chosen.filter((_, other) => other !== index);
      show("");
      input.focus();
    });
    item.append(remove);
    return item;
  }

  function show(extra: string): void {
    hand();
    previews.replaceChildren(...chosen.map(preview));
    count.textContent = `${word("photoCount", { count: chosen.length, most })} ${extra}`.trim();
  }

  input.addEventListener("change", async () => {
    const added = [...(input.files ?? [])];
    const room = most - chosen.length;
    count.textContent = word("photoShrinking");
    for (const file of added.slice(0, room)) chosen.push(await prepare(file));
    show(added.length > room ? word("photoTooMany", { most }) : "");
  });
});
