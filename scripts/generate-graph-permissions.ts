/**
 * Trims Microsoft's permission table to the operations that the emulator serves.
 *
 *   node scripts/generate-graph-permissions.ts <graph-permissions.json.gz>
 *
 * Input: permissions/new/permissions.json of microsoftgraph/microsoft-graph-devx-content, gzipped.
 * Output: emulator/generated/graph-permissions.json, application permissions by operation.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { graphParts, permissionPath } from "../emulator/index.ts";

const OUTPUT = join(import.meta.dirname, "..", "emulator", "generated", "graph-permissions.json");

/** Permissions of other products (Intune, agents, cross-cloud) that also reach these paths. */
const LEFT_OUT =
  /^(DeviceManagement|AgentId|AgentCard|Group-|EntitlementManagement)|CrossCloud|XTenant|\.CreateAsOwner$/;

interface PathSet {
  schemeKeys: string[];
  methods: string[];
  paths: Record<string, string>;
}

type PublishedTable = Record<string, { pathSets: PathSet[] }>;

function readPublished(file: string): Map<string, Set<string>> {
  const { permissions } = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")) as {
    permissions: PublishedTable;
  };
  const byOperation = new Map<string, Set<string>>();
  for (const [name, { pathSets }] of Object.entries(permissions)) {
    if (LEFT_OUT.test(name)) continue;
    for (const { schemeKeys, methods, paths } of pathSets) {
      if (!schemeKeys.includes("Application")) continue;
      for (const [path, remark] of Object.entries(paths)) {
        const [, also] = /AlsoRequires=([\w.,-]+)/.exec(remark) ?? [];
        const role = also === undefined ? name : [name, ...also.split(",")].join("+");
        for (const method of methods) {
          const key = `${method} ${path.toLowerCase().replaceAll(/\{[^}]*\}/g, "{id}")}`;
          byOperation.set(key, (byOperation.get(key) ?? new Set()).add(role));
        }
      }
    }
  }
  return byOperation;
}

const [input] = process.argv.slice(2);
if (input === undefined)
  throw new Error("Usage: node scripts/generate-graph-permissions.ts <graph-permissions.json.gz>");
const published = readPublished(input);
const trimmed: Record<string, string[]> = {};
for (const route of graphParts.flatMap((part) => part.operations)) {
  const operation = `${route.method} ${permissionPath(route.path)}`;
  const roles = published.get(
    operation.toLowerCase().replace(/^\w+/, (method) => method.toUpperCase()),
  );
  if (roles !== undefined) trimmed[operation] = [...roles].sort();
}
const sorted = Object.fromEntries(
  Object.entries(trimmed).sort(([one], [other]) => (one < other ? -1 : 1)),
);
/** One operation a line: small, and a change shows where it is. */
const lines = Object.entries(sorted).map(
  ([operation, roles]) => `${JSON.stringify(operation)}:${JSON.stringify(roles)}`,
);
writeFileSync(OUTPUT, `{\n${lines.join(",\n")}\n}\n`);
