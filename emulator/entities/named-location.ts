/**
 * Named locations of conditional access.
 * @see https://learn.microsoft.com/graph/api/resources/ipnamedlocation, countrynamedlocation and
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-assignment-network (checked 2026-11); words of
 * refusals about ranges and countries are unverified
 */
import { isIPv4, isIPv6 } from "node:net";
import { toTimestamp } from "../core/clock.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import type { GraphObject } from "../graph/object.ts";
import { conditionalAccessPolicies, namedLocations } from "./collections.ts";
import { refused } from "./conditional-access.ts";

/** Of IPv4 and IPv6. */
const SHORTEST_MASK = 8;

export const namedLocationDefinition: EntityDefinition = {
  type: "namedLocation",
  path: "/identity/conditionalAccess/namedLocations",
  collection: namedLocations,
  methods: ["list", "get", "create", "update", "delete"],
  isPolymorphic: true,
  readOnly: ["id", "createdDateTime", "modifiedDateTime", "deletedDateTime"],
  singleOnly: ["deletedDateTime"],
  create: (call, object) => {
    if (typeof object["@odata.type"] !== "string" || typeof object.displayName !== "string") {
      throw mismatch();
    }
    const location = withRangeTypes(object);
    checkPlaces(location);
    const now = toTimestamp(call.nowMs);
    const isIp = object["@odata.type"].endsWith("ipNamedLocation");
    const defaults = isIp
      ? { isTrusted: false }
      : { includeUnknownCountriesAndRegions: false, countryLookupMethod: "clientIpAddress" };
    return { ...defaults, ...location, createdDateTime: now, modifiedDateTime: now };
  },
  update: (call, { after }) => {
    const location = withRangeTypes(after);
    checkPlaces(location);
    return { ...location, modifiedDateTime: toTimestamp(call.nowMs) };
  },
  remove: (call, location) => {
    if (location.isTrusted === true) {
      throw refused(
        "1115: A trusted named location cannot be deleted. Mark it as not trusted first.",
      );
    }
    const isUsed = call.store
      .list(conditionalAccessPolicies)
      .some(({ object }) => JSON.stringify(object.conditions).includes(location.id));
    if (isUsed)
      throw refused("1117: The named location is referenced by a conditional access policy.");
  },
};

/** Ranges may come without their type, which their addresses say. */
function withRangeTypes(location: GraphObject): GraphObject {
  if (!Array.isArray(location.ipRanges)) return location;
  const ranges = location.ipRanges as Record<string, unknown>[];
  const ipRanges = ranges.map((range) => ({
    "@odata.type": `#microsoft.graph.iPv${String(range.cidrAddress).includes(":") ? 6 : 4}CidrRange`,
    ...range,
  }));
  return { ...location, ipRanges };
}

function mismatch(): Error {
  return refused(
    "1040: NamedLocation object is null or does not match the schema of NamedLocation type.",
  );
}

/** A location has ranges or countries, and each is one. */
function checkPlaces(location: GraphObject): void {
  const isIp = String(location["@odata.type"]).endsWith("ipNamedLocation");
  const places: unknown = isIp ? location.ipRanges : location.countriesAndRegions;
  const isPlace = isIp ? isRange : isCountry;
  if (!Array.isArray(places) || places.length === 0 || !places.every(isPlace)) throw mismatch();
}

function isRange(range: { cidrAddress?: unknown }): boolean {
  const [, address = "", mask = ""] = /^([^/]+)\/(\d+)$/.exec(String(range.cidrAddress)) ?? [];
  const longest = isIPv4(address) ? 32 : isIPv6(address) ? 128 : 0;
  return Number(mask) >= SHORTEST_MASK && Number(mask) <= longest;
}

function isCountry(country: unknown): boolean {
  return typeof country === "string" && /^[A-Z]{2}$/.test(country);
}
