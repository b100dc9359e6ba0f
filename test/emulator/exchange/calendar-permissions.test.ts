import { expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import { addMailbox, addUser, startExchange } from "./support/exchange.ts";

it("shares a calendar with people inside and outside, each with the roles that they may have", async () => {
  const exchange = await startExchange();
  const { emulator } = exchange;
  const path = `/users/${await addMailbox(exchange, "Ada")}/calendar/calendarPermissions`;
  await addMailbox(exchange, "Bob");
  const share = (address: string, role: string) =>
    emulator.graph("POST", path, { body: { emailAddress: { address }, role } });
  const made = await share("bob@contoso.com", "write");
  expect([made.status, made.body.isInsideOrganization]).toEqual([201, true]);
  expect((await share("bob@contoso.com", "read")).status).toBe(400);
  expect((await share("eve@partner.example", "write")).status).toBe(400);
  expect((await share("eve@partner.example", "read")).body.isInsideOrganization).toBe(false);
  const row = `${path}/${pickText(made.body, "id")}`;
  expect((await emulator.graph("PATCH", row, { body: { role: "read" } })).body.role).toBe("read");
  expect((await emulator.graph("DELETE", row)).status).toBe(204);
  expect((await emulator.graph("DELETE", row)).status).toBe(404);
});

it("keeps the row of the organisation, and knows nobody without a mailbox", async () => {
  const exchange = await startExchange();
  const { emulator } = exchange;
  const path = `/users/${await addMailbox(exchange, "Ada")}/calendar/calendarPermissions`;
  const bob = await addUser(emulator, "Bob");
  const [all] = (await emulator.graph("GET", path)).body.value;
  expect(all).toMatchObject({ isRemovable: false, role: "freeBusyRead" });
  const row = `${path}/${pickText(all, "id")}`;
  expect((await emulator.graph("DELETE", row)).status).toBe(400);
  const body = { emailAddress: { address: "bob@contoso.com" }, role: "read" };
  expect((await emulator.graph("POST", path, { body })).status).toBe(404);
  const none = await emulator.graph("GET", `/users/${bob}/calendar/calendarPermissions`);
  expect(none.status).toBe(404);
});
