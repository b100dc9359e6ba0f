/**
 * What each person has in the end that they did not have, and the other way round: products, sites and closed libraries,
 * directly and through groups. From everything that the program declares, what does not change included: who leaves a group loses
 * a product only if nothing else gives it. Sites are open to who is in a group within the group, products are not given
 * to them (learn, entra/fundamentals/how-to-manage-groups, checked 2026-11-28).
 */
import { NOUNS } from "../../core/nouns.ts";
import { isKnown } from "./engine-values.ts";
import { objects, text, texts } from "../../core/i18n/phrases.ts";
import { byText } from "../model/counts.ts";
import { makesMailbox } from "../../core/sku-catalogue.ts";
import type { Consequence, SiteRight } from "../model/model.ts";
import type { Declared, Properties } from "./declared.ts";
import { swapsAtFullCapacity } from "./swaps.ts";
import type { HeldAtBase } from "../guards/lost.ts";

export interface Outcome {
  /** Of those for whom something differs, sorted. */
  readonly consequences: Consequence[];
  readonly held: HeldAtBase;
  /** Through what somebody gets in the end what they get in another way than before. */
  readonly reliedOn: readonly Source[];
}

/** An element of a list that gives something to somebody. */
export interface Source {
  readonly urn: string;
  /** The list's path. */
  readonly path: string;
  readonly element: Properties;
}

export function outcomeOf(declared: readonly Declared[]): Outcome {
  const ids = new Map(declared.flatMap(idsIn));
  const before = sideOf(declared, { side: "before", ids });
  const after = sideOf(declared, { side: "after", ids });
  const changed = new Set(declared.filter(({ isChange }) => isChange).map(({ urn }) => urn));
  const keys = [...new Set([...before.holders.keys(), ...after.holders.keys()])];
  const holders = [...before.holders.values()];
  const swapping = swapsAtFullCapacity(declared, (sku) => holdersOf(sku, holders));
  return {
    consequences: keys
      .flatMap((key) => consequenceOf(key, { before, after, changed }))
      .map((one) => (swapping.has(one.name) ? { ...one, swaps: true as const } : one))
      .sort((one, other) => byText(one.holder + one.name, other.holder + other.name)),
    held: {
      licenses: holders.reduce((sum, { products }) => sum + products.size, 0),
      mailboxes: holders.filter((holder) => holder.kind === "user" && hasMailbox(holder)).length,
    },
    reliedOn: keys.flatMap((key) => reliedOnBy(key, { before, after })),
  };
}

/** Undefined where members of a group have it whom nobody here knows. */
function holdersOf(sku: string, holders: readonly Holder[]): number | undefined {
  const having = holders.filter(({ products }) => products.has(sku));
  return having.some(({ kind }) => kind === "group") ? undefined : having.length;
}

interface Naming {
  /** The list that names people, where it is not the object itself. */
  readonly list?: string;
  readonly id: string;
  readonly name: string;
}

/** Where people are named, and by which properties. */
const NAMING = {
  user: { id: "objectId", name: "userPrincipalName" },
  userLicense: { id: "userId", name: "userPrincipalName" },
  userMailboxType: { id: "userId", name: "userPrincipalName" },
  groupMembership: { list: "members", id: "id", name: "userPrincipalName" },
  sitePermissions: { list: "grants", id: "id", name: "principal" },
  library: { list: "grants", id: "id", name: "principal" },
} as const satisfies Partial<Record<keyof typeof NOUNS, Naming>>;

const NAMING_BY_TYPE = new Map<string, Naming>(
  (Object.keys(NAMING) as (keyof typeof NAMING)[]).map((noun) => [NOUNS[noun].type, NAMING[noun]]),
);

const known = (id: string): string | undefined => (id === "" || !isKnown(id) ? undefined : id);

/** Ids of people by their names; with a new name an account is the same person. */
function idsIn({ type, before, after }: Declared): [name: string, id: string][] {
  const keys = NAMING_BY_TYPE.get(type);
  if (keys === undefined) return [];
  const { list } = keys;
  const entriesOf = (side: Properties | undefined): readonly (Properties | undefined)[] =>
    list === undefined ? [side] : objects(side, list);
  const kept = type === NOUNS.user.type ? known(text(before, keys.id)) : undefined;
  return [...entriesOf(before), ...entriesOf(after)].flatMap((entry): [string, string][] => {
    const id = kept ?? known(text(entry, keys.id));
    const name = text(entry, keys.name).toLowerCase();
    return id === undefined || name === "" ? [] : [[name, id]];
  });
}

interface Holder {
  readonly kind: Consequence["holder"];
  readonly name: string;
  /** What gives them, by part number. */
  readonly products: Map<string, Source[]>;
  readonly sites: Map<string, { title: string; role: string; readonly sources: Source[] }>;
  /** Whether something that is not managed may give them products too. */
  mayHaveMore: boolean;
  /** Whether the mailbox needs no licence. */
  hasSharedMailbox: boolean;
}

