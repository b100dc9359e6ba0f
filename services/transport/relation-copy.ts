/**
 * Who is related to whom, kept between runs: one request for all people and one for all groups say what changed since,
 * in place of a list for each of them. Kept are ids, and where to go on; nothing else of anybody.
 *
 * Only a round that came to its end counts, and what it does not say is asked for by itself: an object that it never
 * named, one that came back out of the bin, a relation to something of another type. Where Graph knows the token no longer, the
 * first round begins again; so does it once it is a week old, so that nothing wrong can last.
 * @see https://learn.microsoft.com/graph/delta-query-overview, delta-query-groups (a group may come in several parts; of
 * relations only ids), api/user-delta, api/group-delta (checked 2026-11-28). Not verified: whether owners have the
 * applications among them; what comes of an object that is restored.
 */
import type { Clock } from "./clock.ts";
import { GraphRequestError, isRequestError } from "./errors.ts";
import { withoutQueryValues } from "./paths.ts";
import { hintFor } from "./service-errors.ts";
import type {
  KeptRelations,
  KeptRound,
  RelatedId,
  RelationMemory,
  TrackedRelation,
} from "./relations.ts";

/** As long as Graph keeps tokens of the directory. */
const LONGEST_MS = 7 * 86_400_000;

interface Query {
  readonly path: string;
  readonly version: "v1.0" | "beta";
  readonly relations: readonly TrackedRelation[];
}

const PEOPLE: Query = {
  path: "/users/delta?$select=id,manager",
  version: "v1.0",
  relations: ["manager"],
};
/** beta, as the lists of owners are. */
const GROUPS: Query = {
  path: "/groups/delta?$select=id,members,owners",
  version: "beta",
  relations: ["members", "owners"],
};

/** Anything else may be somebody who lies in the bin. */
const TYPES = new Set(
  ["user", "group", "device", "servicePrincipal", "orgContact"].map(
    (name) => `#microsoft.graph.${name}`,
  ),
);

interface Changed {
  readonly id: string;
  readonly "@odata.type"?: string;
  readonly "@removed"?: unknown;
}

interface Page {
  readonly value?: readonly Changed[];
  readonly "@odata.nextLink"?: string;
  readonly "@odata.deltaLink"?: string;
}

export interface DeltaSource {
  get<T>(path: string, options: { version: "v1.0" | "beta"; batch: false }): Promise<T>;
  /** A link of an answer, without the service's address, which another run may have another of. */
  pathOf(link: string): string;
}

/** By id, in lower case; `null` where only the object's own lists say it. */
type Objects = Map<string, NonNullable<KeptRound["objects"][string]> | null>;

export class RelationCopy {
  readonly #source: DeltaSource;
  readonly #memory: RelationMemory;
  readonly #clock: Clock;
  readonly #rounds = new Map<Query, Promise<Objects | undefined>>();
  #kept: Promise<KeptRelations> | undefined;
  #isTrusted = true;
  #hasAnswered = false;

  constructor(source: DeltaSource, options: { memory: RelationMemory; clock: Clock }) {
    this.#source = source;
    this.#memory = options.memory;
    this.#clock = options.clock;
  }

  async find(id: string, relation: TrackedRelation): Promise<readonly RelatedId[] | undefined> {
    if (!this.#isTrusted) return undefined;
    const query = PEOPLE.relations.includes(relation) ? PEOPLE : GROUPS;
    const round = this.#rounds.get(query) ?? this.#read(query);
    this.#rounds.set(query, round);
    const object = (await round)?.get(id.toLowerCase());
    if (!object) return undefined;
    this.#hasAnswered = true;
    return Object.entries(object[relation] ?? {}).map(([one, type]) => ({ id: one, type }));
  }

  /** From now on nothing is known here. @returns whether anything was answered from here until now */
  distrust(): boolean {
    this.#isTrusted = false;
    return this.#hasAnswered;
  }

  async #read(query: Query): Promise<Objects | undefined> {
    this.#kept ??= this.#memory.load().then((kept) => kept ?? {});
    const kept = (await this.#kept)[query.path];
    const going = kept && this.#isYoung(kept) ? await this.#goOn(query, kept) : undefined;
    const round = going ?? (await this.#begin(query));
    if (round === undefined) return undefined;
    const { objects, ...rest } = round;
    const value = { ...rest, objects: Object.fromEntries(objects) };
    // One after the other: both rounds are kept in one place.
    this.#kept = this.#kept.then(async (all) => {
      const together = { ...all, [query.path]: value };
      await this.#memory.save(together);
      return together;
    });
    await this.#kept;
    return objects;
  }

