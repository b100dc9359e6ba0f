/**
 * Whether a tenant can be worked with: each thing that has to be right before the first plan, looked at by itself, so
 * that one that is wrong hides no other. Only reads.
 */
import { isRequestError } from "../services/index.ts";
import type { Microsoft365 } from "../services/index.ts";
import { CLOCK_TOLERANCE_MS } from "../core/clock-tolerance.ts";
import { expectedFailure, reasonIn } from "../core/expected-error.ts";
import { sentenceIn } from "../core/language.ts";
import { requirePlace } from "./backup/place.ts";
import type { WantedPlace } from "./backup/place.ts";
import type { BACKUP_VENDORS } from "../core/backup-vendors.ts";
import { demandDomains, demandTenant, identify } from "./directory/identity.ts";
import { endsSoon, partnerRelations } from "./directory/partner-relation.ts";
import { readingContext } from "./kit/connection.ts";
import type { Connection } from "./kit/connection.ts";
import {
  isGranted,
  isOfSharePoint,
  permissionsOfTakeOver,
  permissionsOfTenantFiles,
} from "./permissions.ts";
import { siteHostOf } from "./sharepoint/sharepoint-sites.ts";

export interface Examined {
  readonly name:
    | ("sign-in" | "clock" | "consent")
    | `permissions to ${"look" | "import" | "apply"}`
    | ("tenant" | "SharePoint" | "backup" | "partner relation");
  readonly state: "ok" | "problem" | "not looked";
  /** What is the case, or why nobody looked. */
  readonly found: string;
  /** What to do about a problem. */
  readonly advice?: string;
}

/** What the tenant file says of the tenant. */
export interface ExpectedTenant {
  /** In lower case, as everything here. */
  readonly tenantId: string;
  readonly initialDomain: string;
  readonly domains: readonly string[];
  /** Undefined where none is declared. */
  readonly backup: (WantedPlace & { readonly vendor: (typeof BACKUP_VENDORS)[number] }) | undefined;
}

/** In the order in which they are to be put right. Whatever is no expected failure is thrown. */
export async function examine(
  connection: Connection,
  expected: ExpectedTenant,
  partner?: Microsoft365,
): Promise<readonly Examined[]> {
  const { service } = connection;
  // Any call: it signs in, and its answer tells the time. What it may not read is looked at below.
  const signIn = await outcomeOf("sign-in", async () => {
    await service.graph.get("/organization?$select=id").catch((error: unknown) => {
      if (!isRequestError(error, "forbidden")) throw error;
    });
    return `as an application of tenant ${service.tenantId}`;
  });
  const [backup, relation, others] = await Promise.all([
    outcomeOf("backup", () => backupPlace(connection, expected.backup)),
    outcomeOf("partner relation", () => partnerRelation(partner, expected.tenantId)),
    signIn.state === "ok" ? Promise.all(afterSignIn(connection, expected)) : notReached,
  ]);
  return [signIn, ...others, backup, relation];
}

const notReached: readonly Examined[] = (
  [
    "clock",
    "consent",
    "permissions to look",
    "permissions to import",
    "permissions to apply",
    "tenant",
    "SharePoint",
  ] as const
).map((name) => ({ name, state: "not looked", found: "signing in failed" }));

function afterSignIn(
  connection: Connection,
  expected: ExpectedTenant,
): readonly Promise<Examined>[] {
  const { service } = connection;
  const host = siteHostOf(expected.initialDomain);
  const granted = service.grantedPermissions("graph");
  const ofSharePoint = service.grantedPermissions({ sharePoint: host });
  const ofExchange = service.grantedPermissions("exchange");
  return [
    outcomeOf("clock", async () => clock(service.clockAheadMs() ?? 0)),
    outcomeOf("consent", async () => consent(await granted)),
    ...(["look", "import", "apply"] as const).map((purpose) =>
      outcomeOf(`permissions to ${purpose}`, async () =>
        purpose === "import"
          ? permissionsToImport([...(await granted), ...(await ofExchange)])
          : permissions(purpose, [
              ...(await granted).filter((name) => !isOfSharePoint(name)),
              ...(await ofSharePoint),
              ...(await ofExchange),
            ]),
      ),
    ),
    outcomeOf("tenant", () => identity(service, expected)),
    outcomeOf("SharePoint", () => sharePoint(service, host)),
  ];
}

/** What a look gives: a sentence where all is well, or what is wrong or was not looked at. */
type Look = string | Pick<Examined, "state" | "found" | "advice">;

