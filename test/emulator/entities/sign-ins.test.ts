import { expect, it } from "vitest";
import { recordSignIn } from "../../../emulator/entities/sign-ins.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  contoso,
  createUser,
  startTestEmulator,
  TENANT_ID,
} from "../support/emulator.ts";

const application = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };

const PATH = "/auditLogs/signIns";

it("lists sign-ins, newest first, by the client that was used", async () => {
  const emulator = await startTestEmulator();
  const { id: userId } = await createUser(emulator);
  emulator.state.write(TENANT_ID, (scope) => {
    for (const clientAppUsed of ["Browser", "IMAP4", "Authenticated SMTP"]) {
      recordSignIn(scope, { userId, clientAppUsed });
    }
  });
  const clients = async (query: string) =>
    (await emulator.graph("GET", `${PATH}${query}`)).body.value.map((row) => row.clientAppUsed);
  expect(await clients("")).toEqual(["Authenticated SMTP", "IMAP4", "Browser"]);
  const either = "clientAppUsed eq 'IMAP4' or clientAppUsed eq 'POP3'";
  expect(await clients(`?$filter=${encodeURIComponent(either)}`)).toEqual(["IMAP4"]);
  expect((await emulator.graph("GET", `${PATH}?$filter=clientAppUsed%20eq`)).status).toBe(400);
});

it("is refused where nobody bought the product that shows it", async () => {
  const none = { ...contoso, subscribedSkus: [] };
  const prepare = (made: { addTenant: (tenant: typeof none) => void }) => {
    made.addTenant(none);
  };
  const emulator = await startTestEmulator({}, { prepare });
  expect((await emulator.graph("GET", PATH)).status).toBe(403);
});

it("gives each user the last of them, to who may see it, by id", async () => {
  const emulator = await startTestEmulator();
  const { id, userPrincipalName } = await createUser(emulator);
  const path = `/users/${id}?$select=id,signInActivity`;
  expect((await emulator.graph("GET", path)).body.signInActivity).toBeNull();
  emulator.state.write(TENANT_ID, (scope) => {
    recordSignIn(scope, { userId: id, clientAppUsed: "Browser" });
  });
  emulator.clock.advance(60_000);
  emulator.state.write(TENANT_ID, (scope) => {
    recordSignIn(scope, { userId: id, clientAppUsed: "Browser", errorCode: 50_126 });
  });
  expect((await emulator.graph("GET", path)).body.signInActivity).toMatchObject({
    lastSignInDateTime: "2026-11-02T09:01:00Z",
    lastSuccessfulSignInDateTime: "2026-11-02T09:00:00Z",
  });
  const named = await emulator.graph(
    "GET",
    `/users/${String(userPrincipalName)}?$select=signInActivity`,
  );
  expect(named.status).toBe(400);
  expect((await emulator.graph("GET", `/users/${id}`)).body).not.toHaveProperty("signInActivity");
});

it("shows it to nobody without the permission, nor in a tenant without the product", async () => {
  for (const [change, code] of [
    [
      { applications: [{ ...application, roles: ["User.Read.All"] }] },
      "Authorization_RequestDenied",
    ],
    [{ subscribedSkus: [] }, "Authentication_RequestFromNonPremiumTenantOrB2CTenant"],
  ] as const) {
    const emulator = await startTestEmulator(
      {},
      {
        prepare: (made) => {
          made.addTenant({ ...contoso, ...change });
        },
      },
    );
    const { status, body } = await emulator.graph("GET", "/users?$select=id,signInActivity");
    expect([status, body.error.code]).toEqual([403, code]);
  }
});
