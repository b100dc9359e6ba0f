/** Which objects a client has written, told from the paths of its writes and the ids in their answers. */
import { idsIn, isObjectId } from "./paths.ts";

/** A part of a path that is not a key: an action, a function, a relation. */
const NO_KEY = /^(?:\$|microsoft\.graph\.)/;

export class WrittenObjects {
  readonly #ids = new Set<string>();
  /** Collections in which something was written by another name than its id. */
  readonly #collections = new Set<string>();

  /** To be called before the write is sent: from then on a reader may see either state. */
  sending(path: string): void {
    const plain = decodeURIComponent(path.split("?", 1)[0] ?? "");
    for (const id of idsIn(path)) this.#ids.add(id);
    const [, collection = "", key = ""] = plain.split("/");
    const [name = "", alternateKey] = collection.split("(", 2);
    const isOtherName = key !== "" && !isObjectId(key) && !NO_KEY.test(key);
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
