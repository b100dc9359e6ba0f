import { expect, it } from "vitest";
import { addMailbox, addUser, hashTable, startExchange } from "./support/exchange.ts";

it("makes distribution and mail-enabled security groups, which Graph shows and does not write", async () => {
  const exchange = await startExchange();
  const { emulator, output } = exchange;
  const owner = await addMailbox(exchange, "Ada");
  const [made] = await output("New-DistributionGroup", {
    ...{ Name: "sales", Alias: "sales", DisplayName: "Sales", Type: "Security" },
    ManagedBy: [owner],
  });
  const { ExternalDirectoryObjectId: id } = made as { ExternalDirectoryObjectId: string };
  expect(made).toMatchObject({
    ManagedBy: [owner],
    PrimarySmtpAddress: "sales@contoso.onmicrosoft.com",
    RecipientTypeDetails: "MailUniversalSecurityGroup",
    RequireSenderAuthenticationEnabled: true,
  });
  expect((await emulator.graph("GET", `/groups/${id}`)).body).toMatchObject({
    ...{ mailEnabled: true, securityEnabled: true, groupTypes: [] },
    mail: "sales@contoso.onmicrosoft.com",
  });
  const body = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${owner}` };
  for (const refused of [
    await emulator.graph("POST", `/groups/${id}/members/$ref`, { body }),
    await emulator.graph("PATCH", `/groups/${id}`, { body: { displayName: "X" } }),
    await emulator.graph("DELETE", `/groups/${id}`),
  ]) {
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toBe(
      "Cannot Update a mail-enabled security groups and or distribution list.",
    );
  }
});

it("takes recipients only as members, each once, and lets them go once", async () => {
  const exchange = await startExchange();
  const ada = await addMailbox(exchange, "Ada");
  const bob = await addUser(exchange.emulator, "Bob");
  const { run, output } = exchange;
  await output("New-DistributionGroup", { Name: "all", ManagedBy: [ada] });
  const statuses = [];
  for (const [verb, member] of [
    ["Add", bob],
    ["Add", ada],
    ["Add", ada],
  ] as const) {
    const { status } = await run(`${verb}-DistributionGroupMember`, {
      Identity: "all",
      Member: member,
    });
    statuses.push(status);
  }
  expect(statuses).toEqual([404, 200, 400]);
  expect(await output("Get-DistributionGroupMember", { Identity: "all" })).toMatchObject([
    { ExternalDirectoryObjectId: ada, RecipientTypeDetails: "UserMailbox" },
  ]);
  const leave = { Identity: "all", Member: ada };
  expect((await run("Remove-DistributionGroupMember", leave)).status).toBe(200);
  expect((await run("Remove-DistributionGroupMember", leave)).status).toBe(400);
});

it("keeps who may send, aliases and whether it is hidden, of Microsoft 365 groups too", async () => {
  const exchange = await startExchange();
  const { emulator, output, run } = exchange;
  const ada = await addMailbox(exchange, "Ada");
  await emulator.graph("POST", "/groups", {
    body: {
      ...{ displayName: "Team", mailNickname: "team", mailEnabled: true, securityEnabled: false },
      groupTypes: ["Unified"],
    },
  });
  await output("Set-UnifiedGroup", {
    ...{ Identity: "team", RequireSenderAuthenticationEnabled: false },
    AcceptMessagesOnlyFromSendersOrMembers: ["Ada"],
    EmailAddresses: hashTable({ add: ["smtp:crew@contoso.com"] }),
    HiddenFromAddressListsEnabled: true,
  });
  expect(await output("Get-UnifiedGroup", { Identity: "crew@contoso.com" })).toMatchObject([
    {
      AcceptMessagesOnlyFromSendersOrMembers: [ada],
      EmailAddresses: ["SMTP:team@contoso.onmicrosoft.com", "smtp:crew@contoso.com"],
      HiddenFromAddressListsEnabled: true,
      RequireSenderAuthenticationEnabled: false,
    },
  ]);
  const taken = { Name: "x", PrimarySmtpAddress: "crew@contoso.com" };
  expect((await run("New-DistributionGroup", taken)).status).toBe(400);
  expect((await run("Set-DistributionGroup", { Identity: "team" })).status).toBe(404);
});

it("removes a distribution group for good, and keeps the last owner", async () => {
  const exchange = await startExchange();
  const ada = await addMailbox(exchange, "Ada");
  const { run, output, emulator } = exchange;
  await output("New-DistributionGroup", { Name: "all", ManagedBy: [ada] });
  expect((await run("Set-DistributionGroup", { Identity: "all", ManagedBy: [] })).status).toBe(400);
  expect((await run("Remove-DistributionGroup", { Identity: "all" })).status).toBe(200);
  expect((await run("Remove-DistributionGroup", { Identity: "all" })).status).toBe(404);
  const bin = await emulator.graph("GET", "/directory/deletedItems/microsoft.graph.group");
  expect(bin.body.value).toEqual([]);
});
