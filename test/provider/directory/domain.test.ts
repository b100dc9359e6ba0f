import { describe, expect, it } from "vitest";
import { domain } from "../../../provider/directory/domain.ts";
import { domainHindrances } from "../../../provider/directory/domain-use.ts";
import { NOUNS } from "../../../core/nouns.ts";
import { createUser } from "../../emulator/support/emulator.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const fabrikam = { name: "fabrikam.com", isVerified: true };
const used = { ...fabrikam, supportedServices: ["Email"], isDefault: true };

const look = async (world: World, path: string): Promise<Record<string, unknown>> =>
  (await world.emulator.graph("GET", path)).body;

describe("a domain", () => {
  it("is added, verified and used as declared, and a second run changes nothing", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, domain);
    expect(await resource.up(used)).toBe("created");
    expect(world.writes()).toEqual([
      "POST /v1.0/domains",
      "POST /v1.0/domains/:id/verify",
      "PATCH /v1.0/domains/:id",
    ]);
    await settle(world);
    expect(await resource.up(used)).toBe("same");
    expect(await resource.refresh()).toEqual(used);
    expect(world.writes()).toEqual([]);
    expect(await look(world, "/domains/fabrikam.com")).toMatchObject({
      isVerified: true,
      isDefault: true,
    });
  });

  it("that waits for its record says which one, and the next apply verifies it", async () => {
    const world = await startWorld({ behaviour: { domainRecordDelayMs: 600_000 } });
    const resource = new ManagedResource(world, domain);
    const refusal = await resource.up(fabrikam).catch((error: unknown) => error);
    const { value } = await look(world, "/domains/fabrikam.com/verificationDnsRecords");
    const [{ text } = { text: "" }] = value as { text: string }[];
    expect(text).toMatch(/^MS=ms\d+$/);
    expect(refusal).toMatchObject({
      code: "domain-not-verified",
      message: expect.stringContaining(`TXT record ${text} of fabrikam.com`) as string,
      hint: expect.stringContaining(text) as string,
    });
    expect(resource.state).toMatchObject({
      isUnfinished: true,
      outputs: { verificationText: text },
    });
    await world.clock.sleep(600_000);
    world.writes();
    expect(await resource.up(fabrikam)).toBe("updated");
    expect(world.writes()).toEqual(["POST /v1.0/domains/:id/verify"]);
    expect(await look(world, "/domains/fabrikam.com")).toMatchObject({ isVerified: true });
  });

  it("is verified in the same apply where the record comes within twenty seconds", async () => {
    const world = await startWorld({ behaviour: { domainRecordDelayMs: 8_000 } });
    const resource = new ManagedResource(world, domain);
    expect(await resource.up(fabrikam)).toBe("created");
    expect(world.writes().length).toBeGreaterThan(2);
  });

  it("that the tenant has already comes under management without being added", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, domain);
    await resource.up({ name: "contoso.com", isVerified: true, supportedServices: ["Email"] });
    expect(world.writes()).toEqual(["PATCH /v1.0/domains/:id"]);
  });

  it("keeps the services that Graph lists and cannot set", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, domain);
    await resource.up({ ...fabrikam, supportedServices: ["Email"] });
    const body = { supportedServices: ["Email", "Sharepoint"] };
    await world.emulator.graph("PATCH", "/domains/fabrikam.com", { body });
    await settle(world);
    await resource.up({ ...fabrikam, supportedServices: ["Yammer"] });
    expect(await look(world, "/domains/fabrikam.com")).toMatchObject({
      supportedServices: ["Sharepoint", "Yammer"],
    });
  });

  it("of another tenant is refused in a sentence, with nothing in the state", async () => {
    const world = await startWorld();
    world.emulator.addSampleTenant({ people: 1, clientId: "x", clientSecret: "y" });
    const resource = new ManagedResource(world, domain);
    await expect(resource.up({ name: "voorbeeldbv.nl", isVerified: true })).rejects.toMatchObject({
      code: "domain-elsewhere",
      message: expect.stringMatching(
        /^voorbeeldbv\.nl was not added: another tenant has it/,
      ) as string,
    });
    expect(resource.state).toBeUndefined();
  });

  it("is added once when the answer is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 }, deadlineMs: 600_000 });
    const resource = new ManagedResource(world, domain);
    await resource.up(fabrikam);
    const all = (await look(world, "/domains")).value as { id: string }[];
    expect(all.filter(({ id }) => id === fabrikam.name)).toHaveLength(1);
  });

  it("is not removed while somebody uses it, and twice without harm afterwards", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, domain);
    await resource.up(fabrikam);
    const jan = await createUser(world.emulator, { userPrincipalName: "jan@fabrikam.com" });
    await settle(world);
    world.writes();
    await expect(resource.down()).rejects.toMatchObject({
      code: "domain-in-use",
      message: "fabrikam.com is still used by jan@fabrikam.com",
    });
    expect(world.writes()).toEqual([]);
    await world.emulator.graph("DELETE", `/users/${jan.id}`);
    await resource.down();
    await resource.down();
    await settle(world);
    expect((await world.emulator.graph("GET", "/domains/fabrikam.com")).status).toBe(404);
    expect(await resource.refresh()).toBeUndefined();
  });
});

describe("before the first write", () => {
  const person = (userPrincipalName: string, operation = "create") => ({
    ...{ type: NOUNS.user.type, operation, id: undefined },
    inputs: { userPrincipalName },
  });

  it("names in a domain that is not there, not verified or federated are found", async () => {
    const world = await startWorld({ behaviour: { domainRecordDelayMs: 600_000 } });
    await world.emulator.graph("POST", "/domains", { body: { id: "fabrikam.com" } });
    await settle(world);
    const found = await domainHindrances(
      [person("a@contoso.com"), person("b@fabrikam.com", "update"), person("c@nowhere.example")],
      world.service,
    );
    expect(found).toEqual([
      undefined,
      { code: "domain-not-verified", message: "fabrikam.com is not verified yet" },
      {
        code: "domain-not-verified",
        message: "nowhere.example is not a domain of the tenant",
      },
    ]);
  });

  it("who waits for a domain of the same plan is none of them", async () => {
    const world = await startWorld();
    const adding = {
      ...{ type: NOUNS.domain.type, operation: "create", id: undefined },
      inputs: fabrikam,
    };
    const found = await domainHindrances([adding, person("b@fabrikam.com")], world.service);
    expect(found).toEqual([undefined, undefined]);
  });

  it("a domain that goes is free of those who go with it, and of nobody else", async () => {
    const world = await startWorld();
    await new ManagedResource(world, domain).up(fabrikam);
    const jan = await createUser(world.emulator, { userPrincipalName: "jan@fabrikam.com" });
    await settle(world);
    const removal = {
      ...{ type: NOUNS.domain.type, operation: "delete", id: "fabrikam.com" },
      inputs: fabrikam,
    };
    const jansRemoval = { ...person("jan@fabrikam.com", "delete"), id: `/users/${jan.id}` };
    expect(await domainHindrances([removal], world.service)).toEqual([
      { code: "domain-in-use", message: "fabrikam.com is still used by jan@fabrikam.com" },
    ]);
    expect(await domainHindrances([removal, jansRemoval], world.service)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
