/** What a change of access to a site means to the customer. */
import type { DescribedChange, Description, Operation } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import type { Text } from "../../core/language.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { clauses, en, nl, objects, text } from "../../core/i18n/phrases.ts";

const ROLES: Readonly<Record<string, { nl: string; en: string }>> = {
  read: { nl: "lezen", en: "read" },
  edit: { nl: "bewerken", en: "edit" },
  "full-control": { nl: "volledig beheer", en: "full control" },
};

interface Grant {
  readonly id: string | undefined;
  /** Kind and name, for who has no id yet. */
  readonly named: string;
  readonly name: string;
  readonly role: string;
}

const grantsOf = (properties: DescribedChange["after"]): Grant[] =>
  objects(properties, "grants").map((entry) => {
    const id = text(entry, "id");
    return {
      id: id === "" || id === UNKNOWN ? undefined : id,
      named: `${text(entry, "kind")}:${text(entry, "principal")}`,
      name: text(entry, "displayName") || text(entry, "principal"),
      role: text(entry, "role"),
    };
  });

/** Namesakes with their address. */
function toldApart(was: readonly Grant[], is: readonly Grant[]): readonly [Grant[], Grant[]] {
  const all = [...was, ...is];
  const hasNamesake = (one: Grant): boolean =>
    all.some(({ name, named }) => name === one.name && named !== one.named);
  const apart = (one: Grant): Grant =>
    hasNamesake(one) ? { ...one, name: `${one.name} (${one.named.replace(/^[^:]*:/, "")})` } : one;
  return [was.map(apart), is.map(apart)];
}

/** Whoever is renamed stays who they are; whoever has the name of another is somebody else. */
const isSame = (one: Grant, other: Grant): boolean =>
  one.id === undefined && other.id === undefined ? one.named === other.named : one.id === other.id;

/** The address within the tenant, where a site's title is not known. */
const pathOf = (url: string): string => url.replace(/^https:\/\/[^/]+/, "");

interface Moves {
  readonly added: readonly Grant[];
  readonly changed: readonly Grant[];
  /** Made anew under the same name: what they had goes with the old one. */
  readonly renewed: readonly Grant[];
  readonly removed: readonly Grant[];
}

function movesBetween(was: readonly Grant[], is: readonly Grant[]): Moves {
  const strangers = is.filter((grant) => !was.some((old) => isSame(old, grant)));
  const gone = was.filter((old) => !is.some((grant) => isSame(old, grant)));
  const isRenewed = (grant: Grant, others: readonly Grant[]): boolean =>
    others.some(({ named }) => named === grant.named);
  return {
    added: strangers.filter((grant) => !isRenewed(grant, gone)),
    changed: is.filter((grant) => was.some((old) => isSame(old, grant) && old.role !== grant.role)),
    renewed: strangers.filter((grant) => isRenewed(grant, gone)),
    removed: gone.filter((grant) => !isRenewed(grant, strangers)),
  };
}

/** What people call the site. */
export function siteNameIn({ before, after }: Pick<DescribedChange, "before" | "after">): string {
  const url = text(after, "siteUrl") || text(before, "siteUrl");
  return text(after, "siteTitle") || text(before, "siteTitle") || pathOf(url);
}

interface ToldMoves {
  readonly moves: Moves;
  readonly affected: readonly string[];
}

/** Who comes and goes, and whose role changes. */
export function movesIn({ operation, before, after }: DescribedChange): ToldMoves {
  const [was, is] = toldApart(
    operation === "create" || operation === "adopt" ? [] : grantsOf(before),
    operation === "delete" ? [] : grantsOf(after),
  );
  const moves = movesBetween(was, is);
  const { added, changed, renewed, removed } = moves;
  const affected = [...added, ...changed, ...renewed, ...removed].map(({ name }) => name);
  return { moves, affected };
}

export function describeGrants(change: DescribedChange): Description {
  const { operation } = change;
  const site = siteNameIn(change);
  const { moves, affected } = movesIn(change);
  const base = { section: "sites" as const, affected };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `De toegang tot de site ${site} wordt voortaan hier beheerd`,
      en: `Access to the site ${site} is managed here from now on`,
    };
  }
  const place = { nl: `de site ${site}`, en: `the site ${site}` };
  const said = clausesOf(moves, place, { isNew: isNewSite(change) });
  const other = withoutGrants(operation, site);
  const isUnsaid = said.nl === undefined || (affected.length === 0 && hasOtherGrants(change));
  return {
    ...base,
    severity:
      moves.removed.length > 0 ? "destructive" : affected.length > 0 ? "sensitive" : "routine",
    nl: clauses([said.nl, isUnsaid && other.nl]) ?? "",
    en: clauses([said.en, isUnsaid && other.en]) ?? "",
  };
}

