/**
 * Reading by address: from the site's web along properties and relations, with functions of collections on the way,
 * `web/lists/getbytitle('Documents')/roleassignments(3)/member`.
 */
import type { Answer, Call } from "../core/workload.ts";
import { exception, notServed } from "./errors.ts";
import { collection, entity, property, type Shown } from "./format.ts";
import { isKnownMember, isListed } from "./known-members.ts";
import { argumentsOf } from "./path.ts";

type Place = Shown | readonly Shown[];

/** Functions of a collection, by the properties that their argument is compared with; `""` is a key in parentheses. */
const FINDERS: Readonly<Record<string, readonly string[]>> = {
  "": ["Id", "PrincipalId", "LoginName"],
  getbyid: ["Id"],
  getbytitle: ["Title"],
  getbyname: ["Name", "Title"],
  getbyloginname: ["LoginName"],
  getbyemail: ["Email"],
  getbytype: ["RoleTypeKind"],
  getbyprincipalid: ["PrincipalId"],
};

/** What is said when a collection has none of that key. */
const MISSING: Readonly<Record<string, (key: string, call: Call) => Error>> = {
  siteusers: () => exception(404, "sharePoint", "User cannot be found."),
  users: () => exception(404, "sharePoint", "User cannot be found."),
  sitegroups: () => exception(404, "sharePoint", "Group cannot be found."),
  roleassignments: (key) =>
    exception(404, "sharePoint", `Can not find the principal with id: ${key}.`),
  lists: (key, { params: { host = "", site = "" } }) =>
    exception(
      404,
      "missingList",
      `List '${key}' does not exist at site with URL 'https://${host}${site === "/" ? "" : site}'.`,
    ),
};

/** @param path behind the site, `web/lists/('x')`, with names in lower case */
export function readTree(call: Call, roots: Shown, path: string): Answer {
  const steps = path.match(/\((?:[^()']|'(?:[^']|'')*')*\)|[^/(]+/g) ?? [];
  let place: Place = roots;
  let type = roots.type;
  let name = "";
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? "";
    if (isMany(place)) {
      const isKey = step.startsWith("(");
      const finder = FINDERS[isKey ? "" : step];
      if (finder === undefined) throw notServed(`${call.method} ${path}`);
      const next = steps[index + 1];
      const given = isKey ? step : next?.startsWith("(") === true ? next : "()";
      if (!isKey && next?.startsWith("(") === true) index += 1;
      place = found(call, place, { finder, name, text: given });
      type = place.type;
      continue;
    }
    const known = memberOf(place, step);
    if (known === undefined) {
      // A type of which nothing is listed may have anything.
      if (isKnownMember(type, step) || !isListed(type)) throw notServed(`${call.method} ${path}`);
      throw exception(404, "missingResource", `Cannot find resource for the request ${step}.`);
    }
    const related: Place | undefined = place.related?.[known]?.();
    if (place.related?.[known] === undefined)
      return property(call, known, { ...place.properties, ...place.onRequest }[known]);
    if (related === undefined) return property(call, known, null);
    place = related;
    name = step;
    type = isMany(related) ? type : related.type;
  }
  return isMany(place) ? collection(call, place, typeOf(place)) : entity(call, place);
}

function isMany(place: Place): place is readonly Shown[] {
  return Array.isArray(place);
}

function typeOf(place: readonly Shown[]): string {
  return `Collection(${place[0]?.type ?? "Edm.Entity"})`;
}

function memberOf({ properties, onRequest, related }: Shown, step: string): string | undefined {
  return [properties, onRequest, related]
    .flatMap((names) => Object.keys(names ?? {}))
    .find((name) => name.toLowerCase() === step);
}

function found(
  call: Call,
  place: readonly Shown[],
  { finder, name, text }: { finder: readonly string[]; name: string; text: string },
): Shown {
  const key = Object.values(argumentsOf(text, call.query))[0] ?? "";
  const hit = place.find(({ properties }) =>
    finder.some((one) => String(properties[one]).toLowerCase() === key.toLowerCase()),
  );
  const missing =
    MISSING[name] ??
    (() => exception(404, "argument", "Value does not fall within the expected range."));
  if (hit === undefined) throw missing(key, call);
  return hit;
}
