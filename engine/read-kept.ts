/** What is kept of a tenant, against what its file says must be kept. */
import { backupArgs } from "../components/index.ts";
import type { CopyKind } from "../core/copy-kinds.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { sentenceIn } from "../core/language.ts";
import { readCopies, readCreated } from "../provider/index.ts";
import type { Connection, Copies, Directory, Part } from "../provider/index.ts";
import { loadBackupReport } from "../tenant-file/index.ts";
import type { Tenant, TenantPlace } from "../tenant-file/index.ts";

interface WantedCopy {
  readonly kind: CopyKind;
  /** As the tenant file names it; of a site its address. */
  readonly name: string;
  /** Under which a copy may be known, in lower case. */
  readonly keys: readonly string[];
  /** When it was made (UTC), of what has no copy; undefined where it has one. */
  readonly created: string | undefined;
}

export interface Kept {
  readonly copies: Copies;
  /** What is in the tenant and must be kept. */
  readonly wanted: readonly WantedCopy[];
}

/** Undefined where the file declares no backup. */
export async function readKept(
  connection: Connection,
  {
    tenant,
    directory,
    place,
  }: { readonly tenant: Tenant; readonly directory: Directory; readonly place: TenantPlace },
): Promise<Part<Kept> | undefined> {
  const { backup } = tenant;
  if (backup === undefined) return undefined;
  const args = backupArgs(tenant, backup);
  const read = await (backup.vendor === "report"
    ? reportedCopies(place, tenant)
    : readCopies(connection, args));
  if (!("found" in read)) return read;
  const copies = read.found;
  const known = new Set(copies.copies.map(({ kind, key }) => `${kind} ${key}`));
  const sought = soughtCopies(tenant, args, directory);
  const missing = sought.filter(
    ({ kind, keys }) => !keys.some((key) => known.has(`${kind} ${key}`)),
  );
  const created = await readCreated(
    connection,
    missing.map(({ kind, keys }) => ({ kind, key: keys[0] ?? "" })),
  );
  const createdOf = new Map(missing.map((one, at) => [one, created[at]]));
  return {
    found: {
      copies,
      wanted: sought.flatMap((one) => {
        const at = createdOf.get(one);
        // Declared, and not in the tenant yet, or no longer.
        if (createdOf.has(one) && at === undefined) return [];
        return [{ ...one, created: at }];
      }),
    },
  };
}

/** What the operator says. A report that cannot be used proves nothing, and hides nothing else of `status`. */
async function reportedCopies(place: TenantPlace, tenant: Tenant): Promise<Part<Copies>> {
  try {
    const report = await loadBackupReport(place, tenant);
    if (report === undefined) {
      return { reason: "there is no backup-report.json beside the tenant file" };
    }
    const { asOf, restorePoints, keptUntil, nothingBefore, isEncrypted } = report;
    return {
      found: {
        ...{ source: "report", asOf, copies: restorePoints, lookedBackTo: undefined },
        place: {
          keptUntil: keptUntil === "forever" ? undefined : keptUntil,
          ...{ nothingBefore, isEncrypted },
        },
      },
    };
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const [first] = error.details;
    const where = first === undefined ? error.message : sentenceIn(first, "en");
    return { reason: where.replace(/\.$/, "") };
  }
}

type Sought = Omit<WantedCopy, "created">;

/** Mailboxes with their archives, groups with a mailbox, and sites. */
function soughtCopies(
  { users = [], groups = [] }: Tenant,
  { mailboxes, sites }: ReturnType<typeof backupArgs>,
  directory: Directory,
): Sought[] {
  const ids = (objects: Directory["people"]): ReadonlyMap<string, string> =>
    new Map(objects.map(({ key, id }) => [key.toLowerCase(), id.toLowerCase()]));
  const people = ids(directory.people);
  const groupIds = ids(directory.groups);
  const withArchive = new Set(
    users
      .filter(({ mailbox }) => mailbox?.archiveEnabled === true)
      .map(({ userPrincipalName }) => userPrincipalName),
  );
  const named = (kind: CopyKind, name: string, id: string | undefined): Sought => ({
    ...{ kind, name },
    keys: id === undefined ? [name.toLowerCase()] : [id, name.toLowerCase()],
  });
  return [
    ...mailboxes.map((name) => named("mailbox", name, people.get(name.toLowerCase()))),
    ...mailboxes
      .filter((name) => withArchive.has(name))
      .map((name) => named("archive", name, people.get(name.toLowerCase()))),
    ...groups.flatMap(({ name, type }) => {
      const id = groupIds.get(name.toLowerCase());
      return type === "microsoft365" && id !== undefined ? [named("group", name, id)] : [];
    }),
    ...sites.map((address) => named("site", address, undefined)),
  ];
}
