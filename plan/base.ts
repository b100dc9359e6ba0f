/**
 * Whether what stands in the tenant is what a change starts from. Pure: a change of a checked plan and a reading of
 * the tenant in, a comparison out. Asked before the first write: what somebody else did to the same path refuses the
 * apply, what they did elsewhere stays and is reported.
 */
import type { Json } from "../core/json.ts";
import { nounOf, NOUNS } from "../core/nouns.ts";
import { pathParts, UNKNOWN } from "./build/engine-values.ts";
import { byElementKey } from "./model/grain.ts";
import type { Grain } from "./model/grain.ts";
import type { ElementChange, PropertyChange, Start } from "./model/model.ts";

type Properties = Readonly<Record<string, Json>>;

/** An object as it is in the tenant, read whole and not shaped by what was declared. */
interface LiveObject {
  readonly id: string;
  /** Everything the service returns; null or an empty value where it says that there is nothing. */
  readonly inputs: Properties;
}

export interface Reading {
  /** What has the id of the base; of a list that becomes managed, the list as its owner has it. */
  readonly object: LiveObject | undefined;
  /** Id of what has the unique key under which something is created, or to which it is renamed. */
  readonly holder: string | undefined;
  /** Set where a recycle bin has something under the key of what is created. */
  readonly isInBin?: boolean;
}

export interface ComparedPath {
  readonly path: string;
  /** Which element of the list at the path. */
  readonly element?: string;
  /** What it started from, or what was applied last; undefined: nothing. */
  readonly base: Json | undefined;
  readonly found: Json | undefined;
}

export interface Comparison {
  /**
   * at-base: the change can be carried out; at-target: it was already, by an apply whose process died.
   * moved: a path is neither where it starts nor where it leads, or the id now belongs to something else.
   * gone: there is no such object any more. key-taken: another object has the key that the change gives out.
   * in-bin: what was deleted under that key can be restored, and the plan does not say what is to happen with it.
   * not-in-bin: the plan restores what is not there to be restored.
   */
  readonly state:
    "at-base" | "at-target" | "moved" | "gone" | "key-taken" | "in-bin" | "not-in-bin";
  /** Planned paths that are neither at base nor at target. */
  readonly paths: readonly ComparedPath[];
}

export function compareWithBase(
  change: Start,
  { object, holder, isInBin = false }: Reading,
  grain: Grain,
): Comparison {
  const isList = nounOf(change.type)?.list !== undefined;
  if (change.operation === "forget") return { state: "at-base", paths: [] };
  if (change.operation === "delete" && object === undefined)
    return { state: "at-target", paths: [] };
  if (change.base.id === undefined && !(isList && object !== undefined)) {
    if (holder !== undefined) return { state: "key-taken", paths: [] };
    if (isInBin && change.recycleBin === undefined) return { state: "in-bin", paths: [] };
    const isMissing = !isInBin && change.recycleBin === "restore";
    return { state: isMissing ? "not-in-bin" : "at-base", paths: [] };
  }
  if (object === undefined) return { state: "gone", paths: [] };
  if (holder !== undefined && holder !== object.id) return { state: "key-taken", paths: [] };
  return new Comparer(change, object.inputs, grain).compare(object.id);
}

/** What there is before anybody manages it, where that is not nothing: a mailbox is a person's until it becomes a shared one. */
const AT_FIRST: Readonly<Partial<Record<string, Properties>>> = {
  [NOUNS.userMailboxType.type]: { type: "regular" },
};

type Place = "base" | "target" | "elsewhere";

class Comparer {
  readonly #change: Start;
  readonly #grain: Grain;
  readonly #live: Properties;

  constructor(change: Start, live: Properties, grain: Grain) {
    this.#change = change;
    this.#live = live;
    this.#grain = grain;
  }

