/** Copies a receipt code; the button shows only where the browser can. */
import { island } from "./islands";

island("[data-copy]", (button) => {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    const words = button.querySelector("span");
    if (words) words.textContent = button.dataset.copied ?? "";
  });
});
