/** Keeps the field door's forms at hand without a network: the newest copy of each page and of what it needs to be shown. */

const CACHE = "jinlin-field-1";
const PAGES = ["/field/report", "/field/report/other", "/field/report/matter", "/field/to-send"];
const STATIC = /["'(](\/static\/[^"'()\s#]+)/g;
const PATIENCE_MS = 4_000;

type Lasting = Event & { waitUntil(work: Promise<unknown>): void };
type Asked = Lasting & { request: Request; respondWith(answer: Promise<Response>): void };
type Keeper = EventTarget & { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; location: Location };
const keeper = self as unknown as Keeper;

/** Keeps an answer, unless it is a way to the sign-in or an error. */
async function remember(address: string, response: Response): Promise<void> {
  if (response.ok && !response.redirected) await (await caches.open(CACHE)).put(address, response);
}

async function fill(): Promise<void> {
  const needed = new Set<string>();
  for (const page of PAGES) {
    const response = await fetch(page).catch(() => null);
    if (!response?.ok || response.redirected) continue;
    for (const [, address] of (await response.clone().text()).matchAll(STATIC)) if (address) needed.add(address);
    await remember(page, response);
  }
  await Promise.all([...needed].map(async (address) => remember(address, await fetch(address))));
}

function afterAWhile(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("No answer in time.")), PATIENCE_MS));
}

/** The network first, so that what is shown is never older than it must be. */
async function answer(request: Request, address: string): Promise<Response> {
  try {
    const response = await Promise.race([fetch(request), afterAWhile()]);
    void remember(address, response.clone());
    return response;
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(address);
    if (kept) return kept;
    throw error;
  }
}

keeper.addEventListener("install", (event) => (event as Lasting).waitUntil(fill().then(() => keeper.skipWaiting())));
keeper.addEventListener("activate", (event) => (event as Lasting).waitUntil(keeper.clients.claim()));
keeper.addEventListener("fetch", (event) => {
  const { request, respondWith } = event as Asked;
  const { origin, pathname } = new URL(request.url);
  const known = PAGES.includes(pathname) || pathname.startsWith("/static/");
  if (request.method !== "GET" || origin !== keeper.location.origin || !known) return;
  respondWith.call(event, answer(request, pathname));
});
