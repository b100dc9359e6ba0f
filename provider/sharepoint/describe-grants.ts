/** What a change of access to a site means to the customer. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";
import { en, nl, objects, text } from "../../core/i18n/phrases.ts";

const ROLES: Readonly<Record<string, { nl: string; en: string }>> = {
  read: { nl: "lezen", en: "read" },
  edit: { nl: "bewerken", en: "edit" },
  "full-control": { nl: "volledig beheer", en: "full control" },
};

interface Grant {
  readonly key: string;
  readonly name: string;
  readonly role: string;
}

/** Whoever is renamed stays who they are. */
const idOf = (entry: NonNullable<DescribedChange["after"]>): string | undefined => {
  const id = text(entry, "id");
  return id === "" || id === UNKNOWN ? undefined : id;
};

const grantsOf = (properties: DescribedChange["after"]): Grant[] =>
  objects(properties, "grants").map((entry) => ({
    key: idOf(entry) ?? `${text(entry, "kind")}:${text(entry, "principal")}`,
    name: text(entry, "displayName") || text(entry, "principal"),
    role: text(entry, "role"),
  }));

/** The address within the tenant, where a site's title is not known. */
const pathOf = (url: string): string => url.replace(/^https:\/\/[^/]+/, "");

export function describeGrants({ operation, before, after }: DescribedChange): Description {
  const url = text(after, "siteUrl") || text(before, "siteUrl");
  const site = text(after, "siteTitle") || text(before, "siteTitle") || pathOf(url);
  const was = operation === "create" || operation === "adopt" ? [] : grantsOf(before);
  const is = operation === "delete" ? [] : grantsOf(after);
  const old = new Map(was.map((grant) => [grant.key, grant]));
  const kept = new Set(is.map(({ key }) => key));
  const added = is.filter(({ key }) => !old.has(key));
  const removed = was.filter(({ key }) => !kept.has(key));
  const changed = is.filter(({ key, role }) => old.has(key) && old.get(key)?.role !== role);
  const names = [...added, ...changed, ...removed].map(({ name }) => name);
  const base = { section: "sites" as const, affected: names };
  if (operation === "adopt") {
    return {
      ...base,
      severity: "routine",
      nl: `De toegang tot de site ${site} wordt voortaan hier beheerd`,
      en: `Access to the site ${site} is managed here from now on`,
    };
  }
  if (names.length === 0) {
    const isNew = operation === "create";
    return {
      ...base,
      severity: "routine",
      nl: isNew
        ? `Alleen de eigenaar heeft toegang tot de site ${site}`
        : `De toegang tot de site ${site} blijft dezelfde`,
      en: isNew
        ? `Only its owner has access to the site ${site}`
        : `Access to the site ${site} stays the same`,
    };
  }
  const gone = removed.map(({ name }) => name);
  return {
    ...base,
    severity: removed.length > 0 ? "destructive" : "sensitive",
    nl: [
      ...byRole(added).map(
        ([role, people]) =>
          `${nl.list(people)} ${nl.form(people.length, { one: "krijgt", other: "krijgen" })} toegang tot de site ${site} (${ROLES[role]?.nl ?? role})`,
      ),
      ...byRole(changed).map(
        ([role, people]) =>
          `${nl.list(people)} ${nl.form(people.length, { one: "krijgt", other: "krijgen" })} een ander recht op de site ${site} (${ROLES[role]?.nl ?? role})`,
      ),
      ...(gone.length === 0
        ? []
        : [
            `${nl.list(gone)} ${nl.form(gone.length, { one: "verliest", other: "verliezen" })} de toegang tot de site ${site}`,
          ]),
    ].join("; "),
    en: [
      ...byRole(added).map(
        ([role, people]) =>
          `${en.list(people)} ${en.form(people.length, { one: "gets", other: "get" })} access to the site ${site} (${ROLES[role]?.en ?? role})`,
      ),
      ...byRole(changed).map(
        ([role, people]) =>
          `${en.list(people)} ${en.form(people.length, { one: "gets", other: "get" })} another role on the site ${site} (${ROLES[role]?.en ?? role})`,
      ),
      ...(gone.length === 0
        ? []
        : [
            `${en.list(gone)} ${en.form(gone.length, { one: "loses", other: "lose" })} access to the site ${site}`,
          ]),
    ].join("; "),
  };
}

/** Names per role, so that people with the same right share a sentence. */
function byRole(grants: readonly Grant[]): [role: string, names: string[]][] {
  const groups = Map.groupBy(grants, ({ role }) => role);
  return [...groups].map(([role, members]) => [role, members.map(({ name }) => name)]);
}
