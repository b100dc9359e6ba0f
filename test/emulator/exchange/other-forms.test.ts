import { expect, it } from "vitest";
import { TENANT_ID } from "../support/emulator.ts";
import { addMailbox, startExchange, type Exchange } from "./support/exchange.ts";

it("says which parameters and cmdlets there are, and which it does not have", async () => {
  const exchange = await startExchange();
  await addMailbox(exchange, "Ada");
  const statusOf = async (cmdlet: string, parameters: object): Promise<number> =>
    (await exchange.run(cmdlet, parameters)).status;
  for (const [cmdlet, parameters, status] of [
    ["Get-Mailbox", { Anr: "Ada" }, 501],
    ["Get-Mailbox", { SoftDeletedMailbox: true }, 501],
    ["Get-Mailbox", { SoftDeletedMailbox: false, ErrorVariable: "x" }, 200],
    ["Set-Mailbox", { Identity: "ada", MessageCopyForSentAsEnabled: true }, 501],
    ["Set-Mailbox", { Identity: "ada", AuditEnabled: true }, 501],
    ["Get-Mailbox", { Nonsense: 1 }, 400],
    ["Get-TransportRule", {}, 501],
    ["Get-Nonsense", {}, 400],
  ] as const)
    expect([cmdlet, parameters, await statusOf(cmdlet, parameters)]).toEqual([
      cmdlet,
      parameters,
      status,
    ]);
});

async function get(exchange: Exchange, path: string) {
  const { emulator } = exchange;
  const token = await emulator.token({ scope: "https://outlook.office365.com/.default" });
  const response = await emulator.fetch(
    `${emulator.endpoints.exchange}/AdminApi/beta/${TENANT_ID}/${path}`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it("reads mailboxes and recipients by address, as older clients do", async () => {
  const exchange = await startExchange();
  const id = await addMailbox(exchange, "Ada");
  const one = await get(exchange, "Mailbox('ada@contoso.com')?$select=Guid");
  expect(one.body).toEqual({
    "@odata.context": expect.stringMatching(/#Mailbox\/\$entity$/) as string,
    Guid: id,
  });
  expect((await get(exchange, "recipient?$top=5")).body.value).toMatchObject([{ Guid: id }]);
  expect((await get(exchange, "Mailbox?$filter=x")).status).toBe(501);
  expect((await get(exchange, "MailboxFolder")).status).toBe(501);
});

it("reads recipients of every kind, and what mailboxes have", async () => {
  const exchange = await startExchange();
  const id = await addMailbox(exchange, "Ada");
  await exchange.emulator.graph("POST", "/groups", {
    body: {
      displayName: "Team",
      mailNickname: "team",
      mailEnabled: true,
      securityEnabled: false,
      groupTypes: ["Unified"],
    },
  });
  expect(await exchange.output("Get-Recipient", {})).toMatchObject([
    { Guid: id, RecipientTypeDetails: "UserMailbox" },
    { Alias: "team", RecipientTypeDetails: "GroupMailbox" },
  ]);
  expect(
    await exchange.output("Get-Recipient", { RecipientTypeDetails: ["GroupMailbox"] }),
  ).toHaveLength(1);
  expect(await exchange.output("Get-Recipient", { Identity: "team" })).toHaveLength(1);
  expect((await exchange.run("Get-Recipient", { Identity: "nobody" })).status).toBe(404);
  expect(await exchange.output("Get-DistributionGroup", {})).toEqual([]);
  expect((await exchange.run("Get-DistributionGroup", { Identity: "x" })).status).toBe(404);
  expect(await exchange.output("Get-CASMailbox", { Identity: id })).toMatchObject([
    { ImapEnabled: true },
  ]);
  expect(await exchange.output("Get-MailboxStatistics", { Identity: id })).toMatchObject([
    { ItemCount: 0 },
  ]);
});
