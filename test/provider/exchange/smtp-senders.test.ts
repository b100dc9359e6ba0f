import { expect, it } from "vitest";
import { readSmtpSenders } from "../../../provider/exchange/smtp-senders.ts";
import { makeMailboxes } from "../support/mailboxes.ts";
import { settle, startWorld } from "../support/world.ts";

it("are the mailboxes that allow it themselves, not those that leave it to the tenant", async () => {
  const world = await startWorld();
  const [anna, scan] = await makeMailboxes(world, ["Anna", "Scan", "Bram"]);
  const set = (id = "", off = false) =>
    world.service.exchange.invoke("Set-CASMailbox", {
      ...{ Identity: id, SmtpClientAuthenticationDisabled: off },
    });
  await set(anna?.id, true);
  await set(scan?.id, false);
  await settle(world);
  const connection = { service: world.service, backupCredentials: undefined };
  expect(await readSmtpSenders(connection)).toEqual(["scan@contoso.com"]);
});
