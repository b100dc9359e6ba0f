import { describe, expect, it } from "vitest";
import { pick, pickText } from "../support/pick.ts";
import {
  addMailbox,
  addUser,
  changeLicenses,
  hashTable,
  startExchange,
  warningsOf,
} from "./support/exchange.ts";

const ADA = "ada@contoso.com";

/** The alias at the initial domain, which every mailbox takes mail for. */
const INITIAL = "smtp:ada@contoso.onmicrosoft.com";

describe("mailboxes", () => {
  it("appear some time after a licence with Exchange", async () => {
    const exchange = await startExchange({ behaviour: { mailboxProvisioningDelayMs: 5_000 } });
    const id = await addUser(exchange.emulator, "Ada");
    await changeLicenses(exchange.emulator, id, "add");
    expect((await exchange.run("Get-Mailbox", { Identity: ADA })).status).toBe(404);
    exchange.emulator.clock.advance(5_000);
    expect(await exchange.output("Get-Mailbox", { Identity: ADA })).toMatchObject([
      {
        ExternalDirectoryObjectId: id,
        RecipientTypeDetails: "UserMailbox",
        PrimarySmtpAddress: ADA,
        EmailAddresses: [`SMTP:${ADA}`, INITIAL],
      },
    ]);
    const user = await exchange.emulator.graph("GET", `/users/${id}?$select=mail,proxyAddresses`);
    expect(user.body).toMatchObject({ mail: ADA, proxyAddresses: [`SMTP:${ADA}`, INITIAL] });
  });

  it("do not appear when the licence went again before", async () => {
    const exchange = await startExchange({ behaviour: { mailboxProvisioningDelayMs: 5_000 } });
    const id = await addUser(exchange.emulator, "Ada");
    await changeLicenses(exchange.emulator, id, "add");
    await changeLicenses(exchange.emulator, id, "remove");
    exchange.emulator.clock.advance(5_000);
    expect(await exchange.output("Get-Mailbox")).toEqual([]);
  });

  it("go with the licence and come back with it, as they were", async () => {
    const exchange = await startExchange();
    const id = await addMailbox(exchange, "Ada");
    await exchange.run("Set-Mailbox", { Identity: ADA, HiddenFromAddressListsEnabled: true });
    await changeLicenses(exchange.emulator, id, "remove");
    expect((await exchange.run("Get-Mailbox", { Identity: ADA })).status).toBe(404);
    await changeLicenses(exchange.emulator, id, "add");
    expect(await exchange.output("Get-Mailbox", { Identity: ADA })).toMatchObject([
      { HiddenFromAddressListsEnabled: true },
    ]);
  });

  it("stay without licence once they are shared", async () => {
    const exchange = await startExchange();
    const id = await addMailbox(exchange, "Ada");
    await exchange.run("Set-Mailbox", { Identity: ADA, Type: "Shared" });
    await changeLicenses(exchange.emulator, id, "remove");
    expect(
      await exchange.output("Get-Mailbox", { RecipientTypeDetails: ["SharedMailbox"] }),
    ).toMatchObject([{ ExternalDirectoryObjectId: id, IsShared: true }]);
  });

  it("are made shared, with a disabled user in the directory, and removed with that user", async () => {
    const exchange = await startExchange();
    const [created] = await exchange.output("New-Mailbox", {
      Shared: true,
      Name: "Info",
      DisplayName: "Information",
      Alias: "info",
      PrimarySmtpAddress: "info@contoso.com",
    });
    expect(created).toMatchObject({
      RecipientTypeDetails: "SharedMailbox",
      PrimarySmtpAddress: "info@contoso.com",
    });
    const path = `/users/${pickText(created, "ExternalDirectoryObjectId")}`;
    const user = await exchange.emulator.graph(
      "GET",
      `${path}?$select=accountEnabled,displayName,mail`,
    );
    expect(user.body).toMatchObject({
      accountEnabled: true,
      displayName: "Information",
      mail: "info@contoso.com",
    });
    expect(
      (await exchange.run("Remove-Mailbox", { Identity: "info", Confirm: false })).status,
    ).toBe(200);
    expect((await exchange.emulator.graph("GET", path)).status).toBe(404);
    expect((await exchange.run("Get-Mailbox", { Identity: "info" })).status).toBe(404);
    const id = pickText(created, "ExternalDirectoryObjectId");
    await exchange.emulator.graph("POST", `/directory/deletedItems/${id}/restore`);
    expect(await exchange.output("Get-Mailbox", { Identity: "info" })).toMatchObject([
      { IsShared: true },
    ]);
  });

  it("are found by each of their names, and not when two have the name", async () => {
    const exchange = await startExchange();
    const id = await addMailbox(exchange, "Ada");
    const [mailbox] = await exchange.output("Get-Mailbox", { Identity: id });
    for (const Identity of ["ADA@contoso.com", "ada", "Ada", pickText(mailbox, "ExchangeGuid")]) {
      expect(await exchange.output("Get-Mailbox", { Identity })).toEqual([mailbox]);
    }
    await exchange.run("New-Mailbox", { Shared: true, Name: "Ada", Alias: "ada2" });
    const ambiguous = await exchange.run("Get-Mailbox", { Identity: "Ada" });
    expect(ambiguous.status).toBe(400);
    expect(JSON.stringify(ambiguous.body)).toContain("matches multiple entries");
  });

  it.each([
    ["Room", "RoomMailbox"],
    ["Equipment", "EquipmentMailbox"],
  ])("are made with -%s, and not as two kinds at once", async (kind, RecipientTypeDetails) => {
    const exchange = await startExchange();
    const [made] = await exchange.output("New-Mailbox", { [kind]: true, Name: "Zaal" });
    expect(made).toMatchObject({ RecipientTypeDetails, IsShared: false });
    const two = { [kind]: true, Shared: true, Name: "Hal" };
    expect((await exchange.run("New-Mailbox", two)).status).toBe(400);
  });

  it("gain and lose aliases, and change their primary address", async () => {
    const exchange = await startExchange();
    const id = await addMailbox(exchange, "Ada");
    const addresses = async () =>
      pick((await exchange.output("Get-Mailbox", { Identity: id }))[0], "EmailAddresses");
    const set = (EmailAddresses: object) =>
      exchange.run("Set-Mailbox", { Identity: id, EmailAddresses });
    await set(hashTable({ add: ["smtp:countess@contoso.com", "smtp:A.Lovelace@contoso.com"] }));
    expect(await addresses()).toEqual([
      `SMTP:${ADA}`,
      INITIAL,
      "smtp:countess@contoso.com",
      "smtp:A.Lovelace@contoso.com",
    ]);
    await set(
      hashTable({ add: "SMTP:countess@contoso.com", remove: "smtp:a.lovelace@contoso.com" }),
    );
    expect(await addresses()).toEqual([`smtp:${ADA}`, INITIAL, "SMTP:countess@contoso.com"]);
    const user = await exchange.emulator.graph("GET", `/users/${id}?$select=mail`);
    expect(user.body).toMatchObject({ mail: "countess@contoso.com" });
    expect((await set(hashTable({ remove: "smtp:countess@contoso.com" }))).status).toBe(400);
    expect((await set(["SMTP:ada@elsewhere.com"])).status).toBe(400);
  });

  it("refuse an address that another recipient has, in the service's words", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    await addMailbox(exchange, "Bob");
    const taken = await exchange.run("Set-Mailbox", {
      Identity: "bob",
      EmailAddresses: hashTable({ add: `smtp:${ADA}` }),
    });
    expect(taken.status).toBe(400);
    expect(JSON.stringify(taken.body)).toContain("is already being used by the proxy addresses");
  });

  it("forward inside and outside, keep a copy, and stop forwarding", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    const bob = await addMailbox(exchange, "Bob");
    const set = (parameters: object) =>
      exchange.run("Set-Mailbox", { Identity: ADA, ...parameters });
    await set({ ForwardingAddress: "bob", DeliverToMailboxAndForward: true });
    await set({ ForwardingSmtpAddress: "ada@example.com" });
    expect(await exchange.output("Get-Mailbox", { Identity: ADA })).toMatchObject([
      {
        ForwardingAddress: bob,
        ForwardingSmtpAddress: "smtp:ada@example.com",
        DeliverToMailboxAndForward: true,
      },
    ]);
    await set({ ForwardingAddress: null, ForwardingSmtpAddress: null });
    expect(await exchange.output("Get-Mailbox", { Identity: ADA })).toMatchObject([
      { ForwardingAddress: null, ForwardingSmtpAddress: null },
    ]);
    expect((await set({ ForwardingAddress: "nobody" })).status).toBe(404);
  });

  it("are held, and have one archive", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    await exchange.run("Set-Mailbox", { Identity: ADA, LitigationHoldEnabled: true });
    const archive = { Identity: ADA, Archive: true };
    expect((await exchange.run("Enable-Mailbox", archive)).status).toBe(200);
    expect((await exchange.run("Enable-Mailbox", archive)).status).toBe(400);
    expect(await exchange.output("Get-Mailbox", { Identity: ADA })).toMatchObject([
      { LitigationHoldEnabled: true, ArchiveStatus: "Active" },
    ]);
  });

  it("let others send on behalf, by hash table or by list", async () => {
    const exchange = await startExchange();
    const [ada, bob, cas] = [
      await addMailbox(exchange, "Ada"),
      await addMailbox(exchange, "Bob"),
      await addMailbox(exchange, "Cas"),
    ];
    const set = (GrantSendOnBehalfTo: unknown) =>
      exchange.run("Set-Mailbox", { Identity: ada, GrantSendOnBehalfTo });
    const granted = async () =>
      pick((await exchange.output("Get-Mailbox", { Identity: ada }))[0], "GrantSendOnBehalfTo");
    await set(hashTable({ add: "bob@contoso.com" }));
    await set(hashTable({ add: ["cas", "bob"] }));
    expect(await granted()).toEqual([bob, cas]);
    await set(hashTable({ remove: bob }));
    expect(await granted()).toEqual([cas]);
    await set(["bob"]);
    expect(await granted()).toEqual([bob]);
  });

  it("warn when nothing was changed", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    const answer = await exchange.run("Set-Mailbox", { Identity: ADA, DisplayName: "Ada" });
    expect(answer).toMatchObject({ status: 200, body: { value: [] } });
    expect(warningsOf(answer)).toEqual([expect.stringContaining("no settings of")]);
  });

  it.each([
    ["New-Mailbox", { Alias: "in fo" }],
    ["New-Mailbox", { PrimarySmtpAddress: "@contoso.com" }],
    ["Set-Mailbox", { Alias: "" }],
    ["Set-Mailbox", { DisplayName: "" }],
    ["Set-Mailbox", { ForwardingSmtpAddress: "nowhere" }],
  ])("are refused by %s with %j", async (cmdlet, part) => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    const mailbox = cmdlet === "New-Mailbox" ? { Shared: true, Name: "Info" } : { Identity: ADA };
    expect((await exchange.run(cmdlet, { ...mailbox, ...part })).status).toBe(400);
    expect(await exchange.output("Get-Mailbox")).toMatchObject([
      { Alias: "ada", DisplayName: "Ada", ForwardingSmtpAddress: null },
    ]);
  });

  it("are listed by kinds in any casing, and not by kinds that do not exist", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    await exchange.run("New-Mailbox", { Shared: true, Name: "Caf\u00e9" });
    const aliases = async (RecipientTypeDetails: unknown) =>
      (await exchange.output("Get-Mailbox", { RecipientTypeDetails })).map((row) =>
        pickText(row, "Alias"),
      );
    expect(await aliases("sharedmailbox")).toEqual(["Cafe"]);
    expect(await aliases("SharedMailbox, UserMailbox")).toEqual(["ada", "Cafe"]);
    const unknown = await exchange.run("Get-Mailbox", { RecipientTypeDetails: "OwnMailbox" });
    expect(unknown.status).toBe(400);
  });

  it("stay when -WhatIf is asked for, which the emulator does not answer", async () => {
    const exchange = await startExchange();
    await addMailbox(exchange, "Ada");
    const removal = { Identity: ADA, Confirm: false };
    expect((await exchange.run("Remove-Mailbox", { ...removal, WhatIf: true })).status).toBe(501);
    expect((await exchange.run("Get-Mailbox", { Identity: ADA, WhatIf: true })).status).toBe(200);
    expect((await exchange.run("Remove-Mailbox", { ...removal, WhatIf: false })).status).toBe(200);
  });
});