interface Side {
  readonly holders: ReadonlyMap<string, Holder>;
  /** Accounts that are managed. */
  readonly accounts: ReadonlySet<string>;
  /** A group gives products to people whom nobody here knows. */
  readonly hasUnknownMembers: boolean;
}

interface Looking {
  readonly side: "before" | "after";
  readonly ids: ReadonlyMap<string, string>;
}

const ROLES = ["read", "edit", "full-control"];

interface Part {
  readonly urn: string;
  readonly properties: Properties;
}

function sideOf(declared: readonly Declared[], { side, ids }: Looking): Side {
  const partsOf = ({ type }: { readonly type: string }): Part[] =>
    declared.flatMap((one) => {
      const properties = one[side];
      return one.type === type && properties !== undefined ? [{ urn: one.urn, properties }] : [];
    });
  const byGroup = (noun: { readonly type: string }): Map<string, Part> =>
    new Map(partsOf(noun).map((part) => [groupName(part.properties), part]));
  const members = byGroup(NOUNS.groupMembership);
  const groupLicenses = byGroup(NOUNS.groupLicense);
  const holders = new Map<string, Holder>();
  const holder = (key: string, of: Pick<Holder, "kind" | "name">): Holder => {
    const known = holders.get(key);
    if (known !== undefined) return known;
    // Until something says what is assigned to them directly.
    const made = {
      ...of,
      products: new Map(),
      sites: new Map(),
      mayHaveMore: true,
      hasSharedMailbox: false,
    };
    holders.set(key, made);
    return made;
  };
  const person = (entry: Properties, keys: Naming): Holder => {
    const name = text(entry, keys.name).toLowerCase();
    const key = known(text(entry, keys.id)) ?? ids.get(name) ?? name;
    return holder(key, { kind: "user", name });
  };
  const peopleIn = (group: string): { one: Holder; source: Source }[] => {
    const { urn, properties } = members.get(group) ?? { urn: "", properties: undefined };
    return objects(properties, "members").map((element) => ({
      one: person(element, NAMING.groupMembership),
      source: { urn, path: "members", element },
    }));
  };
  /** With those of groups within it, each group by the first way that leads there. */
  const everybodyIn = (
    group: string,
    seen = new Set<string>(),
  ): { one: Holder; sources: readonly Source[] }[] => {
    seen.add(group);
    const direct = peopleIn(group).map(({ one, source }) => ({ one, sources: [source] }));
    const { urn, properties } = members.get(group) ?? { urn: "", properties: undefined };
    const nested = objects(properties, "memberGroups").flatMap((element) => {
      const name = groupName(element);
      const way: Source = { urn, path: "memberGroups", element };
      const inside = seen.has(name) ? [] : everybodyIn(name, seen);
      return inside.map(({ one, sources }) => ({ one, sources: [way, ...sources] }));
    });
    return [...direct, ...nested];
  };

  for (const part of partsOf(NOUNS.userLicense)) {
    const one = person(part.properties, NAMING.userLicense);
    one.mayHaveMore = false;
    for (const license of licensesOf(part)) give(one, [license]);
  }
  for (const { properties } of partsOf(NOUNS.userMailboxType)) {
    if (text(properties, "type") !== "shared") continue;
    person(properties, NAMING.userMailboxType).hasSharedMailbox = true;
  }
  for (const [group, part] of groupLicenses) {
    const licenses = licensesOf(part);
    if (!members.has(group)) {
      const one = holder(`group:${group}`, { kind: "group", name: group });
      for (const license of licenses) give(one, [license]);
    }
    for (const { one, source } of peopleIn(group))
      for (const license of licenses) give(one, [license, source]);
  }
  for (const group of members.keys()) {
    if (groupLicenses.has(group)) continue;
    for (const { one } of peopleIn(group)) one.mayHaveMore = true;
  }
  const places = [...partsOf(NOUNS.sitePermissions), ...partsOf(NOUNS.library)];
  for (const { urn, properties } of places) {
    const site = placeOf(properties);
    for (const grant of objects(properties, "grants")) {
      const [given, role] = [{ urn, path: "grants", element: grant }, text(grant, "role")];
      if (text(grant, "kind") !== "group") {
        open(person(grant, NAMING.sitePermissions), { ...site, role, sources: [given] });
        continue;
      }
      for (const { one, sources } of everybodyIn(text(grant, "principal").toLowerCase()))
        open(one, { ...site, role, sources: [given, ...sources] });
    }
  }
  const accounts = partsOf(NOUNS.user).map(({ properties }) => {
    const name = text(properties, "userPrincipalName").toLowerCase();
    return ids.get(name) ?? name;
  });
  const hasUnknownMembers = [...holders.values()].some(
    ({ kind, products }) => kind === "group" && products.size > 0,
  );
  return { holders, accounts: new Set(accounts), hasUnknownMembers };
}

/** A site, or a library that who may open the site may not open for that. No address of a site has a number sign. */
function placeOf(properties: Properties): { url: string; title: string } {
  const [url, site] = [text(properties, "siteUrl"), text(properties, "siteTitle")];
  const library = text(properties, "title");
  if (library === "") return { url, title: site };
  return { url: `${url}#${library}`, title: site === "" ? library : `${library} (${site})` };
}

