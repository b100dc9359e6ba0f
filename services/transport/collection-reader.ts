/**
 * Single objects of a collection that many ask for: a page brings hundreds of them, a batch twenty.
 *
 * A listing may lag behind, so it only ever says what is there: what is not on it is asked for by itself, and only
 * that answer means that it does not exist. What this client has written is always asked for by itself.
 * @see https://learn.microsoft.com/graph/api/user-list ("might have replication delays", checked 2026-11)
 */
import type { Clock } from "./clock.ts";
import { isRequestError } from "./errors.ts";
import { odata } from "./paths.ts";
import type { Collection, ListOptions } from "./types.ts";
import type { WrittenObjects } from "./written-objects.ts";

/** Objects for which a batch is one request; a page has to save as much. */
const OBJECTS_PER_BATCH = 20;
/** What pages hold counts more: those who asked so far will hardly be the last. */
const ANSWERED_BY_PAGE_WEIGHT = 5;
/** How old an answer from a listing may be: less than changes take to be seen everywhere. */
const FRESH_MS = 60_000;

/** No object has this id: whoever asks for it gets to the end. */
const NOBODY = "";

export interface CollectionSource {
  tryGet<T>(path: string, options: ListOptions): Promise<T | undefined>;
  pages<T>(path: string, options: ListOptions & { batch: boolean }): AsyncIterable<T[]>;
}

interface Listed {
  id: string;
}

export class CollectionReader {
  readonly #source: CollectionSource;
  readonly #written: WrittenObjects;
  readonly #clock: Clock;
  readonly #readsAll: boolean;
  readonly #listings = new Map<string, Listing>();

  /** @param options.readsAll whoever asks for one will ask for most of them: a page is worth it at once */
  constructor(
    source: CollectionSource,
    options: { written: WrittenObjects; clock: Clock; readsAll?: boolean },
  ) {
    this.#source = source;
    this.#written = options.written;
    this.#clock = options.clock;
    this.#readsAll = options.readsAll ?? false;
  }

  /** `undefined` only when the service says that the object does not exist. */
  async tryGet<T>(
    collection: Collection,
    id: string,
    { isFresh }: { isFresh: boolean },
  ): Promise<T | undefined> {
    const { path, query = "", version = "v1.0" } = collection;
    const isByItself = (): boolean => isFresh || this.#written.has(path, id);
    const listed = isByItself() ? undefined : await this.#listing(collection).find(id);
    // A page that was on its way during a write may hold the object as it was before.
    if (listed !== undefined && !isByItself()) return listed as T;
    return await this.#source.tryGet<T>(withQuery(`${path}/${odata`${id}`}`, query), { version });
  }

  /** @throws what the listing is refused with: that is no empty collection */
  async all<T>(collection: Collection): Promise<readonly T[]> {
    const read = this.#readsAll ? await this.#listing(collection).all() : undefined;
    if (read !== undefined) return read as T[];
    const { url, version } = listingOf(collection);
    const items: T[] = [];
    for await (const page of this.#source.pages<T>(url, { version, batch: true })) {
      items.push(...page);
    }
    return items;
  }

  #listing(collection: Collection): Listing {
    const { url, version } = listingOf(collection);
    const key = `${version}${url}`;
    const listing =
      this.#listings.get(key) ??
      new Listing({
        clock: this.#clock,
        objectsPerRequest: this.#readsAll ? 0 : (collection.objectsPerRequest ?? OBJECTS_PER_BATCH),
        // A page is big: it does not make a batch of others wait.
        open: () => this.#source.pages<Listed>(url, { version, batch: false }),
      });
    this.#listings.set(key, listing);
    return listing;
  }
}

function listingOf({ path, query = "", pageSize, version = "v1.0" }: Collection): {
  url: string;
  version: "v1.0" | "beta";
} {
  const size = pageSize === undefined ? "" : `$top=${pageSize}`;
  return { url: withQuery(path, query, size), version };
}

function withQuery(path: string, ...options: readonly string[]): string {
  const query = options.filter((option) => option !== "").join("&");
  return query === "" ? path : `${path}?${query}`;
}

interface Asker {
  id: string;
  answer: (found: Listed | undefined) => void;
  fail: (reason: unknown) => void;
}