/** Something else of who has access than that and as what. */
const hasOtherGrants = ({ operation, changedPaths }: DescribedChange): boolean =>
  operation === "update" && changedPaths.some((path) => topLevelKey(path) === "grants");

/** The site was made anew, or is another at the same address. */
const isNewSite = ({ operation, changedPaths }: DescribedChange): boolean =>
  operation === "replace" || (operation === "update" && changedPaths.includes("siteId"));

const upperFirst = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;

/** @param place as it stands within a sentence */
export function clausesOf(
  { added, changed, renewed, removed }: Moves,
  place: Text,
  { isNew = false }: { readonly isNew?: boolean } = {},
): { readonly nl: string | undefined; readonly en: string | undefined } {
  const gone = removed.map(({ name }) => name);
  return {
    nl: clauses([
      isNew && `${upperFirst(place.nl)} is nieuw en krijgt de toegang opnieuw`,
      ...byRole(added).map(
        ([role, people]) =>
          `${nl.list(people)} ${nl.form(people.length, { one: "krijgt", other: "krijgen" })} toegang tot ${place.nl} (${ROLES[role]?.nl ?? role})`,
      ),
      ...byRole(changed).map(
        ([role, people]) =>
          `${nl.list(people)} ${nl.form(people.length, { one: "krijgt", other: "krijgen" })} een ander recht op ${place.nl} (${ROLES[role]?.nl ?? role})`,
      ),
      ...byRole(renewed).map(
        ([role, people]) =>
          `${nl.list(people)} ${nl.form(people.length, { one: "krijgt", other: "krijgen" })} opnieuw toegang tot ${place.nl} (${ROLES[role]?.nl ?? role})`,
      ),
      gone.length > 0 &&
        `${nl.list(gone)} ${nl.form(gone.length, { one: "verliest", other: "verliezen" })} de toegang tot ${place.nl}`,
    ]),
    en: clauses([
      isNew && `${upperFirst(place.en)} is new and gets its access again`,
      ...byRole(added).map(
        ([role, people]) =>
          `${en.list(people)} ${en.form(people.length, { one: "gets", other: "get" })} access to ${place.en} (${ROLES[role]?.en ?? role})`,
      ),
      ...byRole(changed).map(
        ([role, people]) =>
          `${en.list(people)} ${en.form(people.length, { one: "gets", other: "get" })} a different role on ${place.en} (${ROLES[role]?.en ?? role})`,
      ),
      ...byRole(renewed).map(
        ([role, people]) =>
          `${en.list(people)} ${en.form(people.length, { one: "gets", other: "get" })} access to ${place.en} again (${ROLES[role]?.en ?? role})`,
      ),
      gone.length > 0 &&
        `${en.list(gone)} ${en.form(gone.length, { one: "loses", other: "lose" })} access to ${place.en}`,
    ]),
  };
}

/** Where nobody gets or loses access. */
function withoutGrants(operation: Operation, site: string): Pick<Description, "nl" | "en"> {
  switch (operation) {
    case "create":
      return {
        nl: `Alleen de eigenaar heeft toegang tot de site ${site}`,
        en: `Only its owner has access to the site ${site}`,
      };
    case "delete":
      return {
        nl: `Alleen de eigenaar had toegang tot de site ${site}`,
        en: `Only its owner had access to the site ${site}`,
      };
    case "adopt":
    case "update":
    case "replace":
      return {
        nl: `Andere gegevens van de toegang tot de site ${site} veranderen`,
        en: `Other details of the access to the site ${site} change`,
      };
  }
}

/** Names per role, so that people with the same right share a sentence. */
function byRole(grants: readonly Grant[]): [role: string, names: string[]][] {
  const groups = Map.groupBy(grants, ({ role }) => role);
  return [...groups].map(([role, members]) => [role, members.map(({ name }) => name)]);
}
