/** Sends what the phone keeps: in order, one at a time, with the key that makes a repeat harmless. */
import { change, forget, keptBy, type Kept } from "./kept";

export type Outcome = "done" | "offline" | "sign-in";
/** Hears what was sent, and where its receipt is for those who may see it. */
type Told = (entry: Kept, receipt: string) => void;

const RECEIPT = "/field/receipt/";
const SIGN_IN = "/accounts/";
const NOT_SIGNED_IN = new Set([401, 403]);
const BROKEN = 500;

function cookie(name: string): string {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return decodeURIComponent(found?.slice(name.length + 1) ?? "");
}

function contents(entry: Kept): FormData {
  const body = new FormData();
  for (const [name, value] of entry.fields) body.append(name, value);
  for (const photo of entry.photos) body.append("photos", photo, photo.name);
  body.set("key", entry.key);
  body.set("entered_ms", String(entry.enteredMs));
  // The phone's clock may be wrong; the server takes the difference of the two.
  body.set("sent_ms", String(Date.now()));
  return body;
}

/** What the server's page says is wrong, as one line. */
async function refusal(response: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const lines = [...page.querySelectorAll(".error-summary li")].map((line) => line.textContent?.trim() ?? "");
  return lines.filter(Boolean).join(" ") || `HTTP ${response.status}`;
}

async function send(entry: Kept, told: Told): Promise<Outcome> {
  let response: Response;
  try {
    const headers = { "X-CSRFToken": cookie("csrftoken") };
    response = await fetch(entry.action, { method: "POST", body: contents(entry), headers });
  } catch {
    return "offline";
  }
  const path = new URL(response.url).pathname;
  if (path.startsWith(RECEIPT)) {
    await forget(entry.number);
    told(entry, response.ok ? path : "");
    return "done";
  }
  if (path.startsWith(SIGN_IN) || NOT_SIGNED_IN.has(response.status)) return "sign-in";
  if (response.status >= BROKEN) return "offline";
  await change({ ...entry, finding: await refusal(response) });
  return "done";
}

/** Sends all that an account has waiting; only one page does so at a time. What is refused stays, with the reason. */
export async function sendAll(account: string, told: Told): Promise<Outcome> {
  return navigator.locks.request("jinlin-field-send", async () => {
    for (const entry of await keptBy(account)) {
      const outcome = await send(entry, told);
      if (outcome !== "done") return outcome;
    }
    return "done";
  });
}
