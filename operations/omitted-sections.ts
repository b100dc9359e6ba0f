/**
 * Leaving something out of the tenant file means "not managed", never "take it away". To the engine both look
 * alike, so what was managed and is left out now is refused: it is emptied, or removed by name, or kept.
 */
import type { Change, Plan } from "../plan/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { ExpectedError } from "../core/expected-error.ts";

interface Lists {
  /** Suffix of the resource's name; before it comes the key of the object whose list it is. */
  readonly suffix: string;
  readonly key: string;
  readonly isDeclared: (tenant: Tenant, name: string) => boolean;
}

const isUser = (tenant: Tenant, name: string): boolean =>
  (tenant.users ?? []).some(({ userPrincipalName }) => userPrincipalName === name);
const isGroup = (tenant: Tenant, name: string): boolean =>
  (tenant.groups ?? []).some((group) => group.name === name);
const isSite = (tenant: Tenant, name: string): boolean =>
  (tenant.sites ?? []).some(({ url }) => url === name);

/** Resources that hold one list of an object, by type. */
const LISTS: Readonly<Record<string, Lists>> = {
  "m365:licensing:UserLicense": { suffix: "-licenses", key: "licenses", isDeclared: isUser },
  "m365:licensing:GroupLicense": { suffix: "-licenses", key: "licenses", isDeclared: isGroup },
  "m365:directory:GroupMembership": { suffix: "-members", key: "members", isDeclared: isGroup },
  "m365:sharepoint:SitePermissions": {
    suffix: "-permissions",
    key: "permissions",
    isDeclared: isSite,
  },
};

/** Resources of a whole section, by type. */
const SECTIONS: Readonly<Record<string, "users" | "groups" | "sites" | "subscriptions">> = {
  "azuread:index/user:User": "users",
  "azuread:index/group:Group": "groups",
  "m365:sharepoint:Site": "sites",
  "m365:licensing:Subscription": "subscriptions",
};

/** @throws ExpectedError `left-out` when a list or section would be taken away because it is not in the file. */
export function refuseLeftOut(plan: Plan, tenant: Tenant): void {
  const removed = plan.changes.filter(({ operation }) => operation === "delete");
  const found = new Set(removed.flatMap((change) => leftOut(change, tenant)));
  const [first] = found;
  if (first === undefined) return;
  throw new ExpectedError("left-out", `${first} was managed and is left out of the file now.`, {
    hint: "Leaving out means not managed, and what is managed cannot be let go yet. Keep it, or write an empty list ([]) to say that there must be none.",
    details: [...found].map((what) => `left out: ${what}`),
  });
}

function leftOut({ type, urn }: Change, tenant: Tenant): string[] {
  const section = SECTIONS[type];
  if (section !== undefined) return tenant[section] === undefined ? [`\`${section}\``] : [];
  const list = LISTS[type];
  if (list === undefined) return [];
  const name = (urn.split("::").at(-1) ?? "").slice(0, -list.suffix.length);
  return list.isDeclared(tenant, name) ? [`\`${list.key}\` of ${name}`] : [];
}
