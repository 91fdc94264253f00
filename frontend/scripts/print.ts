/** Prints the page; the button shows only where scripts run. */
import { island } from "./islands";

island("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
