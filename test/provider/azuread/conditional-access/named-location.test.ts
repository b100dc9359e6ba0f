import { describe, expect, it } from "vitest";
import { namedLocation } from "../../../../provider/azuread/conditional-access/named-location.ts";
import { decode } from "../../../../provider/kit/values.ts";
import { ManagedResource } from "../../support/managed-resource.ts";
import { settle, startWorld } from "../../support/world.ts";
import type { World } from "../../support/world.ts";

const office = {
  displayName: "Kantoor",
  ip: { ipRanges: ["203.0.113.0/24", "2001:db8::/32"], trusted: true },
};
const netherlands = { displayName: "Nederland", country: { countriesAndRegions: ["NL"] } };
const PATH = "/identity/conditionalAccess/namedLocations";

const live = async (world: World, id: string): Promise<Record<string, unknown>> =>
  (await world.emulator.graph("GET", id)).body;

describe("a named location of the drop-in", () => {
  it("is created by addresses of both versions of IP", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);

    expect(await resource.up(office)).toBe("created");

    expect(world.writes()).toEqual([`POST /v1.0${PATH}`]);
    expect(resource.id).toMatch(/^\/identity\/conditionalAccess\/namedLocations\/[0-9a-f-]{36}$/);
    expect(resource.outputs.objectId).toBe(resource.id.replace(`${PATH}/`, ""));
    await settle(world);
    expect(await live(world, resource.id)).toMatchObject({
      "@odata.type": "#microsoft.graph.ipNamedLocation",
      displayName: "Kantoor",
      isTrusted: true,
      ipRanges: [
        { "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "203.0.113.0/24" },
        { "@odata.type": "#microsoft.graph.iPv6CidrRange", cidrAddress: "2001:db8::/32" },
      ],
    });
  });

  it("is left alone by a second run", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up(netherlands);
    await settle(world);
    world.writes();

    expect(await resource.up(netherlands)).toBe("same");
    await resource.refresh();
    expect(await resource.up(netherlands)).toBe("same");
    expect(world.writes()).toEqual([]);
  });

  it("changes its addresses in place, and sends only what differs", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up(office);
    await settle(world);
    const { id } = resource;
    world.writes();

    const ip = { ipRanges: ["203.0.113.0/24"], trusted: true };
    expect(await resource.up({ ...office, ip })).toBe("updated");

    expect(resource.id).toBe(id);
    expect(world.writes()).toEqual([`PATCH /v1.0${PATH}/:id`]);
    expect(await live(world, id)).toMatchObject({
      displayName: "Kantoor",
      isTrusted: true,
      ipRanges: [{ cidrAddress: "203.0.113.0/24" }],
    });
  });

  it("is another object once it goes by countries instead of addresses", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up({ ...office, displayName: "Nederland" });
    const first = resource.id;
    expect(await resource.up(netherlands)).toBe("replaced");
    expect(resource.id).not.toBe(first);
  });

  it("shows what was changed outside as drift, also what nobody declared, and puts it back", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up(netherlands);
    await settle(world);
    const body = {
      "@odata.type": "#microsoft.graph.countryNamedLocation",
      countriesAndRegions: ["BE", "NL"],
      includeUnknownCountriesAndRegions: true,
    };
    await world.emulator.graph("PATCH", resource.id, { body });
    await settle(world);

    expect(await resource.refresh()).toEqual({
      displayName: "Nederland",
      country: { countriesAndRegions: ["NL", "BE"], includeUnknownCountriesAndRegions: true },
    });
    expect(await resource.up(netherlands)).toBe("updated");
    expect(await live(world, resource.id)).toMatchObject({
      countriesAndRegions: ["NL"],
      includeUnknownCountriesAndRegions: false,
    });
  });

  it("loses its trust before it is removed, and removing it twice is fine", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up(office);
    await settle(world);
    world.writes();

    await resource.down();
    await resource.down();

    expect(world.writes()).toEqual([`PATCH /v1.0${PATH}/:id`, `DELETE /v1.0${PATH}/:id`]);
    expect((await world.emulator.graph("GET", resource.id)).status).toBe(404);
  });

  it("is recreated after somebody deleted it outside", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up(netherlands);
    await settle(world);
    await world.emulator.graph("DELETE", resource.id);
    expect(await resource.refresh()).toBeUndefined();
    expect(await resource.up(netherlands)).toBe("created");
  });

  it("can be imported, of either kind", async () => {
    const world = await startWorld();
    for (const declared of [office, netherlands]) {
      const made = new ManagedResource(world, namedLocation);
      await made.up(declared);
      await settle(world);
      const read = await new ManagedResource(world, namedLocation).read(made.id);
      expect(read).toMatchObject(declared);
      const usual = "country" in declared ? { countryLookupMethod: "clientIpAddress" } : undefined;
      const refreshed = await made.refresh();
      expect(read).toEqual(
        usual ? { ...refreshed, country: { ...netherlands.country, ...usual } } : refreshed,
      );
    }
  });

  it("is the same with what is usual written down or left out", async () => {
    const world = await startWorld();
    const usual = {
      countryLookupMethod: "clientIpAddress",
      includeUnknownCountriesAndRegions: false,
    };
    const resource = new ManagedResource(world, namedLocation);
    const spelledOut = { ...netherlands, country: { ...netherlands.country, ...usual } };
    await resource.up(netherlands);
    expect(await resource.up(spelledOut)).toBe("same");
    const other = new ManagedResource(world, namedLocation);
    await other.up(spelledOut);
    expect(await other.up(netherlands)).toBe("same");
    const byPhone = { ...netherlands.country, countryLookupMethod: "authenticatorAppGps" };
    expect(await other.up({ ...netherlands, country: byPhone })).toBe("updated");
  });

  it("is not taken for another one of the same content when answers are lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const made = Array.from({ length: 6 }, () => new ManagedResource(world, namedLocation));
    await Promise.all(made.map((one) => one.up(netherlands)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(6);
  });

  it("is not made twice when the answer to its creation is lost", async () => {
    const world = await startWorld({ behaviour: { lostAnswerShare: 0.5 } });
    const names = ["A", "B", "C", "D", "E", "F"];
    await Promise.all(
      names.map((displayName) =>
        new ManagedResource(world, namedLocation).up({ ...netherlands, displayName }),
      ),
    );
    await settle(world);
    const found = await world.service.graph.all<{ displayName: string }>(PATH);
    expect(found.map(({ displayName }) => displayName).sort()).toEqual(names);
  });

  it("stays below the one request a second that the service allows", async () => {
    const world = await startWorld({ behaviour: { quotas: true } });
    // Signing in loads a library and signs, during which the virtual clock runs on: it is done before.
    await world.service.graph.get("/organization");
    const startMs = world.clock.now();
    await Promise.all(
      ["A", "B", "C", "D"].map((displayName) =>
        new ManagedResource(world, namedLocation).up({ ...netherlands, displayName }),
      ),
    );
    const answers = world.emulator.requestLog.entries().map(({ status }) => status);
    expect(answers).not.toContain(429);
    expect(world.clock.now() - startMs).toBeGreaterThanOrEqual(3000);
  });

  it.each([
    [{ displayName: "Nergens" }, "ip or country must be given"],
    [{ ...office, ...netherlands }, "ip or country must be given"],
    [{ displayName: "Huis", ip: { ipRanges: ["203.0.113.7"] } }, "ip.ipRanges[0] must be"],
    [{ displayName: "Alles", ip: { ipRanges: ["0.0.0.0/0"] } }, "ip.ipRanges[0] must be"],
    [
      { displayName: "Waar", country: { countriesAndRegions: ["NL"], countryLookupMethod: "dns" } },
      "country.countryLookupMethod must be one of",
    ],
  ])("refuses %j", async (declared, reason) => {
    const world = await startWorld();
    await expect(new ManagedResource(world, namedLocation).up(declared)).rejects.toThrow(reason);
    expect(world.writes()).toEqual([]);
  });
});

