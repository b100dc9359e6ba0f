/** Deviations that the customer accepted: found as they were accepted, they count as what was declared. */
import type { ResourceDefinition } from "./define.ts";
import { elementsOf, isSameValue } from "./grain.ts";
import { isObject } from "./values.ts";
import type { Properties } from "./values.ts";

/** One value of one path, or in a list one element that is there too much, or is not there, by one of its keys. */
export interface Acceptance {
  readonly path: string;
  readonly value?: unknown;
  readonly extra?: string;
  readonly missing?: string;
  /** What the element that is there says besides, where one by this key is declared too. */
  readonly saying?: Readonly<Record<string, string>>;
  /** Called when exactly this is found: whether it still counts. */
  readonly found: () => boolean;
}

/** What was found, with what is accepted put back as it was declared. Anything else stays to be seen. */
export function asAccepted(
  definition: ResourceDefinition,
  { found, declared }: { readonly found: Properties; readonly declared: Properties },
  acceptances: readonly Acceptance[],
): Properties {
  return acceptances.reduce((inputs, acceptance) => {
    const [top = "", inner] = acceptance.path.split(".", 2);
    const pair = { now: inputs[top], declared: declared[top] };
    const masked =
      inner === undefined
        ? inPlace(definition, pair, acceptance)
        : inside(definition, { ...pair, inner }, acceptance);
    if (masked === undefined || !acceptance.found()) return inputs;
    return { ...inputs, [top]: masked };
  }, found);
}

/** Of a group of keys that is declared, one; what is not declared in it is nothing. */
function inside(
  definition: ResourceDefinition,
  { now, declared, inner }: Pair & { readonly inner: string },
  { path, value }: Acceptance,
): unknown {
  if (!isObject(now) || !isObject(declared)) return undefined;
  const isIt = isSameValue(definition, path, [now[inner], value]);
  if (!isIt || isSameValue(definition, path, [now[inner], declared[inner]])) return undefined;
  const { [inner]: _, ...others } = now;
  return inner in declared ? { ...others, [inner]: declared[inner] } : others;
}

interface Pair {
  readonly now: unknown;
  readonly declared: unknown;
}

/** Undefined where something else is found. */
function inPlace(
  definition: ResourceDefinition,
  { now, declared }: Pair,
  { path, value, extra, missing, saying }: Acceptance,
): unknown {
  if (declared === undefined) return undefined;
  if (extra === undefined && missing === undefined) {
    const isIt = isSameValue(definition, path, [now, value]);
    return isIt && !isSameValue(definition, path, [now, declared]) ? declared : undefined;
  }
  if (!isList(now) || !isList(declared)) return undefined;
  const [here, wanted] = [now, declared].map((list) => elementsOf(definition, path, list));
  if (here === undefined || wanted === undefined) return undefined;
  const names = definition.elementKeys?.[path] ?? [];
  const isNamed = (element: unknown, name: string): boolean =>
    isObject(element) ? names.some((key) => element[key] === name) : element === name;
  if (extra !== undefined) {
    const isIt = ([key, one]: [string, unknown]): boolean =>
      isNamed(one, extra) && (wanted.has(key) ? saysOther(one, wanted.get(key), saying) : true);
    if (![...here].some(isIt)) return undefined;
    return [...here].flatMap((entry) => {
      const [key, one] = entry;
      if (!isIt(entry)) return [one];
      return wanted.has(key) ? [wanted.get(key)] : [];
    });
  }
  const gone = [...wanted].filter(([key, one]) => !here.has(key) && isNamed(one, missing ?? ""));
  return gone.length === 0 ? undefined : [...now, ...gone.map(([, one]) => one)];
}

/** Whether the element says exactly this, and the declared one something else. */
const saysOther = (found: unknown, declared: unknown, saying: Acceptance["saying"]): boolean =>
  saying !== undefined && says(found, saying) && !says(declared, saying);

const says = (element: unknown, saying: NonNullable<Acceptance["saying"]>): boolean =>
  isObject(element) && Object.entries(saying).every(([key, value]) => element[key] === value);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
