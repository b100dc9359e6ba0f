/** A tenant as one value, to keep in a file or to put into another emulator. */
import type { Database } from "./database.ts";
import { REGISTRY } from "./tenants.ts";

export const TENANT_FILE_VERSION = 1;

export interface TenantFile {
  version: typeof TENANT_FILE_VERSION;
  tenantId: string;
  objects: ObjectRow[];
  keys: { type: string; name: string; value: string; id: string }[];
  links: { kind: string; source: string; target: string }[];
  jobs: { kind: string; due: number; payload: string }[];
  /** The line in the list of tenants. */
  registration: string;
}

interface ObjectRow {
  type: string;
  id: string;
  json: string;
  created: number;
  deleted: number | null;
}

export class TenantFileError extends Error {
  override readonly name = "TenantFileError";
  readonly code: "unknown-tenant" | "tenant-exists" | "unknown-version";
  readonly hint: string;

  constructor(code: TenantFileError["code"], options: { message: string; hint: string }) {
    super(options.message);
    this.code = code;
    this.hint = options.hint;
  }
}

/** Passwords are not in it: the emulator does not keep them. Hashes of client secrets are. */
export function exportTenant(database: Database, tenantId: string): TenantFile {
  return database.transaction("read", () => {
    const registration = database.get(
      "SELECT json FROM objects WHERE tenant = ? AND id = ? AND type = 'emulator.tenant'",
      REGISTRY,
      tenantId,
    ) as { json: string } | undefined;
    if (registration === undefined) {
      throw new TenantFileError("unknown-tenant", {
        message: `The emulator has no tenant ${tenantId}.`,
        hint: "The status page lists the tenants with their ids.",
      });
    }
    return {
      version: TENANT_FILE_VERSION,
      tenantId,
      objects: database.all(
        "SELECT type, id, json, created, deleted FROM objects WHERE tenant = ? ORDER BY seq",
        tenantId,
      ),
      keys: database.all("SELECT type, name, value, id FROM keys WHERE tenant = ?", tenantId),
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

export function importTenant(database: Database, file: TenantFile): void {
  // The file may come from anywhere, whatever its type says.
  if ((file.version as number) !== TENANT_FILE_VERSION) {
    throw new TenantFileError("unknown-version", {
      message: `The tenant file has version ${file.version}; this emulator reads version ${TENANT_FILE_VERSION}.`,
      hint: "Export the tenant again with this version.",
    });
  }
  const { tenantId } = file;
  database.transaction("write", () => {
    const known = database.get("SELECT 1 FROM objects WHERE tenant = ? LIMIT 1", tenantId);
    if (known !== undefined) {
      throw new TenantFileError("tenant-exists", {
        message: `The emulator has a tenant ${tenantId} already.`,
        hint: "Import into an emulator with an empty directory.",
      });
    }
    const insertObject =
      "INSERT INTO objects (tenant, type, id, json, created, deleted) VALUES (?, ?, ?, ?, ?, ?)";
    const createdMs = file.objects[0]?.created ?? 0;
    database.run(
      insertObject,
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
    for (const { type, id, json, created, deleted } of file.objects) {
      database.run(insertObject, tenantId, type, id, json, created, deleted);
    }
    for (const { type, name, value, id } of file.keys) {
      database.run(
        "INSERT INTO keys (tenant, type, name, value, id) VALUES (?, ?, ?, ?, ?)",
        tenantId,
        type,
        name,
        value,
        id,
      );
    }
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
