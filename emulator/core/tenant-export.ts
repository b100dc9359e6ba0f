/** A tenant as one value, to keep in a file or to put into another emulator. */
import { z } from "zod";
import type { Database } from "./database.ts";
import { REGISTRY } from "./tenants.ts";

const TENANT_EXPORT_VERSION = 2;

const text = z.string();
const moment = z.number();

const objects = z.array(
  z.strictObject({ type: text, id: text, json: text, created: moment, deleted: moment.nullable() }),
);
const keys = z.array(z.strictObject({ type: text, name: text, value: text, id: text }));

const tenantExport = z.strictObject({
  version: z.literal(TENANT_EXPORT_VERSION),
  tenantId: z.guid(),
  objects,
  keys,
  /** What other services keep for the tenant, by the pseudo tenant in which they keep it. */
  elsewhere: z.array(z.strictObject({ tenant: text, objects, keys })),
  links: z.array(z.strictObject({ kind: text, source: text, target: text })),
  jobs: z.array(z.strictObject({ kind: text, due: moment, payload: text })),
  /** The line in the list of tenants. */
  registration: text,
});

export type TenantExport = z.infer<typeof tenantExport>;

/** What a service keeps for a tenant in its own pseudo tenant. */
export interface TenantData {
  tenant: string;
  ids: readonly string[];
}

export class TenantExportError extends Error {
  override readonly name = "TenantExportError";
  readonly code: "unknown-tenant" | "tenant-exists" | "unknown-version" | "malformed";
  readonly hint: string;

  constructor(code: TenantExportError["code"], options: { message: string; hint: string }) {
    super(options.message);
    this.code = code;
    this.hint = options.hint;
  }
}

/** Passwords are not in it: the emulator does not keep them. Hashes of client secrets are. */
export function exportTenant(
  database: Database,
  { tenantId, tenantData }: { tenantId: string; tenantData: readonly TenantData[] },
): TenantExport {
  return database.transaction("read", () => {
    const registration = database.get(
      "SELECT json FROM objects WHERE tenant = ? AND id = ? AND type = 'emulator.tenant'",
      REGISTRY,
      tenantId,
    ) as { json: string } | undefined;
    if (registration === undefined) {
      throw new TenantExportError("unknown-tenant", {
        message: `The emulator has no tenant ${tenantId}.`,
        hint: "The status page lists the tenants with their ids.",
      });
    }
    return {
      version: TENANT_EXPORT_VERSION,
      tenantId,
      objects: database.all(
        "SELECT type, id, json, created, deleted FROM objects WHERE tenant = ? ORDER BY seq",
        tenantId,
      ),
      keys: database.all("SELECT type, name, value, id FROM keys WHERE tenant = ?", tenantId),
      elsewhere: tenantData
        .filter(({ ids }) => ids.length > 0)
        .map((kept) => exportBelongings(database, kept)),
      links: database.all(
        "SELECT kind, source, target FROM links WHERE tenant = ? ORDER BY seq",
        tenantId,
      ),
      jobs: database.all(
        "SELECT kind, due, payload FROM jobs WHERE tenant = ? ORDER BY seq",
        tenantId,
      ),
      registration: registration.json,
    };
  });
}

function exportBelongings(
  database: Database,
  { tenant, ids }: TenantData,
): TenantExport["elsewhere"][number] {
  const those = `tenant = ? AND id IN (${ids.map(() => "?").join(", ")})`;
  return {
    tenant,
    objects: database.all(
      `SELECT type, id, json, created, deleted FROM objects WHERE ${those} ORDER BY seq`,
      tenant,
      ...ids,
    ),
    keys: database.all(`SELECT type, name, value, id FROM keys WHERE ${those}`, tenant, ...ids),
  };
}

/** What is there already stays: two tenants may share a repository of the backup server. */
const INSERT_OBJECT =
  "INSERT OR IGNORE INTO objects (tenant, type, id, json, created, deleted) VALUES (?, ?, ?, ?, ?, ?)";

/** @param content of a file that may come from anywhere. @throws TenantExportError */
export function importTenant(database: Database, content: unknown): void {
  const file = readTenantExport(content);
  const { tenantId } = file;
  database.transaction("write", () => {
    const known = database.get("SELECT 1 FROM objects WHERE tenant = ? LIMIT 1", tenantId);
    if (known !== undefined) {
      throw new TenantExportError("tenant-exists", {
        message: `The emulator has a tenant ${tenantId} already.`,
        hint: "Import into an emulator with an empty directory.",
      });
    }
    const createdMs = file.objects[0]?.created ?? 0;
    database.run(
      INSERT_OBJECT,
      REGISTRY,
      "emulator.tenant",
      tenantId,
      file.registration,
      createdMs,
      null,
    );
    for (const domain of (JSON.parse(file.registration) as { domains: string[] }).domains) {
      database.run(
        "INSERT INTO keys (tenant, type, name, value, id) VALUES (?, 'emulator.tenant', 'domain', ?, ?)",
        REGISTRY,
        domain.toLowerCase(),
        tenantId,
      );
    }
    insertRows(database, { tenant: tenantId, ...file });
    for (const kept of file.elsewhere) insertRows(database, kept);
    for (const { kind, source, target } of file.links) {
      database.run(
        "INSERT INTO links (tenant, kind, source, target) VALUES (?, ?, ?, ?)",
        tenantId,
        kind,
        source,
        target,
      );
    }
    for (const { kind, due, payload } of file.jobs) {
      database.run(
        "INSERT INTO jobs (tenant, kind, due, payload) VALUES (?, ?, ?, ?)",
        tenantId,
        kind,
        due,
        payload,
      );
    }
  });
}

function insertRows(
  database: Database,
  { tenant, objects, keys }: Pick<TenantExport, "objects" | "keys"> & { tenant: string },
): void {
  for (const { type, id, json, created, deleted } of objects)
    database.run(INSERT_OBJECT, tenant, type, id, json, created, deleted);
  for (const { type, name, value, id } of keys) {
    database.run(
      "INSERT OR IGNORE INTO keys (tenant, type, name, value, id) VALUES (?, ?, ?, ?, ?)",
      tenant,
      type,
      name,
      value,
      id,
    );
  }
}

function readTenantExport(content: unknown): TenantExport {
  const versioned = z.looseObject({ version: z.number() }).safeParse(content);
  if (versioned.success && versioned.data.version !== TENANT_EXPORT_VERSION) {
    throw new TenantExportError("unknown-version", {
      message: `The exported tenant has version ${versioned.data.version}; this emulator reads version ${TENANT_EXPORT_VERSION}.`,
      hint: "Export the tenant again with this version.",
    });
  }
  const read = tenantExport.safeParse(content);
  if (read.success) return read.data;
  const [problem] = read.error.issues;
  throw new TenantExportError("malformed", {
    message: `This is not an exported tenant: ${problem?.path.join(".") ?? ""} ${problem?.message ?? ""}`,
    hint: "Give a file that the emulator exported.",
  });
}
