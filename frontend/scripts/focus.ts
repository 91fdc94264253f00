/** Moves the focus to what a page wants to be read first: the summary of a form's errors. */
import { island } from "./islands";

island("[data-takes-focus]", (element) => element.focus());
