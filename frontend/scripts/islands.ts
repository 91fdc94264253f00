/** Ties small scripts to the elements that ask for them, on the first page and on swapped-in parts alike. */

type Start = (element: HTMLElement) => void;

const islands: { selector: string; start: Start; started: WeakSet<Element> }[] = [];

export function island(selector: string, start: Start): void {
  islands.push({ selector, start, started: new WeakSet() });
}

export function startIslands(root: ParentNode): void {
  for (const { selector, start, started } of islands) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.push(root);
    for (const element of found) {
      if (started.has(element)) continue;
      started.add(element);
      start(element);
    }
  }
}

/** The words that scripts say, translated by the server: the data attributes of one hidden element. */
export function word(name: string, values: Record<string, string | number> = {}): string {
  const text = document.getElementById("script-words")?.dataset[name] ?? "";
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

export function part<T extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`The component lacks its part ${selector}.`);
  return found;
}

/** An icon of the sprite, as the server would write it. */
export function icon(name: string): SVGElement {
  const known = document.querySelector("svg.icon use")?.getAttribute("href") ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", known.replace(/#.*$/, `#${name}`));
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}
