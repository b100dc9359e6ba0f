import { describe, expect, it } from "vitest";
import { startTestEmulator } from "../support/emulator.ts";

const LOCATIONS = "/identity/conditionalAccess/namedLocations";

function ranges(...addresses: string[]) {
  return {
    "@odata.type": "#microsoft.graph.ipNamedLocation",
    displayName: "Kantoor",
    ipRanges: addresses.map((cidrAddress) => ({
      "@odata.type": `#microsoft.graph.${cidrAddress.includes(":") ? "iPv6" : "iPv4"}CidrRange`,
      cidrAddress,
    })),
  };
}

function countries(...countriesAndRegions: string[]) {
  return {
    "@odata.type": "#microsoft.graph.countryNamedLocation",
    displayName: "Benelux",
    countriesAndRegions,
  };
}

describe("a named location", () => {
  it.each([
    ["ranges", ranges("203.0.113.0/24", "2001:db8::/32")],
    ["countries", countries("NL", "BE")],
  ])("is made of %s, and keeps some", async (_what, body) => {
    const emulator = await startTestEmulator();
    const created = await emulator.graph("POST", LOCATIONS, { body });
    expect(created.status).toBe(201);
    const path = `${LOCATIONS}/${created.body.id}`;
    const change = (places: object) =>
      emulator.graph("PATCH", path, { body: { "@odata.type": body["@odata.type"], ...places } });
    expect((await change({ displayName: "Anders" })).status).toBe(204);
    const emptied = "ipRanges" in body ? { ipRanges: [] } : { countriesAndRegions: [] };
    expect((await change(emptied)).status).toBe(400);
  });

  it.each([
    ["no range", ranges()],
    ["an address without mask", ranges("203.0.113.7")],
    ["an address that is none", ranges("999.0.113.0/24")],
    ["a mask too long", ranges("203.0.113.0/33")],
    ["a mask too short", ranges("0.0.0.0/0")],
    ["no country", countries()],
    ["a country that is none", countries("Nederland")],
  ])("is refused with %s", async (_what, body) => {
    const emulator = await startTestEmulator();
    const refused = await emulator.graph("POST", LOCATIONS, { body });
    expect([refused.status, refused.body.error.code]).toEqual([400, "BadRequest"]);
  });
});
