/** InvokeCommand: one cmdlet as one POST, its output in pages. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { findTenant } from "../core/tenants.ts";
import { ServiceFailure } from "../core/failure.ts";
import { isKnownCmdlet, Parameters, type Cmdlet } from "./cmdlet.ts";
import { invalidOperation, notServed } from "./errors.ts";
import { contactCmdlets } from "./contacts.ts";
import { groupMemberCmdlets } from "./group-members.ts";
import { groupCmdlets } from "./groups.ts";
import { mailboxCmdlets } from "./mailboxes.ts";
import { dkimCmdlets } from "./dkim.ts";
import { organizationCmdlets } from "./organization.ts";
import { permissionCmdlets } from "./permissions.ts";
import { recipientCmdlets } from "./recipient-cmdlets.ts";

const cmdlets = new Map<string, Cmdlet>(
  [
    ...mailboxCmdlets,
    ...permissionCmdlets,
    ...organizationCmdlets,
    ...recipientCmdlets,
    ...groupCmdlets,
    ...contactCmdlets,
    ...groupMemberCmdlets,
    ...dkimCmdlets,
  ].map((cmdlet) => [cmdlet.name.toLowerCase(), cmdlet]),
);

export const EXCHANGE_ROLE = "Exchange.ManageAsApp";

/** Pages have this size unless the client prefers another (unverified). */
const DEFAULT_PAGE_SIZE = 1000;

/** A property of an object from outside, named in any casing. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function unknownCmdlet(name: string): Error {
  return invalidOperation(
    "System.Management.Automation.CommandNotFoundException",
    `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program.`,
  );
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
  const input = member(call.body, "CmdletInput");
  const name = member(input, "CmdletName");
  if (typeof name !== "string") {
    throw invalidOperation("System.ArgumentException", "CmdletInput.CmdletName is required.");
  }
  const cmdlet = cmdlets.get(name.toLowerCase());
  if (cmdlet === undefined) throw isKnownCmdlet(name) ? notServed(name) : unknownCmdlet(name);
  const given = member(input, "Parameters") ?? {};
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

/** Objects by address, which older clients read: `Mailbox`, `Recipient('jan@contoso.com')`. */
const OBJECTS = ["Mailbox", "Recipient", "CASMailbox", "MailboxStatistics"];
const NOT_SERVED_OPTIONS = ["$filter", "$orderby", "$expand", "$count"];

function read(call: Call): Answer {
  authorize(call);
  const [, given = "", identity] = /^(\w+)(?:\('(.*)'\))?$/.exec(call.params.object ?? "") ?? [];
  const name = OBJECTS.find((one) => one.toLowerCase() === given.toLowerCase());
  const cmdlet = cmdlets.get(`get-${name ?? ""}`.toLowerCase());
  const option = NOT_SERVED_OPTIONS.find((one) => call.query.has(one));
  if (cmdlet === undefined || option !== undefined)
    throw notServed(`GET ${call.path}${option === undefined ? "" : `?${option}`}`);
  const parameters = new Parameters(cmdlet, {
    ...(identity !== undefined && { Identity: identity.replaceAll("''", "'") }),
    ...(call.query.has("$top") && { ResultSize: call.query.get("$top") }),
  });
  const output = cmdlet.run({ call, parameters, warn: () => undefined });
  const context = `${call.origin}${call.prefix}/adminapi/${call.params.version ?? ""}/${call.params.tenant ?? ""}/$metadata#${name ?? ""}`;
  const rows = output.map((row) => select(call, row));
  return {
    status: 200,
    body:
      identity === undefined
        ? { "@odata.context": context, value: rows }
        : { "@odata.context": `${context}/$entity`, ...rows[0] },
  };
}

/** Whatever else the interface has: nothing public says what that is. */
function refuseOthers(call: Call): never {
  throw notServed(`${call.method} ${call.path}`);
}

export const objectRoutes: readonly Route[] = [
  { method: "GET", path: "/adminapi/:version{beta|v1\\.0}/:tenant/:object", handle: read },
  { method: "*", path: "/adminapi/*", handle: refuseOthers },
];

export const invokeRoute: Route = {
  method: "POST",
  path: "/adminapi/:version{beta|v1\\.0}/:tenant/InvokeCommand",
  handle: invoke,
};
