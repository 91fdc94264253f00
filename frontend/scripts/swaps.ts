/** htmx under a strict content policy, with the form token, and with the focus kept where it was. */
import htmx from "htmx.org";
import { startIslands } from "./islands";

function cookie(name: string): string {
  const pair = document.cookie.split("; ").find((item) => item.startsWith(`${name}=`));
  return pair ? decodeURIComponent(pair.slice(name.length + 1)) : "";
}

function token(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? cookie("csrftoken");
}

let focused: { id: string; href: string } | null = null;

function rememberFocus(): void {
  const active = document.activeElement;
  focused = active && active !== document.body ? { id: active.id, href: active.getAttribute("href") ?? "" } : null;
}

function restoreFocus(target: HTMLElement): void {
  if (!focused || document.activeElement !== document.body) return;
  const same = focused.id ? document.getElementById(focused.id) : null;
  const link = focused.href ? document.querySelector<HTMLElement>(`[href="${CSS.escape(focused.href)}"]`) : null;
  const goal = same ?? link ?? target;
  if (goal === target && !target.hasAttribute("tabindex")) target.tabIndex = -1;
  goal.focus();
}

export function setUpHtmx(): void {
  htmx.config.includeIndicatorStyles = false;
  htmx.config.allowEval = false;
  htmx.config.allowScriptTags = false;
  htmx.config.selfRequestsOnly = true;
  htmx.config.historyCacheSize = 0;
  // An answer that refuses still carries words for the reader, so it is shown like any other.
  htmx.config.responseHandling = [{ code: "204", swap: false }, { code: "...", swap: true }];
  document.addEventListener("htmx:configRequest", (event) => {
    (event as CustomEvent).detail.headers["X-CSRFToken"] = token();
  });
  document.addEventListener("htmx:beforeSwap", rememberFocus);
  document.addEventListener("htmx:afterSettle", (event) => restoreFocus((event as CustomEvent).detail.target));
  document.addEventListener("htmx:load", (event) => startIslands((event as CustomEvent).detail.elt));
}
