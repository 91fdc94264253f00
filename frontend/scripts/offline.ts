/** Lets the field door work without a network: forms are kept on the phone and sent when there is one. */
import { island, part, word } from "./islands";
import { forget, keep, keptBy, type Kept } from "./kept";
import { type Outcome, sendAll } from "./sending";

const QUEUE = "/field/to-send";
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "key", "entered_ms", "sent_ms"]);
const LONGEST_TITLE = 40;

function registerWorker(): void {
  // Only pages that came over a safe way may keep themselves at hand; the others work as they did.
  void navigator.serviceWorker?.register("/field/worker.js", { scope: "/field/" }).catch(() => undefined);
}

function titleOf(form: HTMLFormElement): string {
  const text = form.querySelector<HTMLTextAreaElement>("textarea")?.value.trim() ?? "";
  const choice = form.querySelector<HTMLSelectElement>("select")?.selectedOptions[0]?.textContent?.trim() ?? "";
  return (text || choice).slice(0, LONGEST_TITLE);
}

function entryOf(form: HTMLFormElement): Omit<Kept, "number"> {
  const given = [...new FormData(form)];
  return {
    key: crypto.randomUUID(),
    account: form.dataset.offline ?? "",
    action: location.pathname,
    title: titleOf(form),
    enteredMs: Date.now(),
    fields: given.filter((pair): pair is [string, string] => typeof pair[1] === "string" && !LEFT_OUT.has(pair[0])),
    photos: given.map(([, value]) => value).filter((value): value is File => value instanceof File && value.size > 0),
    finding: "",
  };
}

function say(form: HTMLFormElement, text: string): void {
  const note = document.createElement("p");
  note.setAttribute("role", "status");
  note.textContent = text;
  form.append(note);
}

island("form[data-offline]", (element) => {
  const form = element as HTMLFormElement;
  registerWorker();

  async function keepIt(): Promise<void> {
    try {
      await keep(entryOf(form));
    } catch {
      say(form, word("keepFailed"));
      return;
    }
    form.reset();
    location.assign(QUEUE);
  }

  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = word("keep");
  button.addEventListener("click", () => void keepIt());
  form.querySelector(":scope > .buttons")?.append(button);

  form.addEventListener("submit", (event) => {
    const asked = event.submitter?.getAttribute("name") ?? "";
    if (navigator.onLine || asked) return; // named buttons take a step in choosing a place
    event.preventDefault();
    event.stopImmediatePropagation();
    void keepIt();
  });
});

island("[data-outbox]", (box) => {
  const account = box.dataset.outbox ?? "";
  const note = part(box, "[data-outbox-note]");
  const list = part(box, "[data-outbox-list]");
  const done = part(box, "[data-outbox-done]");
  const button = part<HTMLButtonElement>(box, "[data-outbox-send]");
  registerWorker();

  function row(entry: Kept): HTMLLIElement {
    const item = document.createElement("li");
    const words = document.createElement("p");
    const photos = entry.photos.length ? ` · ${word("outboxPhotos", { count: entry.photos.length })}` : "";
    words.textContent = `${entry.title}${photos}`;
    item.append(words);
    if (!entry.finding) return item;
    const why = document.createElement("p");
    why.textContent = `${word("outboxRefused")} ${entry.finding}`;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn btn-danger";
    remove.textContent = word("outboxForget", { title: entry.title });
    remove.addEventListener("click", () => void forget(entry.number).then(() => show("")));
    item.append(why, remove);
    return item;
  }

  async function show(outcome: Outcome | ""): Promise<void> {
    const kept = await keptBy(account);
    list.replaceChildren(...kept.map(row));
    button.hidden = kept.length === 0;
    const count = kept.length ? word("outboxCount", { count: kept.length }) : word("outboxEmpty");
    const why = { offline: word("outboxOffline"), "sign-in": word("outboxSignIn"), done: "", "": "" }[outcome];
    note.textContent = `${count} ${kept.length ? why : ""}`.trim();
  }

  function told(entry: Kept, receipt: string): void {
    const item = document.createElement("li");
    const words = document.createElement(receipt ? "a" : "p");
    if (words instanceof HTMLAnchorElement) words.href = receipt;
    words.textContent = word("outboxSent", { title: entry.title });
    item.append(words);
    done.append(item);
  }

  async function send(): Promise<void> {
    await show(navigator.onLine ? "" : "offline");
    if (navigator.onLine) await show(await sendAll(account, told));
  }

  button.addEventListener("click", () => void send());
  window.addEventListener("online", () => void send());
  void send();
});
