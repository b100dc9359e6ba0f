/**
 * Whether what stands in the tenant is what a change starts from. Pure: a change of a checked plan and a reading of
 * the tenant in, a comparison out. Asked before the first write: what somebody else did to the same path refuses the
 * apply, what they did elsewhere stays and is reported.
 */
import type { Json } from "../core/json.ts";
import { nounOf } from "../core/nouns.ts";
import { pathParts, UNKNOWN } from "./build/engine-values.ts";
import { byElementKey } from "./model/grain.ts";
import type { Grain } from "./model/grain.ts";
import type { Change, ElementChange, PropertyChange } from "./model/model.ts";

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
  /** Who has the unique key under which something is created, or to which it is renamed. */
  readonly holder: LiveObject | undefined;
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
   */
  readonly state: "at-base" | "at-target" | "moved" | "gone" | "key-taken";
  /** Planned paths that are neither at base nor at target. */
  readonly paths: readonly ComparedPath[];
  /** What differs from the state beside them: no business of this change. */
  readonly driftElsewhere: readonly ComparedPath[];
}

export interface ComparisonOptions {
  readonly grain: Grain;
  /** Inputs of the object as the state has them; undefined where drift elsewhere is not asked for. */
  readonly recorded?: Properties | undefined;
}

export function compareWithBase(
  change: Change,
  { object, holder }: Reading,
  options: ComparisonOptions,
): Comparison {
  const nothing = { paths: [], driftElsewhere: [] };
  const isList = nounOf(change.type)?.list !== undefined;
  if (change.operation === "forget") return { state: "at-base", ...nothing };
  if (change.operation === "delete" && object === undefined)
    return { state: "at-target", ...nothing };
  if (change.base.id === undefined && !(isList && object !== undefined)) {
    return { state: holder === undefined ? "at-base" : "key-taken", ...nothing };
  }
  if (object === undefined) return { state: "gone", ...nothing };
  if (holder !== undefined && holder.id !== object.id) return { state: "key-taken", ...nothing };
  const comparer = new Comparer(change, { ...options, live: object.inputs });
  return comparer.compare(object.id);
}

type Place = "base" | "target" | "elsewhere";

class Comparer {
  readonly #change: Change;
  readonly #grain: Grain;
  readonly #live: Properties;
  readonly #recorded: Properties | undefined;

  constructor(change: Change, options: ComparisonOptions & { readonly live: Properties }) {
    this.#change = change;
    this.#grain = options.grain;
    this.#live = options.live;
    this.#recorded = options.recorded;
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
      driftElsewhere: operation === "delete" ? [] : this.#driftElsewhere(),
    };
  }

  /** Released properties are not sent; secrets and write-only properties cannot be compared. */
  #isComparable({ kind, secret, path }: PropertyChange): boolean {
    const { type } = this.#change;
    return kind !== "released" && !secret && this.#grain.kindOf({ type, path }) === "value";
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
    const { path, before, after, elements, unknown } = property;
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

  /** Managed properties, and elements of lists, that differ from the state and are not part of the change. */
  #driftElsewhere(): ComparedPath[] {
    const planned = this.#change.properties;
    return Object.entries(this.#recorded ?? {}).flatMap(([path, base]): ComparedPath[] => {
      if (this.#grain.kindOf({ type: this.#change.type, path }) !== "value") return [];
      const own = planned.filter((one) => one.path === path || one.path.startsWith(`${path}.`));
      const found = this.#live[path];
      if (own.some(({ elements }) => elements === undefined) || found === undefined) return [];
      const touched = new Set(own.flatMap(({ elements = [] }) => elements.map(({ key }) => key)));
      const lists = Array.isArray(base) ? [this.#keyed(path, base), this.#keyed(path, found)] : [];
      const [before, now] = lists;
      if (before === undefined || now === undefined) {
        return own.length > 0 || this.#isAt(path, base, found) ? [] : [{ path, base, found }];
      }
      return [...new Set([...before.keys(), ...now.keys()])]
        .filter((element) => !touched.has(element))
        .map((element) => ({ path, element, base: before.get(element), found: now.get(element) }))
        .filter((one) => !this.#isAt(`${path}[*]`, one.base, one.found));
    });
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
