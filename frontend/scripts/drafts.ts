/** Keeps what is typed into a form on the device until it was sent, for seven days at most. */
import { island, word } from "./islands";

const DAYS = 7;
const PREFIX = "jinlin-draft:";
const SKIPPED = new Set(["file", "password", "hidden", "submit", "button", "reset"]);

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Draft = { at: number; values: [string, string][] };

function fields(form: HTMLFormElement): Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement ||
        element instanceof HTMLTextAreaElement ||
        element instanceof HTMLSelectElement) &&
      Boolean(element.name) &&
      !SKIPPED.has(element.type) &&
      !element.hasAttribute("data-no-draft"),
  );
}

function isTick(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

function isTyped(field: Field): boolean {
  return !isTick(field) && !(field instanceof HTMLSelectElement) && field.value !== "";
}

function read(key: string): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key) ?? "null") as Draft | null;
    return draft && Date.now() - draft.at < DAYS * 86_400_000 ? draft : null;
  } catch {
    return null;
  }
}

function write(key: string, form: HTMLFormElement): void {
  const all = fields(form);
  if (!all.some(isTyped)) {
    localStorage.removeItem(PREFIX + key);
    return;
  }
  const kept = all.filter((field) => !isTick(field) || field.checked);
  const draft: Draft = { at: Date.now(), values: kept.map((field) => [field.name, field.value]) };
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(draft));
  } catch {
    // The device is full or forbids storing: the form still works, only without a draft.
  }
}

function fill(form: HTMLFormElement, draft: Draft): void {
  for (const field of fields(form)) {
    const saved = draft.values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (isTick(field)) field.checked = saved.includes(field.value);
    else if (saved[0] !== undefined) field.value = saved[0];
  }
}

function offerToForget(form: HTMLFormElement, key: string): void {
  const note = document.createElement("p");
  const button = document.createElement("button");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  button.type = "button";
  button.className = "btn btn-ghost";
  button.textContent = word("draftForget");
  button.addEventListener("click", () => {
    localStorage.removeItem(PREFIX + key);
    form.reset();
    note.remove();
    fields(form)[0]?.focus();
  });
  note.append(word("draftRestored"), button);
  form.prepend(note);
}

island("form[data-draft]", (element) => {
  const form = element as HTMLFormElement;
  const key = form.dataset.draft ?? "";
  const draft = read(key);
  // Words that the server sent back count more than an older draft.
  if (draft && !fields(form).some(isTyped)) {
    fill(form, draft);
    offerToForget(form, key);
  }
  let waiting: number | undefined;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => write(key, form), 400);
  });
  window.addEventListener("pagehide", () => write(key, form));
});

island("[data-draft-done]", (element) => localStorage.removeItem(PREFIX + (element.dataset.draftDone ?? "")));
