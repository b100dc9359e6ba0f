/** What gives somebody the whole tenant, or all mail of a mailbox, and is not in the tenant file. */
import type { NOUNS } from "../core/nouns.ts";
import type { Directory, Risks } from "../engine/index.ts";
import { globalAdministratorsOf } from "../tenant-file/index.ts";
import type { Tenant } from "../tenant-file/index.ts";

export interface RisksBeside {
  /** As the tenant file names people; groups and applications by name or id. Empty where the file names none. */
  readonly globalAdministrators: readonly string[];
  /** By mailbox. */
  readonly forwarding: readonly { readonly mailbox: string; readonly to: readonly string[] }[];
  /** Parts that the application may not look at, with why. */
  readonly notRead: readonly { readonly part: string; readonly reason: string }[];
}

export function risksBeside(
  tenant: Pick<Tenant, "tenant" | "roles" | typeof NOUNS.user.listedIn>,
  { directory, risks }: { readonly directory: Directory; readonly risks: Risks },
): RisksBeside {
  const names = new Map(
    [...directory.people, ...directory.guests, ...directory.groups].map(({ id, key }) => [
      id,
      key.toLowerCase(),
    ]),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  const { emergencyAccounts = [] } = tenant.tenant;
  const declared = globalAdministratorsOf(tenant);
  const known = new Set(
    [...(declared ?? []), ...emergencyAccounts].map((name) => name.toLowerCase()),
  );
  const meant = new Map(
    (tenant.users ?? []).map(({ userPrincipalName, mailbox }) => [
      userPrincipalName,
      mailbox?.forwardTo ?? [],
    ]),
  );
  const isMeant = (mailbox: string, address: string): boolean =>
    meant.get(mailbox)?.includes(address) === true;
  const found = declared === undefined ? [] : (risks.globalAdministrators ?? []);
  return {
    globalAdministrators: found
      .map(nameOf)
      .filter((name) => !known.has(name))
      .sort(),
    forwarding: (risks.forwarding ?? [])
      .map(({ id, to }) => ({
        mailbox: nameOf(id),
        to: to.filter((address) => !isMeant(nameOf(id), address)),
      }))
      .filter(({ to }) => to.length > 0)
      .sort((one, other) => (one.mailbox < other.mailbox ? -1 : 1)),
    notRead: risks.notRead.map(({ part, reason }) => ({ part, reason })),
  };
}
