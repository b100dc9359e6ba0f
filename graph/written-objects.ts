/** Which objects a client has written, told from the paths of its writes and the ids in their answers. */

const OBJECT_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const WHOLE_OBJECT_ID = new RegExp(`^${OBJECT_ID.source}$`, "i");
/** A part of a path that is no key: an action, a function, a relation. */
const NO_KEY = /^(?:\$|microsoft\.graph\.)/;

export class WrittenObjects {
  readonly #ids = new Set<string>();
  /** Collections in which something was written by another name than its id. */
  readonly #collections = new Set<string>();

  /** To be called before the write is sent: from then on nobody knows which of two states a reader sees. */
  sending(path: string): void {
    const plain = decodeURIComponent(path.split("?", 1)[0] ?? "");
    for (const [id] of plain.matchAll(OBJECT_ID)) this.#ids.add(id.toLowerCase());
    const [, collection = "", key = ""] = plain.split("/");
    const [name = "", alternateKey] = collection.split("(", 2);
    const isOtherName = key !== "" && !WHOLE_OBJECT_ID.test(key) && !NO_KEY.test(key);
    if (alternateKey !== undefined || isOtherName) this.#collections.add(`/${name}`);
  }

  /** What a creation made. */
  answered(body: unknown): void {
    const id = (body as { id?: unknown } | null | undefined)?.id;
    if (typeof id === "string") this.#ids.add(id.toLowerCase());
  }

  /** `collection` as in a path: `/users`. */
  has(collection: string, id: string): boolean {
    return this.#collections.has(collection) || this.#ids.has(id.toLowerCase());
  }
}
