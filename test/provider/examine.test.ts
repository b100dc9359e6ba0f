/** Each thing that can be wrong before the first plan, one at a time, by the emulator's own answers. */
import { onTestFinished, expect, it } from "vitest";
import { backupOperator } from "../../emulator/index.ts";
import { createMicrosoft365 } from "../../services/microsoft365.ts";
import { systemClock } from "../../services/transport/clock.ts";
import { relationships as collection } from "../../emulator/entities/delegated-admin.ts";
import type { CredentialSource, Microsoft365 } from "../../services/index.ts";
import { examine } from "../../provider/examine.ts";
import type { Examined } from "../../provider/examine.ts";
import { permissionsOfTakeOver, permissionsOfTenantFiles } from "../../provider/permissions.ts";
import {
  CLIENT_SECRET,
  contoso,
  startTestEmulator,
  TENANT_ID,
  type TestEmulator,
} from "../emulator/support/emulator.ts";
import { certificateCredential } from "./support/certificate.ts";

const APP = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";
const EXPECTED = {
  tenantId: TENANT_ID,
  initialDomain: "contoso.onmicrosoft.com",
  domains: ["contoso.com"],
  backup: undefined,
};
const { look, apply } = permissionsOfTenantFiles;
const takeOver = Object.values(permissionsOfTakeOver);

const PARTNER = "cccccccc-2222-4333-8444-555555555555";

/** As Graph shows one. */
function relation(
  displayName: string,
  {
    days,
    tenantId = TENANT_ID,
    status = "active",
    autoExtendDuration = "PT0S",
    role = "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
  }: {
    readonly days: number;
    readonly tenantId?: string;
    readonly status?: string;
    readonly autoExtendDuration?: string;
    readonly role?: string;
  },
): object {
  return {
    ...{ displayName, status, autoExtendDuration, duration: "P730D" },
    customer: { tenantId, displayName: "Contoso" },
    endDateTime: new Date(Date.now() + days * 86_400_000).toISOString(),
    accessDetails: { unifiedRoles: [{ roleDefinitionId: role }] },
  };
}

interface Case {
  /** Granted; all that are needed unless told. */
  readonly roles?: readonly string[];
  readonly credential?: CredentialSource;
  readonly tenantId?: string;
  readonly expected?: Partial<Parameters<typeof examine>[1]>;
  readonly password?: string;
  /** That the partner's own tenant shows; nobody looks unless told. */
  readonly relationships?: readonly object[];
  /** By how much our clock is ahead of the services'. */
  readonly aheadMs?: number;
}

async function examined(given: Case = {}): Promise<Record<string, Partial<Examined>>> {
  const { credential, certificatePem } = await certificateCredential(APP);
  const roles = given.roles ?? [...apply, ...takeOver];
  const emulator = await startTestEmulator();
  emulator.addTenant({
    ...contoso,
    applications: [{ clientId: APP, clientSecret: CLIENT_SECRET, certificatePem, roles }],
  });
  const service = createMicrosoft365({
    tenantId: given.tenantId ?? TENANT_ID,
    endpoints: emulator.endpoints,
    credential: given.credential ?? credential,
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    clock: { ...systemClock, now: () => emulator.clock.now() + (given.aheadMs ?? 0) },
    mayWrite: () => {
      throw new Error("An examination only reads");
    },
  });
  onTestFinished(() => service.close());
  const { userName: username } = backupOperator;
  const backupCredentials =
    given.password === undefined ? undefined : { username, password: given.password };
  const found = await examine(
    { service, backupCredentials },
    { ...EXPECTED, ...given.expected },
    given.relationships && (await partnerOf(emulator, given.relationships)),
  );
  return Object.fromEntries(found.map(({ name, ...rest }) => [name, rest]));
}

/** Another tenant, in which the application may read the relations. */
async function partnerOf(
  emulator: TestEmulator,
  relationships: readonly object[],
): Promise<Microsoft365> {
  const roles = ["DelegatedAdminRelationship.Read.All"];
  emulator.addTenant({
    ...{ tenantId: PARTNER, displayName: "Beheer", initialDomain: "beheer.onmicrosoft.com" },
    ...{ domains: [], subscribedSkus: [] },
    applications: [{ clientId: APP, clientSecret: CLIENT_SECRET, roles }],
  });
  emulator.state.write(PARTNER, ({ store }) => {
    for (const [at, object] of relationships.entries()) {
      store.insert(collection, { id: `${at}`, ...object }, 0);
    }
  });
  const partner = createMicrosoft365({
    ...{ tenantId: PARTNER, endpoints: emulator.endpoints, clock: systemClock },
    credential: { kind: "client-secret", clientId: APP, clientSecret: CLIENT_SECRET },
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    mayWrite: () => {
      throw new Error("An examination only reads");
    },
  });
  onTestFinished(() => partner.close());
  return partner;
}

