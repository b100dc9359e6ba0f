/** InvokeCommand: one cmdlet as one POST, its output in pages. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { findTenant } from "../core/tenants.ts";
import { ServiceFailure } from "../core/failure.ts";
import { Parameters, type Cmdlet } from "./cmdlet.ts";
import { invalidOperation, notServed } from "./errors.ts";
import { mailboxCmdlets } from "./mailboxes.ts";
import { organizationCmdlets } from "./organization.ts";
import { permissionCmdlets } from "./permissions.ts";

const cmdlets = new Map<string, Cmdlet>(
  [...mailboxCmdlets, ...permissionCmdlets, ...organizationCmdlets].map((cmdlet) => [
    cmdlet.name.toLowerCase(),
    cmdlet,
  ]),
);

export const EXCHANGE_ROLE = "Exchange.ManageAsApp";

/** Pages have this size unless the client prefers another (unverified). */
const DEFAULT_PAGE_SIZE = 1000;

interface Invocation {
  CmdletInput?: { CmdletName?: unknown; Parameters?: unknown };
}

function forbidden(): ServiceFailure {
  return new ServiceFailure(403, "Forbidden", { message: "Access denied." });
}

function authorize(call: Call): void {
  const tenant = findTenant(call, call.params.tenant ?? "");
  if (tenant?.id !== call.tenantId || call.token?.roles.includes(EXCHANGE_ROLE) !== true)
    throw forbidden();
}

function readInvocation(call: Call): { cmdlet: Cmdlet; parameters: Parameters } {
  const input = (call.body as Invocation | undefined)?.CmdletInput;
  const name = input?.CmdletName;
  if (typeof name !== "string") {
    throw invalidOperation("System.ArgumentException", "CmdletInput.CmdletName is required.");
  }
  const cmdlet = cmdlets.get(name.toLowerCase());
  if (cmdlet === undefined) throw notServed(name);
  const given = input?.Parameters ?? {};
  if (typeof given !== "object") {
    throw invalidOperation("System.ArgumentException", "CmdletInput.Parameters must be an object.");
  }
  return { cmdlet, parameters: new Parameters(cmdlet, given as Record<string, unknown>) };
}

function invoke(call: Call): Answer {
  authorize(call);
  const { cmdlet, parameters } = readInvocation(call);
  // What would be done is not worked out; doing it would be worse.
  if (parameters.flag("WhatIf") === true && !cmdlet.name.startsWith("Get-"))
    throw notServed(`${cmdlet.name} -WhatIf`);
  const warnings: string[] = [];
  const output = cmdlet.run({
    call,
    parameters,
    warn: (message) => {
      warnings.push(message);
    },
  });
  const start = readSkipToken(call);
  const size = pageSize(call);
  const path = `${call.prefix}/adminapi/${call.params.version ?? ""}/${call.params.tenant ?? ""}`;
  return {
    status: 200,
    body: {
      "@odata.context": `${call.origin}${path}/$metadata#Collection(Exchange.GenericHashTable)`,
      "adminapi.warnings@odata.type": "#Collection(String)",
      "@adminapi.warnings": warnings,
      value: output.slice(start, start + size).map((row) => select(call, row)),
      ...(start + size < output.length && {
        "@odata.nextLink": nextLink(call, path, start + size),
      }),
    },
  };
}

function readSkipToken(call: Call): number {
  const token = call.query.get("$skiptoken") ?? "0";
  if (!/^\d+$/.test(token))
    throw invalidOperation("Microsoft.OData.ODataException", "The skip token is not valid.");
  return Number(token);
}

function pageSize(call: Call): number {
  const [, size] = /odata\.maxpagesize\s*=\s*"?(\d+)/i.exec(call.headers.get("prefer") ?? "") ?? [];
  return size === undefined ? DEFAULT_PAGE_SIZE : Math.max(1, Number(size));
}

function nextLink(call: Call, path: string, start: number): string {
  const query = new URLSearchParams(call.query);
  query.set("$skiptoken", String(start));
  return `${call.origin}${path}/InvokeCommand?${query.toString()}`;
}

function select(call: Call, row: Record<string, unknown>): Record<string, unknown> {
  const names = (call.query.get("$select") ?? "").split(",").filter(Boolean);
  if (names.length === 0) return row;
  const wanted = new Set(names.map((name) => name.trim().toLowerCase()));
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name.toLowerCase())));
}

export const invokeRoute: Route = {
  method: "POST",
  path: "/adminapi/:version{beta|v1\\.0}/:tenant/InvokeCommand",
  handle: invoke,
};
