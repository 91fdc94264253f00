/** Closes an open menu on Escape and on a click elsewhere. */
import { island } from "./islands";

island("details[data-menu]", (element) => {
  const menu = element as HTMLDetailsElement;
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
});
