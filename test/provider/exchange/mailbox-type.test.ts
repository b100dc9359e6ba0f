import { describe, expect, it } from "vitest";
import { mailboxes } from "../../../emulator/exchange/model.ts";
import { mailboxType } from "../../../provider/exchange/mailbox-type.ts";
import { readLicenseNeeds } from "../../../provider/exchange/shared-without-license.ts";
import { TENANT_ID } from "../../emulator/support/emulator.ts";
import { makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import type { Made } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const MINUTES = 60_000;

const shared = (person: Made | undefined, more: object = {}) => ({
  ...{ userId: person?.id, userPrincipalName: person?.name, displayName: "Anna" },
  ...{ type: "shared", withoutLicense: true, ...more },
});

async function typeOf(world: World, id: string): Promise<unknown> {
  const parameters = { Identity: id };
  const found = await world.service.exchange.tryGet<{ RecipientTypeDetails: string }>(
    "Get-Mailbox",
    parameters,
  );
  return found?.RecipientTypeDetails;
}

const setMailbox = (world: World, id: string, more: object) =>
  world.service.exchange.invoke("Set-Mailbox", { Identity: id, ...more });

const holding = (world: World, id: string, itemBytes: number): void => {
  world.emulator.state.write(TENANT_ID, ({ store }) => {
    const mailbox = store.get(mailboxes, id);
    if (mailbox !== undefined) store.replace(mailboxes, { ...mailbox, itemBytes });
  });
};

describe("a person's mailbox that becomes a shared one", () => {
  it("is done when it reads back as one, and unchanged by a second run", async () => {
    const world = await startWorld({ behaviour: { mailboxConversionDelayMs: 10 * MINUTES } });
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxType);
    expect(await resource.up(shared(anna))).toBe("created");
    expect(await typeOf(world, anna?.id ?? "")).toBe("SharedMailbox");
    expect(await resource.up(shared(anna))).toBe("same");
    expect(await resource.refresh()).toEqual(shared(anna));
  });

  it("is not done while it converts: the next run goes on", async () => {
    const world = await startWorld({ behaviour: { mailboxConversionDelayMs: 30 * MINUTES } });
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxType);
    await expect(resource.up(shared(anna))).rejects.toMatchObject({ code: "mailbox-converting" });
    expect(await typeOf(world, anna?.id ?? "")).toBe("UserMailbox");
    await world.clock.sleep(15 * MINUTES);
    expect(await resource.up(shared(anna))).toBe("updated");
    expect(await typeOf(world, anna?.id ?? "")).toBe("SharedMailbox");
  });

  it("that somebody made a person's again is drift, and is converted again", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxType);
    await resource.up(shared(anna));
    await setMailbox(world, anna?.id ?? "", { Type: "Regular" });
    await settle(world);
    expect(await resource.refresh()).toMatchObject({ type: "regular" });
    expect(await resource.up(shared(anna))).toBe("updated");
    expect(await resource.refresh()).toMatchObject({ type: "shared" });
    await resource.down();
    expect(await typeOf(world, anna?.id ?? "")).toBe("SharedMailbox");
  });

  it("becomes the person's own again, with a licence", async () => {
    const world = await startWorld({ behaviour: { mailboxConversionDelayMs: 10 * MINUTES } });
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxType);
    await resource.up(shared(anna, { withoutLicense: false }));
    const { withoutLicense: _, ...own } = shared(anna, { type: "regular" });
    expect(await resource.up(own)).toBe("updated");
    expect(await typeOf(world, anna?.id ?? "")).toBe("UserMailbox");
    expect(await resource.up(own)).toBe("same");
  });

  it.each([
    ["more than 50 GB", "62 GB"],
    ["an archive", "archive"],
    ["a hold", "litigation hold"],
  ])("is refused before anything is written with %s", async (what, said) => {
    const world = await startWorld();
    const [anna, bob] = await makeMailboxes(world, ["Anna", "Bob"]);
    const id = anna?.id ?? "";
    if (said === "62 GB") holding(world, id, 62 * 2 ** 30);
    if (said === "archive") {
      await world.service.exchange.invoke("Enable-Mailbox", { Identity: id, Archive: true });
    }
    if (said === "litigation hold") await setMailbox(world, id, { LitigationHoldEnabled: true });
    await settle(world);
    const needs = await readLicenseNeeds({ service: world.service, backupCredentials: undefined }, [
      ...[id, bob?.id ?? ""],
    ]);
    expect([...needs.keys()]).toEqual([id]);
    expect(needs.get(id)?.[0]?.en, what).toContain(said);
    const resource = new ManagedResource(world, mailboxType);
    await expect(resource.up(shared(anna))).rejects.toMatchObject({
      code: "mailbox-needs-license",
      message: expect.stringContaining(said) as string,
    });
    expect(await typeOf(world, id)).toBe("UserMailbox");
    // With a licence that stays it may.
    expect(await resource.up(shared(anna, { withoutLicense: false }))).toBe("created");
    await expect(resource.up(shared(anna))).rejects.toMatchObject({
      code: "mailbox-needs-license",
    });
  });

  it("is refused for somebody who has none", async () => {
    const world = await startWorld();
    const [anna] = await makePeople(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxType);
    await expect(resource.up(shared(anna))).rejects.toMatchObject({ code: "no-mailbox" });
  });
});