async function outcomeOf(name: Examined["name"], look: () => Promise<Look>): Promise<Examined> {
  try {
    const found = await look();
    return { name, ...(typeof found === "string" ? { state: "ok", found } : found) };
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined) throw error;
    const { hint } = failure;
    return {
      name,
      state: "problem",
      found: reasonIn(failure),
      advice: sentenceIn(hint, "en"),
    };
  }
}

const problem = (found: string, advice: string): Look => ({
  state: "problem",
  found,
  advice,
});

function clock(aheadMs: number): Look {
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  if (seconds === 0) return "right to the second";
  const found = `${seconds} s ${aheadMs > 0 ? "ahead of" : "behind"} Microsoft's`;
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return found;
  return problem(found, "Set this machine's clock right.");
}

function consent(granted: readonly string[]): Look {
  if (granted.length > 0) return `${granted.length} permissions granted on Microsoft Graph`;
  return problem(
    "no permission on Microsoft Graph was granted",
    "Add the permissions of docs/reference/permissions.md to the application, and have an administrator of this tenant grant consent.",
  );
}

function permissions(purpose: "look" | "apply", granted: readonly string[]): Look {
  const needed = permissionsOfTenantFiles[purpose];
  const missing = needed.filter((name) => !isGranted(name, granted));
  if (missing.length === 0) return `all ${needed.length}`;
  const found = `missing: ${missing.join(", ")}`;
  const writes = needed.filter((name) => name.includes("ReadWrite"));
  // A second application that only looks is a good thing to have.
  if (purpose === "apply" && !writes.some((name) => granted.includes(name))) {
    return { state: "not looked", found: `this application has none to write with; ${found}` };
  }
  return problem(found, "Add them to the application, and have an administrator grant consent.");
}

/** Only for a take-over, which does without. */
function permissionsToImport(granted: readonly string[]): Look {
  const needed = Object.entries(permissionsOfTakeOver);
  const missing = needed.filter(([, name]) => !isGranted(name, granted));
  if (missing.length === 0) return `all ${needed.length} besides those to look`;
  const names = missing.map(([, name]) => name).join(", ");
  const parts = missing.map(([part]) => part).join(", ");
  return { state: "not looked", found: `missing: ${names}; \`import\` leaves out ${parts}` };
}

async function identity(service: Microsoft365, expected: ExpectedTenant): Promise<Look> {
  const found = await identify(service);
  demandTenant(found, expected);
  demandDomains(found, expected.domains);
  const domains = [expected.initialDomain, ...expected.domains].join(", ");
  return `${found.organization.displayName ?? "without a name"}: ${domains}`;
}

/** It wants a certificate, and has permissions of its own. */
async function sharePoint(service: Microsoft365, host: string): Promise<Look> {
  const url = encodeURIComponent(`https://${host}/sites/tenantry-check`);
  await service.sharePoint(host).get(`/_api/SPSiteManager/status?url='${url}'`);
  return `${host} answers`;
}

async function backupPlace(
  connection: Connection,
  wanted: ExpectedTenant["backup"],
): Promise<Look> {
  if (wanted === undefined) return { state: "not looked", found: "the tenant file declares none" };
  if (wanted.vendor === "report") {
    return { state: "not looked", found: `${wanted.operator} says in a report what is kept` };
  }
  const { organization, repository } = await requirePlace(
    readingContext(connection).backup(),
    wanted,
  );
  return `the backup server knows ${organization.name}, and keeps it in ${repository.name}`;
}

async function partnerRelation(partner: Microsoft365 | undefined, tenantId: string): Promise<Look> {
  if (partner === undefined) {
    return {
      state: "not looked",
      found: "`partner.tenantId` of the settings names no tenant of the partner",
    };
  }
  const [last] = (await partnerRelations(partner)).filter(
    ({ customerTenantId, status }) => customerTenantId === tenantId && status === "active",
  );
  const renew =
    "`tenantry invite --create` extends it, or makes a new one for the customer's administrator to approve.";
  if (last === undefined) return problem("none with this tenant is in force", renew);
  const { displayName, roles, hasGlobalAdministrator, endsAt, isExtended } = last;
  const found = [
    `${displayName}, with ${roles.length} ${roles.length === 1 ? "role" : "roles"}`,
    ...(hasGlobalAdministrator ? ["Global Administrator among them"] : []),
    `${isExtended ? "is extended on" : "ends on"} ${endsAt.toISOString().slice(0, 10)}`,
  ].join(", ");
  return endsSoon(last, new Date()) ? problem(found, renew) : found;
}