const problem = (found: string, advice: string): unknown => ({
  state: "problem",
  found: expect.stringContaining(found) as string,
  advice: expect.stringContaining(advice) as string,
});

it("finds nothing wrong where everything is as it should be", async () => {
  expect(await examined()).toEqual({
    "sign-in": { state: "ok", found: `as an application of tenant ${TENANT_ID}` },
    clock: { state: "ok", found: "right to the second" },
    consent: { state: "ok", found: expect.stringContaining("granted") as string },
    "permissions to look": { state: "ok", found: `all ${look.length}` },
    "permissions to import": { state: "ok", found: `all ${takeOver.length} besides those to look` },
    "permissions to apply": { state: "ok", found: `all ${apply.length}` },
    tenant: { state: "ok", found: "Contoso: contoso.onmicrosoft.com, contoso.com" },
    SharePoint: { state: "ok", found: "contoso.sharepoint.com answers" },
    backup: { state: "not looked", found: "the tenant file declares none" },
    "partner relation": {
      state: "not looked",
      found: expect.stringContaining("partner.tenantId") as string,
    },
  });
});

it.each<[string, object[], Partial<Examined>]>([
  [
    "that ends in more than 60 days",
    [relation("Beheer", { days: 61 }), relation("Other", { days: 700, tenantId: PARTNER })],
    { state: "ok", found: expect.stringMatching(/^Beheer, with 1 role, ends on 20/) as string },
  ],
  [
    "that ends sooner",
    [relation("Beheer", { days: 59 })],
    { state: "problem", advice: expect.stringContaining("tenantry invite --create") as string },
  ],
  [
    "that is extended by itself",
    [relation("Beheer", { days: 20, autoExtendDuration: "P180D" })],
    { state: "ok", found: expect.stringContaining("is extended on") as string },
  ],
  [
    "with the role that is never extended",
    [relation("Beheer", { days: 90, role: "62e90394-69f5-4237-9190-012177145e10" })],
    { state: "ok", found: expect.stringContaining("Global Administrator among them") as string },
  ],
  [
    "that nobody approved yet",
    [relation("Beheer", { days: 90, status: "approvalPending" })],
    { state: "problem", found: "none with this tenant is in force" },
  ],
])("tells of a partner relation %s", async (_what, relationships, told) => {
  expect((await examined({ relationships }))["partner relation"]).toMatchObject(told);
});

it.each<[string, () => Promise<Case>, string, string]>([
  [
    "another application's certificate",
    async () => {
      // Of the same application, but made a second time: its key is not the registered one.
      const { makeApplicationCertificate } = await import("../../emulator/index.ts");
      const { certificatePem, keyPem } = await makeApplicationCertificate("other");
      const pem = `${certificatePem}\n${keyPem}`;
      return { credential: { kind: "client-certificate", clientId: APP, certificatePem: pem } };
    },
    "the certificate does not belong to the application (AADSTS700027)",
    "AZURE_CLIENT_CERTIFICATE_PATH",
  ],
  [
    "an application id that is not there",
    async () => ({ credential: (await certificateCredential(TENANT_ID)).credential }),
    "the application is not known in this tenant (AADSTS700016)",
    "AZURE_CLIENT_ID",
  ],
  [
    "a wrong secret",
    async () => ({ credential: { kind: "client-secret", clientId: APP, clientSecret: "wrong" } }),
    "the client secret is wrong (AADSTS7000215)",
    "AZURE_CLIENT_SECRET",
  ],
  [
    "a tenant id that is not there",
    async () => ({ tenantId: "99999999-2222-4333-8444-555555555555" }),
    "there is no tenant with this id (AADSTS90002)",
    "tenant.id",
  ],
])("names %s, and says of the rest that nobody looked", async (...[, given, found, advice]) => {
  const { "sign-in": signIn, backup, ...rest } = await examined(await given());
  expect(signIn).toEqual(problem(found, advice));
  expect(backup?.state).toBe("not looked");
  expect(rest["partner relation"]?.state).toBe("not looked");
  delete rest["partner relation"];
  for (const one of Object.values(rest)) {
    expect(one).toEqual({ state: "not looked", found: "signing in failed" });
  }
});

