/**
 * Lists what the real services have beside what the emulator serves, so that it is 501 with its name and not reported as
 * missing. Graph's and Veeam's lists come with their schemas.
 *
 *   node scripts/generate-known-operations.ts <sharepoint-metadata.xml> <exchange-cmdlets> <partner-center-docs>
 *
 * Input: SharePoint's `/_api/$metadata`; the folder of cmdlet pages of MicrosoftDocs/office-docs-powershell
 * (exchange/exchange-ps/ExchangePowerShell); the folder of pages of MicrosoftDocs/partner-center-sdk.
 * Output: emulator/generated/known-operations.json, one name a line, with its members.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const OUTPUT = join(import.meta.dirname, "..", "emulator", "generated", "known-operations.json");

/** Types whose properties, relations and functions are listed. */
const SHAREPOINT_TYPES = [
  "SP.Web",
  "SP.Site",
  "SP.List",
  "SP.User",
  "SP.Group",
  "SP.RoleAssignment",
  "SP.RoleDefinition",
  "Microsoft.Online.SharePoint.TenantAdministration.SiteProperties",
  "Microsoft.Online.SharePoint.TenantAdministration.Tenant",
];
/** Documented for Partner Center since those pages were stored. */
const NEWER_ROOTS = ["agreements", "auditrecords", "domains", "productpromotions", "ratecards"];
/** Cmdlets whose parameters are listed. */
const CMDLETS =
  /^(?:Get|New|Set|Remove)-Mailbox$|^(?:Get|Add|Remove)-(?:Mailbox|Recipient)Permission$|^Get-(?:AcceptedDomain|OrganizationConfig|Recipient|DistributionGroup|CASMailbox|MailboxStatistics|User)$/;

function sharePointTypes(xml: string): Record<string, string> {
  const types = new Map<string, { base: string; members: string[] }>();
  for (const [, namespace = "", content = ""] of xml.matchAll(
    /<Schema Namespace="([^"]+)".*?>(.*?)<\/Schema>/gs,
  )) {
    for (const [, name = "", attributes = "", body = ""] of content.matchAll(
      /<EntityType Name="([^"]+)"([^>]*)>(.*?)<\/EntityType>/gs,
    )) {
      const [, base = ""] = /BaseType="([^"]+)"/.exec(attributes) ?? [];
      const members = [...body.matchAll(/<(?:Navigation)?Property Name="([^"]+)"/g)];
      types.set(`${namespace}.${name}`, { base, members: members.map(([, own = ""]) => own) });
    }
  }
  for (const [, name = "", type = ""] of xml.matchAll(
    /<FunctionImport Name="([^"]+)"[^>]*IsBindable="true"[^>]*><Parameter Name="this" Type="([^"]+)"/g,
  )) {
    types.get(type)?.members.push(name);
  }
  const membersOf = (type: string): string[] => {
    const found = types.get(type);
    return found === undefined ? [] : [...found.members, ...membersOf(found.base)];
  };
  return Object.fromEntries(SHAREPOINT_TYPES.map((type) => [type, listed(membersOf(type))]));
}

function exchangeCmdlets(folder: string): Record<string, string> {
  const cmdlets = readdirSync(folder)
    .filter((file) => /^[A-Z][a-z]+-\w+\.md$/.test(file))
    .map((file) => ({ name: file.slice(0, -3), page: readFileSync(join(folder, file), "utf8") }))
    .filter(({ page }) => /^applicable:.*Exchange Online/m.test(page))
    .map(({ name, page }) => {
      const parameters = [...page.matchAll(/^### -(\w+)/gm)].map(([, parameter = ""]) => parameter);
      return [name, CMDLETS.test(name) ? listed(parameters) : ""] as const;
    });
  return Object.fromEntries(cmdlets);
}

/** What stands first in the addresses that the tables of the pages show: `customers` of `GET /v1/customers/{id}/orders`. */
function partnerCenterRoots(folder: string): string {
  const found = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(
        /\b(?:GET|POST|PATCH|PUT|DELETE|HEAD)\W+\[\*\{baseURL\}\*\]\([^)]*\)\/v1\/(\w+)/g,
      ),
    ])
    .map(([, root = ""]) => root.toLowerCase());
  return listed([...found, ...NEWER_ROOTS]);
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].sort().join(" ");
}

const [metadata, exchange, partnerCenter] = process.argv.slice(2);
if (metadata === undefined || exchange === undefined || partnerCenter === undefined)
  throw new Error(
    "Give SharePoint's metadata and the folders of Exchange's and Partner Center's pages",
  );
const known = {
  sharePoint: sharePointTypes(readFileSync(metadata, "utf8")),
  exchange: exchangeCmdlets(exchange),
  partnerCenter: partnerCenterRoots(partnerCenter),
};
const { "": others, ...withParameters } = Object.groupBy(Object.keys(known.exchange), (name) =>
  known.exchange[name] === "" ? "" : name,
);
writeFileSync(
  OUTPUT,
  `${JSON.stringify(
    {
      sharePoint: known.sharePoint,
      exchange: Object.fromEntries(
        Object.keys(withParameters).map((name) => [name, known.exchange[name]]),
      ),
      otherCmdlets: listed(others ?? []),
      partnerCenter: known.partnerCenter,
    },
    undefined,
    1,
  )}\n`,
);
