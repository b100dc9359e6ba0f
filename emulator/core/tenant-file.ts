/** A tenant as one value, to keep in a file or to put into another emulator. */
import { z } from "zod";
import type { Database } from "./database.ts";
import { REGISTRY } from "./tenants.ts";

export const TENANT_FILE_VERSION = 1;

const text = z.string();
const moment = z.number();

const tenantFile = z.strictObject({
  version: z.literal(TENANT_FILE_VERSION),
  tenantId: z.guid(),
  objects: z.array(
    z.strictObject({
      type: text,
      id: text,
      json: text,
      created: moment,
      deleted: moment.nullable(),
    }),
  ),
  keys: z.array(z.strictObject({ type: text, name: text, value: text, id: text })),
  links: z.array(z.strictObject({ kind: text, source: text, target: text })),
  jobs: z.array(z.strictObject({ kind: text, due: moment, payload: text })),
  /** The line in the list of tenants. */
  registration: text,
});

export type TenantFile = z.infer<typeof tenantFile>;

export class TenantFileError extends Error {
  override readonly name = "TenantFileError";
  readonly code: "unknown-tenant" | "tenant-exists" | "unknown-version" | "malformed";
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

/** @param content of a file that may come from anywhere. @throws TenantFileError */
export function importTenant(database: Database, content: unknown): void {
  const file = readTenantFile(content);
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

function readTenantFile(content: unknown): TenantFile {
  const versioned = z.looseObject({ version: z.number() }).safeParse(content);
  if (versioned.success && versioned.data.version !== TENANT_FILE_VERSION) {
    throw new TenantFileError("unknown-version", {
      message: `The tenant file has version ${versioned.data.version}; this emulator reads version ${TENANT_FILE_VERSION}.`,
      hint: "Export the tenant again with this version.",
    });
  }
  const read = tenantFile.safeParse(content);
  if (read.success) return read.data;
  const [problem] = read.error.issues;
  throw new TenantFileError("malformed", {
    message: `This is no exported tenant: ${problem?.path.join(".") ?? ""} ${problem?.message ?? ""}`,
    hint: "Give a file that the emulator exported.",
  });
}
