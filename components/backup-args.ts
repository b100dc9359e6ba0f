/** Which mailboxes and sites the backup answers for, worked out from the rest of the file. */
import { COPY_KINDS } from "../core/copy-kinds.ts";
import type { BackupArgs } from "./backup.ts";
import type { Backup, Tenant } from "../tenant-file/index.ts";

/** Full address of a site: SharePoint's host carries the name of the tenant's initial domain. */
export function siteAddress(
  { tenant }: { readonly tenant: Pick<Tenant["tenant"], "initialDomain"> },
  path: string,
): string {
  const [name = ""] = tenant.initialDomain.split(".");
  return `https://${name}.sharepoint.com${path}`;
}

/**
 * Everybody who holds a licence, directly or through a group: they have a mailbox or files. So do the shared mailboxes. Whoever may hold one counts
 * too: because their own licences are not managed, or because the members of a licensed group are not.
 */
function mayBeLicensed(tenant: Tenant): string[] {
  const everybody = (tenant.users ?? []).map(({ userPrincipalName }) => userPrincipalName);
  const directly = (tenant.users ?? [])
    .filter(
      ({ licenses, mailbox }) =>
        licenses === undefined || licenses.length > 0 || mailbox?.type === "shared",
    )
    .map(({ userPrincipalName }) => userPrincipalName);
  const throughGroups = (tenant.groups ?? [])
    .filter(({ licenses }) => (licenses ?? []).length > 0)
    .flatMap(({ members }) => members ?? everybody);
  // Who is no longer managed from here keeps the backup.
  const unmanaged = (tenant.unmanaged?.users ?? []).map(
    ({ userPrincipalName }) => userPrincipalName,
  );
  const shared = (tenant.mailboxes ?? []).map(({ address }) => address);
  return [...new Set([...directly, ...throughGroups, ...shared, ...unmanaged])];
}

export function backupArgs(tenant: Tenant, backup: Backup): BackupArgs {
  const address = (path: string): string => siteAddress(tenant, path);
  const exceptions = (backup.exceptions ?? []).map(({ mailbox, site, disclaimer }) =>
    mailbox === undefined
      ? { kind: "site" as const, name: address(site), disclaimer }
      : { kind: "mailbox" as const, name: mailbox, disclaimer },
  );
  const excepted = new Set(exceptions.map(({ name }) => name));
  const { covers, retention, vendor, operator, location, schedule, isIncremental, keyHeldBy } =
    backup;
  const mailboxes = covers.mailboxes === "all" ? mayBeLicensed(tenant) : covers.mailboxes;
  const everySite = [
    ...(tenant.sites ?? []).map(({ url }) => url),
    ...(tenant.unmanaged?.sites ?? []),
  ];
  const sites = covers.sites === "all" ? everySite : covers.sites;
  return {
    vendor,
    organization: tenant.tenant.initialDomain,
    operator,
    location,
    retention:
      retention.years === undefined ? { until: tenant.contract.end } : { years: retention.years },
    mailboxes: mailboxes.filter((name) => !excepted.has(name)),
    sites: sites.map(address).filter((url) => !excepted.has(url)),
    exceptions,
    ...(schedule && { schedule }),
    ...(keyHeldBy && { keyHeldBy }),
    // A job of the vendor takes the whole organisation; what another one takes is what was agreed with its operator.
    ...(vendor === "report" && {
      kinds: COPY_KINDS.filter((kind) => Object.keys(covers).some((key) => key.startsWith(kind))),
      isIncremental: isIncremental === true,
    }),
  };
}