/** One query over a collection, read page by page as far as it is worth it. */
class Listing {
  readonly #clock: Clock;
  readonly #objectsPerRequest: number;
  readonly #open: () => AsyncIterable<Listed[]>;
  /** The service does not list this; that will not change during a run. */
  #isRefused = false;
  #askers: Asker[] = [];
  #isReading = false;
  #pass: Pass;

  constructor(options: {
    clock: Clock;
    objectsPerRequest: number;
    open: () => AsyncIterable<Listed[]>;
  }) {
    this.#clock = options.clock;
    this.#objectsPerRequest = options.objectsPerRequest;
    this.#open = options.open;
    this.#pass = this.#newPass();
  }

  /** The object as a page has it; `undefined` when it has to be asked for by itself. */
  find(id: string): Promise<Listed | undefined> {
    if (!this.#isReading && this.#clock.now() - this.#pass.startedAtMs > FRESH_MS) {
      this.#pass = this.#newPass();
    }
    const pass = this.#pass;
    pass.asked += 1;
    const known = pass.take(id, this.#clock.now());
    if (known !== undefined || this.#isRefused || !(this.#isReading || pass.isWorthAPage())) {
      return Promise.resolve(known);
    }
    return new Promise((answer, fail) => {
      this.#askers.push({ id, answer, fail });
      if (!this.#isReading) void this.#read(pass);
    });
  }

  /** `undefined` where the pages could not be read to their end. */
  async all(): Promise<readonly Listed[] | undefined> {
    await this.find(NOBODY);
    return this.#pass.all(this.#clock.now());
  }

  #newPass(): Pass {
    return new Pass(this.#open()[Symbol.asyncIterator](), {
      startedAtMs: this.#clock.now(),
      objectsPerRequest: this.#objectsPerRequest,
    });
  }

  async #read(pass: Pass): Promise<void> {
    this.#isReading = true;
    let failure: { reason: unknown } | undefined;
    while (failure === undefined && this.#askers.length > 0 && pass.isWorthAPage()) {
      try {
        await pass.readPage(this.#clock.now());
      } catch (reason) {
        failure = { reason };
      }
      this.#askers = this.#askers.filter(({ id, answer }) => {
        const known = pass.take(id, this.#clock.now());
        if (known !== undefined) answer(known);
        return known === undefined;
      });
    }
    this.#isReading = false;
    const left = this.#askers;
    this.#askers = [];
    this.#isRefused = isRequestError(failure?.reason, "bad-request", "forbidden");
    if (failure !== undefined) this.#pass = this.#newPass();
    for (const { answer, fail } of left) {
      if (failure === undefined || this.#isRefused) answer(undefined);
      else fail(failure.reason);
    }
  }
}

/** One way through the pages. */
class Pass {
  asked = 0;
  readonly startedAtMs: number;
  readonly #objectsPerRequest: number;
  readonly #pages: AsyncIterator<Listed[]>;
  readonly #known = new Map<string, { object: Listed; readAtMs: number }>();
  #pagesRead = 0;
  #answered = 0;
  #isAtEnd = false;

  constructor(
    pages: AsyncIterator<Listed[]>,
    options: { startedAtMs: number; objectsPerRequest: number },
  ) {
    this.#pages = pages;
    this.startedAtMs = options.startedAtMs;
    this.#objectsPerRequest = options.objectsPerRequest;
  }

  take(id: string, nowMs: number): Listed | undefined {
    const known = this.#known.get(id.toLowerCase());
    if (known === undefined || nowMs - known.readAtMs > FRESH_MS) return undefined;
    this.#answered += 1;
    return known.object;
  }

  all(nowMs: number): readonly Listed[] | undefined {
    if (!this.#isAtEnd || nowMs - this.startedAtMs > FRESH_MS) return undefined;
    return [...this.#known.values()].map(({ object }) => object);
  }

  isWorthAPage(): boolean {
    const worth = this.asked + (ANSWERED_BY_PAGE_WEIGHT - 1) * this.#answered;
    return !this.#isAtEnd && this.#objectsPerRequest * (this.#pagesRead + 1) < worth;
  }

  async readPage(readAtMs: number): Promise<void> {
    const page = await this.#pages.next();
    this.#isAtEnd = page.done === true;
    if (page.done === true) return;
    this.#pagesRead += 1;
    for (const object of page.value) {
      this.#known.set(object.id.toLowerCase(), { object, readAtMs });
    }
  }
}
