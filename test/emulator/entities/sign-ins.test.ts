import { expect, it } from "vitest";
import { recordSignIn } from "../../../emulator/entities/sign-ins.ts";
import { contoso, createUser, startTestEmulator, TENANT_ID } from "../support/emulator.ts";

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