  compare(id: string): Comparison {
    const { operation } = this.#change;
    const identity = this.#otherIdentity(id);
    // What a removal takes away is the object, whatever it holds by then.
    const planned =
      operation === "delete"
        ? []
        : this.#change.properties.filter((one) => this.#isComparable(one));
    const found = planned.flatMap((property) => this.#property(property));
    const moved = found.filter(({ place }) => place === "elsewhere").map(({ at }) => at);
    const isDone =
      operation === "update" && found.length > 0 && found.every(({ place }) => place === "target");
    const paths = [...identity, ...moved];
    return {
      state: paths.length > 0 ? "moved" : isDone ? "at-target" : "at-base",
      paths,
    };
  }

  /**
   * Released properties are not sent; secrets and write-only properties cannot be compared. Nor can the owner's id in
   * a list whose owner is still to be created: an apply that died may have made it, which the owner's own comparison
   * says.
   */
  #isComparable({ kind, secret, path, after, unknown, elements }: PropertyChange): boolean {
    const { type, operation } = this.#change;
    if (kind === "released" || secret || this.#grain.kindOf({ type, path }) !== "value")
      return false;
    const isKnown = unknown === undefined || after !== undefined || elements !== undefined;
    return operation !== "create" || isKnown;
  }

  /** Whether the id leads to something else than was meant: another id, or another name in the tenant. */
  #otherIdentity(id: string): ComparedPath[] {
    const { base, properties, type } = this.#change;
    const keys = Object.entries(base.key).flatMap(([path, key]): ComparedPath[] => {
      // A planned rename is compared like every planned path.
      if (properties.some((property) => property.path === path)) return [];
      // By which name people know the owner of a list is not what it is.
      if (this.#grain.kindOf({ type, path }) !== "value") return [];
      const found = this.#live[path];
      const isSame = typeof found === "string" && found.toLowerCase() === key.toLowerCase();
      return isSame ? [] : [{ path, base: key, found }];
    });
    const isSameId = base.id === undefined || base.id.toLowerCase() === id.toLowerCase();
    return isSameId ? keys : [{ path: "id", base: base.id, found: id }, ...keys];
  }

  #property(property: PropertyChange): { readonly at: ComparedPath; readonly place: Place }[] {
    const { path, before: known, after, elements, unknown, unread } = property;
    const before = unread === true ? (AT_FIRST[this.#change.type]?.[path] ?? known) : known;
    const found = valueAt(this.#live, path);
    if (elements !== undefined) return this.#elements(property, elements, found);
    const isUnknown = unknown !== undefined && after === undefined;
    const place = this.#placeOf(path, { before, after: isUnknown ? UNKNOWN : after, found });
    return [{ at: { path, base: before, found }, place }];
  }

  #elements(
    { path, unread }: PropertyChange,
    elements: readonly ElementChange[],
    found: Json | undefined,
  ): { readonly at: ComparedPath; readonly place: Place }[] {
    const live = this.#keyed(path, found) ?? new Map<string, Json>();
    const compared = elements.map(({ key, before, after }) => {
      const at = { path, element: key, base: before, found: live.get(key) };
      return { at, place: this.#placeOf(`${path}[*]`, { before, after, found: live.get(key) }) };
    });
    if (unread !== true) return compared;
    // Nobody has looked yet: whatever is there, and would go without a word, stops it.
    const planned = new Set(elements.map(({ key }) => key));
    const others = [...live].filter(([key]) => !planned.has(key));
    return [
      ...compared,
      ...others.map(([key, value]) => ({
        at: { path, element: key, base: undefined, found: value },
        place: "elsewhere" as const,
      })),
    ];
  }

  #placeOf(
    path: string,
    values: {
      readonly before: Json | undefined;
      readonly after: Json | undefined;
      readonly found: Json | undefined;
    },
  ): Place {
    const { before, after, found } = values;
    if (after !== UNKNOWN && this.#isAt(path, after, found)) return "target";
    return this.#isAt(path, before, found) ? "base" : "elsewhere";
  }

  #isAt(path: string, planned: Json | undefined, found: Json | undefined): boolean {
    if (isNothing(planned) || isNothing(found)) return isNothing(planned) && isNothing(found);
    return this.#grain.isAt({ type: this.#change.type, path }, { planned, found });
  }

  #keyed(path: string, list: Json | undefined): ReadonlyMap<string, Json> | undefined {
    const place = { type: this.#change.type, path };
    return byElementKey(Array.isArray(list) ? list : [], (element) =>
      this.#grain.elementKey(place, element),
    );
  }
}

/** Nothing and empty are one to the services; false is a value, such as of an account that may not sign in. */
const isNothing = (value: Json | undefined): value is undefined | null | "" | [] =>
  value === undefined ||
  value === null ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

function valueAt(object: Properties, path: string): Json | undefined {
  return pathParts(path).reduce<Json | undefined>((value, key) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    return value[key];
  }, object);
}