const groupName = (properties: Properties): string => text(properties, "groupName").toLowerCase();

const licensesOf = ({ urn, properties }: Part): Source[] =>
  objects(properties, "licenses").map((element) => ({ urn, path: "licenses", element }));

/** @param sources the licence, and the membership through which it comes */
function give(
  { products }: Holder,
  sources: readonly [license: Source, ...through: Source[]],
): void {
  const sku = text(sources[0].element, "sku");
  products.set(sku, [...(products.get(sku) ?? []), ...sources]);
}

/** The highest of the rights on a site is the one that counts. */
function open(
  { sites }: Holder,
  site: { url: string; title: string; role: string; sources: readonly Source[] },
): void {
  const { url, title, role, sources } = site;
  const known = sites.get(url);
  const isHigher = known === undefined || ROLES.indexOf(role) > ROLES.indexOf(known.role);
  sites.set(url, {
    title,
    role: isHigher ? role : known.role,
    sources: [...(known?.sources ?? []), ...sources],
  });
}

const hasMailbox = ({ products, hasSharedMailbox }: Holder): boolean =>
  hasSharedMailbox ||
  [...products.values()]
    .flat()
    .some(
      ({ path, element }) =>
        path === "licenses" && makesMailbox(text(element, "sku"), texts(element, "disabledPlans")),
    );

interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly changed: ReadonlySet<string>;
}

/** Only of what the holder gets in another way than before: the rest is nothing that the plan speaks of. */
function reliedOnBy(key: string, { before, after }: Omit<Sides, "changed">): Source[] {
  const [was, is] = [before.holders.get(key), after.holders.get(key)];
  const ways = [
    ...[...(is?.products ?? [])].map(
      ([sku, sources]) => [was?.products.get(sku), sources] as const,
    ),
    ...[...(is?.sites ?? [])].map(
      ([url, { sources }]) => [was?.sites.get(url)?.sources, sources] as const,
    ),
  ];
  return ways.flatMap(([old = [], now]) => (sourceKeys(old) === sourceKeys(now) ? [] : now));
}

const sourceKeys = (sources: readonly Source[]): string =>
  JSON.stringify(sources.map(({ urn, element }) => [urn, element]));

function consequenceOf(key: string, plan: Sides): Consequence[] {
  const { before, after, changed } = plan;
  const [was, is] = [before.holders.get(key), after.holders.get(key)];
  const { kind: holder, name } = is ?? was ?? { kind: "user", name: key };
  const gained = missingFrom(was, is);
  const lost = missingFrom(is, was);
  const sites = siteChanges(was, is);
  // The mailbox of an account that goes is told, and counted, with the account.
  const isGone = before.accounts.has(key) && !after.accounts.has(key);
  const [hadMailbox, hasOne] = [was, is].map((one) => one !== undefined && hasMailbox(one));
  const isMailboxChanged = holder === "user" && !isGone && hadMailbox !== hasOne;
  if (gained.length + lost.length + sites.length === 0 && !isMailboxChanged) return [];
  const mayStillHave = (is?.mayHaveMore ?? true) || after.hasUnknownMembers;
  const sources = [
    ...gained.flatMap((sku) => is?.products.get(sku) ?? []),
    ...lost.flatMap((sku) => was?.products.get(sku) ?? []),
    ...sites.flatMap(({ url }) => [was, is].flatMap((one) => one?.sites.get(url)?.sources ?? [])),
  ];
  // Of the same products another part may be switched off.
  const mailboxes = isMailboxChanged
    ? [was, is].flatMap((one) => [...(one?.products.values() ?? [])].flat())
    : [];
  const urns = [...sources, ...mailboxes].map(({ urn }) => urn);
  return [
    {
      holder,
      name,
      products: { gained, lost },
      ...(isMailboxChanged ? { mailbox: hasOne === true ? "gained" : "lost" } : {}),
      sites,
      ...(lost.length > 0 && !isGone && mayStillHave ? { asFarAsKnown: true } : {}),
      urns: [...new Set(urns)].filter((urn) => changed.has(urn)).sort(),
    },
  ];
}

/** Products of the other that the one does not have. */
const missingFrom = (one: Holder | undefined, other: Holder | undefined): string[] =>
  [...(other?.products.keys() ?? [])].filter((sku) => one?.products.has(sku) !== true).sort();

function siteChanges(was: Holder | undefined, is: Holder | undefined): SiteRight[] {
  const urls = new Set([...(was?.sites.keys() ?? []), ...(is?.sites.keys() ?? [])]);
  return [...urls].sort().flatMap((url) => {
    const [before, after] = [was?.sites.get(url), is?.sites.get(url)];
    if (before?.role === after?.role) return [];
    return [
      {
        url,
        title: after?.title ?? before?.title ?? "",
        ...(before === undefined ? {} : { before: before.role }),
        ...(after === undefined ? {} : { after: after.role }),
      },
    ];
  });
}
