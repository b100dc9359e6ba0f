/** Who has access to the sites of a tenant file by themselves, as the file says it. */
import { siteAddress } from "../components/index.ts";
import type { KnownAccess } from "../provider/index.ts";
import type { SiteEntry, Tenant } from "../tenant-file/index.ts";

/** Of sites whose permissions are managed. @param ids under which the state has what was applied */
export function knownAccess(tenant: Tenant, ids: readonly string[]): KnownAccess[] {
  const applied = new Set(ids);
  return (tenant.sites ?? []).flatMap(({ url, owner, permissions, libraries = [] }) => {
    const address = siteAddress(tenant, url);
    if (permissions === undefined || !applied.has(address)) return [];
    return [
      {
        url: address,
        people: new Set([owner, ...peopleIn(permissions)]),
        libraries: libraries.map((library) => ({
          name: library.name,
          people: new Set(peopleIn(library.permissions)),
        })),
      },
    ];
  });
}

const peopleIn = (permissions: NonNullable<SiteEntry["permissions"]>): string[] =>
  permissions.flatMap(({ user }) => user ?? []);