it("tells consent that nobody granted", async () => {
  const found = await examined({ roles: [] });
  expect(found["sign-in"]?.state).toBe("ok");
  expect(found.consent).toEqual(problem("no permission on Microsoft Graph", "grant consent"));
  expect(found.tenant).toEqual(problem("403", "Grant the application"));
});

it("names each permission that is missing", async () => {
  const missing = [
    ...["Domain.Read.All", "Domain.ReadWrite.All"],
    ...["Sites.FullControl.All", "User.ReadWrite.All"],
  ];
  const found = await examined({ roles: apply.filter((name) => !missing.includes(name)) });
  expect(found["permissions to look"]).toEqual(
    problem("missing: Domain.Read.All, Sites.FullControl.All", "grant consent"),
  );
  expect(found["permissions to apply"]).toEqual(
    problem(
      "missing: Domain.Read.All, Domain.ReadWrite.All, Sites.FullControl.All, User.ReadWrite.All",
      "grant consent",
    ),
  );
  expect(found.SharePoint?.state).toBe("problem");
});

it("takes a wider permission for a narrower one", async () => {
  const roles = [
    ...["Directory.Read.All", "Directory.ReadWrite.All", "Sites.FullControl.All"],
    ...["SharePointTenantSettings.ReadWrite.All", "Domain.ReadWrite.All"],
    ...["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"],
    "Policy.ReadWrite.SecurityDefaults",
    ...["Exchange.ManageAsApp", "MailboxSettings.ReadWrite", "Calendars.ReadWrite"],
  ];
  const found = await examined({ roles });
  expect(found["permissions to apply"]?.state).toBe("ok");
  expect(found.tenant?.state).toBe("ok");
});

it("has nothing against an application that only looks", async () => {
  const found = await examined({ roles: look });
  expect(found["permissions to look"]?.state).toBe("ok");
  expect(found["permissions to apply"]).toMatchObject({ state: "not looked" });
});

it("has nothing against an application that imports less, and says what it leaves out", async () => {
  const found = await examined({ roles: apply });
  expect(found["permissions to import"]).toEqual({
    state: "not looked",
    found:
      "missing: Sites.Read.All, RoleManagement.Read.Directory, AuditLog.Read.All; `import` leaves out sites, administrators, second-step",
  });
});

it("says that SharePoint takes no secret", async () => {
  const found = await examined({
    credential: { kind: "client-secret", clientId: APP, clientSecret: CLIENT_SECRET },
  });
  expect(found["sign-in"]?.state).toBe("ok");
  expect(found.SharePoint).toEqual(problem("was answered 401", "only with a certificate"));
});

it("compares the tenant with the file", async () => {
  const other = await examined({ expected: { initialDomain: "other.onmicrosoft.com" } });
  expect(other.tenant).toEqual(problem("The credentials lead to Contoso", "initial domain"));
  const more = await examined({ expected: { domains: ["contoso.com", "contoso.nl"] } });
  expect(more.tenant).toEqual(problem("has not verified contoso.nl", "verify the domain"));
});

it("tells by how much the clock is wrong", async () => {
  const found = await examined({ aheadMs: 600_000 });
  expect(found.clock).toEqual(problem("600 s ahead of Microsoft's", "clock right"));
});

it("asks the backup vendor, whatever Microsoft says", async () => {
  const backup = {
    vendor: "veeam" as const,
    organization: "contoso.onmicrosoft.com",
    operator: "Kluis",
    location: { name: "Datacentrum Noord" },
    retention: { years: 1 },
  };
  const without = await examined({ expected: { backup } });
  expect(without.backup).toEqual(problem("No account is configured", "user name and password"));
  const wrong = await examined({ expected: { backup }, password: "wrong" });
  expect(wrong.backup).toEqual(problem("Signing in to the backup service failed", "password"));
  const reported = await examined({ expected: { backup: { ...backup, vendor: "report" } } });
  expect(reported.backup).toEqual({
    ...{ state: "not looked", found: "Kluis says in a report what is kept" },
  });
  const unknown = await examined({ expected: { backup }, password: backupOperator.password });
  expect(unknown.backup).toEqual(problem("does not know the organisation", "Ask Kluis"));
});
