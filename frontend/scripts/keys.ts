/** The desk's keys: J K move, Enter opens, X ticks, / searches, ? helps, and letters for actions. */
import { island } from "./islands";

const SWITCH = "jinlin-keys";

const TYPED = "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, select";

function isOn(): boolean {
  return localStorage.getItem(SWITCH) !== "off";
}

/** Keys are left alone while a Chinese word is being composed, in fields, in dialogs, and with Ctrl, Alt or Meta. */
function isOurs(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement;
  const composing = event.isComposing || event.keyCode === 229;
  const modified = event.ctrlKey || event.altKey || event.metaKey;
  return !composing && !modified && !target.isContentEditable && !target.closest(`${TYPED}, dialog`);
}

function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-rows] [data-row]")];
}

function here(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-row].row-here");
}

function move(by: number): void {
  const all = rows();
  const current = here();
  const index = current ? all.indexOf(current) + by : by > 0 ? 0 : all.length - 1;
  const next = all[Math.min(Math.max(index, 0), all.length - 1)];
  if (!next) return;
  current?.classList.remove("row-here");
  next.classList.add("row-here");
  next.querySelector<HTMLElement>("a, button")?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function open(): void {
  here()?.querySelector<HTMLElement>("a")?.click();
}

function tick(): void {
  here()?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
}

function act(code: string): boolean {
  const wanted = `[data-key="${code}"]`;
  const candidates = [here()?.querySelector<HTMLElement>(wanted), ...document.querySelectorAll<HTMLElement>(wanted)];
  const found = candidates.find((element) => element?.checkVisibility());
  found?.click();
  found?.focus();
  return Boolean(found);
}

function search(): boolean {
  const field = document.querySelector<HTMLElement>("[data-key-search]");
  field?.focus();
  return Boolean(field);
}

function letters(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-key]")].map((element) => {
    const line = document.createElement("div");
    const name = document.createElement("dt");
    const meaning = document.createElement("dd");
    const key = document.createElement("kbd");
    key.textContent = (element.dataset.key ?? "").replace(/^(Key|Digit)/, "");
    meaning.textContent = (element.getAttribute("aria-label") ?? element.textContent ?? "").trim();
    name.append(key);
    line.append(name, meaning);
    return line;
  });
}

function help(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("dialog[data-keys-help]");
  if (!dialog) return false;
  dialog.querySelector("[data-keys-letters]")?.replaceChildren(...letters());
  dialog.showModal();
  return true;
}

/** Says whether the key was used; anything else is the browser's. */
function press(event: KeyboardEvent): boolean {
  const onControl = (event.target as HTMLElement).closest("a, button, summary");
  switch (event.code) {
    case "KeyJ":
      move(1);
      return true;
    case "KeyK":
      move(-1);
      return true;
    case "KeyX":
      tick();
      return here() !== null;
    case "Enter":
      if (onControl || !here()) return false;
      open();
      return true;
    case "Slash":
      return event.shiftKey || event.key === "?" ? help() : search();
    default:
      return act(event.code);
  }
}

island("dialog[data-keys-help]", (dialog) => {
  document.addEventListener("keydown", (event) => {
    if (isOn() && isOurs(event) && press(event)) event.preventDefault();
  });
  const toggle = dialog.querySelector<HTMLInputElement>("[data-keys-switch]");
  if (!toggle) return;
  toggle.checked = isOn();
  toggle.addEventListener("change", () => localStorage.setItem(SWITCH, toggle.checked ? "on" : "off"));
});

island("[data-keys-open]", (button) => {
  button.hidden = false;
  button.addEventListener("click", help);
});