describe("the state of a named location", () => {
  it("goes over from the official plugin without a difference", async () => {
    const world = await startWorld();
    const body = {
      "@odata.type": "#microsoft.graph.countryNamedLocation",
      countriesAndRegions: ["NL"],
      countryLookupMethod: "clientIpAddress",
      displayName: "Nederland",
      includeUnknownCountriesAndRegions: false,
    };
    const { id } = (await world.emulator.graph("POST", PATH, { body })).body as { id: string };
    await settle(world);
    const { values: inputs } = decode({
      __defaults: [],
      // Seen of 6.9.1: the usual way to look a country up is not filled in.
      country: { __defaults: [], countriesAndRegions: ["NL"] },
      displayName: "Nederland",
    });
    const state = { id: `${PATH}/${id}`, inputs, outputs: {}, isUnfinished: false };
    const resource = new ManagedResource(world, namedLocation, state);

    expect(await resource.up(netherlands)).toBe("same");
    expect(await resource.refresh()).toEqual(inputs);
    expect(await resource.up(netherlands)).toBe("same");
  });

  it("has the parts that nobody declared, which the official plugin would else find missing", async () => {
    const resource = new ManagedResource(await startWorld(), namedLocation);
    await resource.up(netherlands);
    await resource.up({ displayName: "Nederland", country: { countriesAndRegions: ["BE"] } });
    expect(resource.outputs.country).toEqual({
      countriesAndRegions: ["BE"],
      countryLookupMethod: "clientIpAddress",
      includeUnknownCountriesAndRegions: false,
    });
  });

  it("has the notes of the official plugin: schema version 1 and its timeouts", async () => {
    const world = await startWorld();
    const resource = new ManagedResource(world, namedLocation);
    await resource.up(netherlands);
    expect(resource.outputs.__meta).toBe(
      '{"e2bfb730-ecaa-11e6-8f88-34363bc7c4c0":{"create":300000000000,"delete":300000000000,"read":300000000000,"update":300000000000},"schema_version":"1"}',
    );
  });
});

describe("the words for a named location", () => {
  it("say which addresses come and go, and that they are trusted", () => {
    const { nl, en } = namedLocation.describe({
      operation: "update",
      before: { displayName: "Kantoor", ip: { ipRanges: ["203.0.113.0/24"] } },
      after: { displayName: "Kantoor", ip: { ipRanges: ["198.51.100.0/24"], trusted: true } },
      changedPaths: ["ip.ipRanges[0]", "ip.trusted"],
    });
    expect(nl).toBe(
      "De locatie “Kantoor”: 198.51.100.0/24 komt erbij; 203.0.113.0/24 gaat eraf; geldt voortaan als vertrouwd",
    );
    expect(en).toBe(
      "The location “Kantoor”: 198.51.100.0/24 is added; 203.0.113.0/24 is removed; is trusted from now on",
    );
  });
});
