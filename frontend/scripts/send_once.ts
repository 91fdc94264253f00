/** Keeps a second tap from sending a form again while the first is under way. */
import { island, word } from "./islands";

function mark(form: HTMLFormElement, sending: boolean): void {
  form.toggleAttribute("data-sending", sending);
  const inside = form.querySelectorAll<HTMLButtonElement>("button:not([type=button])");
  for (const button of inside) button.setAttribute("aria-disabled", String(sending));
}

function announce(form: HTMLFormElement, text: string): void {
  let note = form.querySelector<HTMLElement>("[data-sending-note]");
  if (!note) {
    note = document.createElement("p");
    note.setAttribute("role", "status");
    note.setAttribute("data-sending-note", "");
    form.append(note);
  }
  note.textContent = text;
}

island("form[data-send-once]", (element) => {
  const form = element as HTMLFormElement;
  const release = () => {
    mark(form, false);
    announce(form, "");
  };
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-sending")) {
      event.preventDefault();
      return;
    }
    mark(form, true);
    announce(form, word("sending"));
  });
  form.addEventListener("htmx:afterRequest", release);
  // Coming back by the browser's back key shows the page as it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) release();
  });
});
