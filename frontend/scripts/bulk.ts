/** Counts the ticked rows beside the buttons that act on them. */
import { island, part } from "./islands";

island("[data-bulk]", (bar) => {
  const form = document.getElementById(bar.dataset.bulk ?? "");
  const count = part(bar, "[data-bulk-count]");
  const show = () => {
    const boxes = document.querySelectorAll<HTMLInputElement>("[data-row] input[type=checkbox]");
    count.textContent = String([...boxes].filter((box) => box.checked && box.form === form).length);
  };
  document.addEventListener("change", show);
  show();
});