  #isYoung({ startedAt }: KeptRound): boolean {
    const ageMs = this.#clock.now() - Date.parse(startedAt);
    return ageMs >= 0 && ageMs < LONGEST_MS;
  }

  async #goOn(
    query: Query,
    { startedAt, link, objects }: KeptRound,
  ): Promise<({ objects: Objects } & Pick<KeptRound, "startedAt" | "link">) | undefined> {
    const known: Objects = new Map(Object.entries(objects));
    try {
      return { startedAt, link: await this.#follow(query, link, known), objects: known };
    } catch (error) {
      // Either is what a token gets that is too old: which of them, Microsoft's pages do not agree.
      if (isRequestError(error, "expired", "bad-request", "not-found")) return undefined;
      throw error;
    }
  }

  /** Undefined where the service does not tell it; the lists themselves say whether they may be read. */
  async #begin(
    query: Query,
  ): Promise<({ objects: Objects } & Pick<KeptRound, "startedAt" | "link">) | undefined> {
    const objects: Objects = new Map();
    const startedAt = new Date(this.#clock.now()).toISOString();
    try {
      return { startedAt, link: await this.#follow(query, query.path, objects), objects };
    } catch (error) {
      if (isRequestError(error, "bad-request", "forbidden")) return undefined;
      throw error;
    }
  }

  /** @returns where the next round begins */
  async #follow({ version, relations }: Query, from: string, objects: Objects): Promise<string> {
    const seen = new Set<string>();
    for (let path = from; ;) {
      const page = await this.#source.get<Page>(path, { version, batch: false });
      if (page.value === undefined) throw incomplete(path, "a page of it is not a list");
      for (const change of page.value) note(objects, change, relations);
      const end = page["@odata.deltaLink"];
      if (end !== undefined) return this.#source.pathOf(end);
      const next = page["@odata.nextLink"];
      if (next === undefined || seen.has(next)) throw incomplete(path, "its pages have no end");
      seen.add(next);
      path = next;
    }
  }
}

function note(objects: Objects, change: Changed, relations: readonly TrackedRelation[]): void {
  const id = change.id.toLowerCase();
  if (change["@removed"] !== undefined) {
    objects.set(id, null);
    return;
  }
  const known = objects.get(id);
  if (known === null) return;
  const object = known ?? {};
  for (const relation of relations) {
    const changes = (change as unknown as Record<string, readonly Changed[] | undefined>)[
      `${relation}@delta`
    ];
    const related = new Map(Object.entries(object[relation] ?? {}));
    for (const { id: other, "@odata.type": type, "@removed": removed } of changes ?? []) {
      if (removed !== undefined) related.delete(other.toLowerCase());
      else if (type !== undefined && TYPES.has(type)) related.set(other.toLowerCase(), type);
      else {
        objects.set(id, null);
        return;
      }
    }
    object[relation] = Object.fromEntries(related);
  }
  objects.set(id, object);
}

const incomplete = (path: string, reason: string): GraphRequestError =>
  new GraphRequestError({
    code: "incomplete-answer",
    message: `GET ${withoutQueryValues(path)} could not be read to its end: ${reason}.`,
    hint: hintFor("incomplete-answer", "graph"),
    service: "graph",
    method: "GET",
    path: withoutQueryValues(path),
  });
