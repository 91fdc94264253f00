/** What the phone keeps until there is a network: forms with their photos, in the order in which they were entered. */

export type Kept = {
  number: number;
  key: string;
  account: string;
  action: string;
  title: string;
  enteredMs: number;
  fields: [string, string][];
  photos: File[];
  finding: string;
};

const NAME = "jinlin-field";
const STORE = "kept";

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true });
  const database = await answer(opening);
  return database.transaction(STORE, mode).objectStore(STORE);
}

export async function keep(entry: Omit<Kept, "number">): Promise<void> {
  await answer((await store("readwrite")).add(entry));
}

/** The entries of an account, the oldest first. */
export async function keptBy(account: string): Promise<Kept[]> {
  const all = (await answer((await store("readonly")).getAll())) as Kept[];
  return all.filter((entry) => entry.account === account).sort((one, other) => one.number - other.number);
}

export async function change(entry: Kept): Promise<void> {
  await answer((await store("readwrite")).put(entry));
}

export async function forget(number: number): Promise<void> {
  await answer((await store("readwrite")).delete(number));
}
