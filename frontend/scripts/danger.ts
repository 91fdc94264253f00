/** Shows the emergency numbers as soon as the words that somebody types speak of danger to life. */
import { island, part } from "./islands";

island("form[data-danger-words]", (form) => {
  const words = (form.dataset.dangerWords ?? "").split(" ").filter(Boolean);
  const numbers = part(form, "[data-danger-shown]");
  const look = () => {
    const texts = [...form.querySelectorAll("textarea")].map((field) => field.value);
    // Once shown they stay: numbers that come and go while somebody types would only confuse.
    if (words.some((word) => texts.some((text) => text.includes(word)))) numbers.hidden = false;
  };
  form.addEventListener("input", look);
  look();
});
