/**
 * A place on the network, by addresses or by countries, that conditional access can refer to. Same token, inputs
 * and outputs as the official plugin; unlike it, nothing is polled, and addresses of IP version 6 are sent as such.
 * @see https://learn.microsoft.com/graph/api/resources/namedlocation (v1.0, checked 2026-11)
 */
import { isIP } from "node:net";
import { z } from "zod";
import { odata } from "../../../services/index.ts";
import type { Claim, Collection } from "../../../services/index.ts";
import { defineResource } from "../../kit/define.ts";
import { mayBeOurs } from "../../kit/earlier-run.ts";
import type { CheckFailure, Observed, ResourceContext } from "../../kit/define.ts";
import { bridgedMeta, objectIdOf } from "../bridged-state.ts";
import { CONDITIONAL_ACCESS_RATE, ONE_A_SECOND } from "./limits.ts";
import { describeNamedLocation } from "./describe-named-location.ts";
import { asDeclared, isSame } from "../nested-equality.ts";

const META = bridgedMeta(1, { create: 5, delete: 5, read: 5, update: 5 });
const PATH = "/identity/conditionalAccess/namedLocations";
const LOCATIONS = { path: PATH, ...ONE_A_SECOND } as const satisfies Collection;
const LOOKUP_METHODS = ["authenticatorAppGps", "clientIpAddress"];
/** What the service takes where nobody says; like the official plugin, it is not filled in for the declaration. */
const USUAL_METHOD = "clientIpAddress";
const SHORTEST_PREFIX = 8;
const text = z.string();

const country = z.strictObject({
  countriesAndRegions: z.array(text.min(1)),
  countryLookupMethod: text.optional(),
  includeUnknownCountriesAndRegions: z.boolean().optional(),
});

const ip = z.strictObject({ ipRanges: z.array(text.min(1)), trusted: z.boolean().optional() });

const inputs = z.strictObject({
  country: country.optional(),
  displayName: text.min(1),
  ip: ip.optional(),
});

/** With the parts that nobody declared: the official plugin expects them in its state. */
const outputs = z.object({
  __meta: text,
  country: country.optional(),
  ip: ip.optional(),
  objectId: text,
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

/** A named location as Graph returns it, of either type. */
interface GraphLocation {
  id: string;
  createdDateTime?: string | null;
  displayName?: string | null;
  countriesAndRegions?: string[] | null;
  countryLookupMethod?: string | null;
  includeUnknownCountriesAndRegions?: boolean | null;
  ipRanges?: { cidrAddress?: string }[] | null;
  isTrusted?: boolean | null;
}

function inputsOf(location: GraphLocation, previous: Inputs | undefined): Inputs {
  const { countriesAndRegions, ipRanges } = location;
  const found = {
    displayName: location.displayName ?? "",
    country: countriesAndRegions && {
      countriesAndRegions,
      countryLookupMethod: methodOf(location, previous),
      includeUnknownCountriesAndRegions: location.includeUnknownCountriesAndRegions ?? false,
    },
    ip: ipRanges && {
      ipRanges: ipRanges.flatMap(({ cidrAddress }) => cidrAddress ?? []),
      trusted: location.isTrusted ?? false,
    },
  };
  return inputs.parse(asDeclared(found, previous));
}

function methodOf(location: GraphLocation, previous: Inputs | undefined): string | undefined {
  const found = location.countryLookupMethod ?? USUAL_METHOD;
  // An import has it, like the official plugin's.
  const isLeftOut = previous !== undefined && previous.country?.countryLookupMethod === undefined;
  return found === USUAL_METHOD && isLeftOut ? undefined : found;
}

function outputsOf(objectId: string, { country: byCountry, ip: byAddress }: Inputs): Outputs {
  const usual = { countryLookupMethod: USUAL_METHOD, includeUnknownCountriesAndRegions: false };
  return {
    __meta: META,
    country: byCountry && { ...usual, ...byCountry },
    ip: byAddress && { trusted: false, ...byAddress },
    objectId,
  };
}

function observe(location: GraphLocation, previous: Inputs | undefined): Observed<Inputs, Outputs> {
  const seen = inputsOf(location, previous);
  return { id: `${PATH}/${location.id}`, inputs: seen, outputs: outputsOf(location.id, seen) };
}

/** The body that makes the location equal to the wish: only what differs from the observed one. */
function changes(wanted: Inputs, observed: Partial<Inputs> | undefined): Record<string, unknown> {
  const all: Record<string, [unknown, unknown]> = {
    displayName: [wanted.displayName, observed?.displayName],
    ...(wanted.ip && {
      ipRanges: [wanted.ip.ipRanges, observed?.ip?.ipRanges],
      isTrusted: [wanted.ip.trusted ?? false, observed?.ip?.trusted],
    }),
    ...(wanted.country && {
      countriesAndRegions: [
        wanted.country.countriesAndRegions,
        observed?.country?.countriesAndRegions,
      ],
      countryLookupMethod: [
        wanted.country.countryLookupMethod ?? USUAL_METHOD,
        observed?.country?.countryLookupMethod ?? USUAL_METHOD,
      ],
      includeUnknownCountriesAndRegions: [
        wanted.country.includeUnknownCountriesAndRegions ?? false,
        observed?.country?.includeUnknownCountriesAndRegions,
      ],
    }),
  };
  const differing = Object.entries(all)
    .filter(([, [wish, found]]) => observed === undefined || !isSame(wish, found))
    .map(([key, [wish]]) => [key, key === "ipRanges" ? asRanges(wish as string[]) : wish]);
  return Object.fromEntries(differing) as Record<string, unknown>;
}

const asRanges = (ranges: readonly string[]): unknown[] =>
  ranges.map((cidrAddress) => ({
    "@odata.type": `#microsoft.graph.iPv${cidrAddress.includes(":") ? 6 : 4}CidrRange`,
    cidrAddress,
  }));

const BY_ADDRESS = { "@odata.type": "#microsoft.graph.ipNamedLocation" };
const BY_COUNTRY = { "@odata.type": "#microsoft.graph.countryNamedLocation" };

export const namedLocation = defineResource({
  token: "azuread:index/namedLocation:NamedLocation",
  summary: "A place on the network, by addresses or countries, for conditional access.",
  inputs,
  outputs,
  permissions: { read: ["Policy.Read.All"], write: ["Policy.ReadWrite.ConditionalAccess"] },
  sources: [
    {
      url: "https://learn.microsoft.com/graph/api/conditionalaccessroot-post-namedlocations",
      checked: "2026-11-22",
    },
    { url: "https://learn.microsoft.com/graph/api/ipnamedlocation-update", checked: "2026-11-22" },
    {
      url: "https://www.pulumi.com/registry/packages/azuread/api-docs/namedlocation/",
      checked: "2026-11-22",
    },
  ],
  limits: [CONDITIONAL_ACCESS_RATE],
  replaceOn: ["country", "ip"],
  meansAbsent: { "country.countryLookupMethod": USUAL_METHOD },

  validate(wanted): readonly CheckFailure[] {
    const { country: byCountry, ip: byAddress } = wanted;
    const failures: CheckFailure[] = [];
    if ((byCountry === undefined) === (byAddress === undefined)) {
      failures.push({ property: "ip", reason: "or country must be given, and not both" });
    }
    byAddress?.ipRanges.forEach((range, index) => {
      if (isRange(range)) return;
      const reason = `must be an address with a prefix of ${SHORTEST_PREFIX} bits or more, such as 203.0.113.0/24`;
      failures.push({ property: `ip.ipRanges[${index}]`, reason });
    });
    const { countryLookupMethod = USUAL_METHOD } = byCountry ?? {};
    if (!LOOKUP_METHODS.includes(countryLookupMethod)) {
      const reason = `must be one of ${LOOKUP_METHODS.join(", ")}`;
      failures.push({ property: "country.countryLookupMethod", reason });
    }
    return failures;
  },

  async read(context, { id, previous, isFresh }) {
    const { graph } = context.service;
    const found = await graph.tryGetOneOf<GraphLocation>(LOCATIONS, objectIdOf(id), { isFresh });
    return found && observe(found, previous);
  },

  async reconcile(context, { wanted, observed }) {
    if (observed === undefined) {
      const made = observe(await create(context, wanted), wanted);
      context.created(made.id, made.outputs);
      return made;
    }
    const body = changes(wanted, observed.inputs);
    if (Object.keys(body).length > 0) {
      const path = `${PATH}/${odata`${objectIdOf(observed.id)}`}`;
      await context.service.graph.patch(path, {
        ...(wanted.ip ? BY_ADDRESS : BY_COUNTRY),
        ...body,
      });
    }
    return observed;
  },

  async remove(context, { id }) {
    const { graph } = context.service;
    const path = `${PATH}/${odata`${objectIdOf(id)}`}`;
    const found = await graph.tryGet<GraphLocation>(path);
    if (found === undefined) return;
    if (found.isTrusted === true) {
      // A trusted place cannot be deleted; somebody may have marked it so outside.
      await graph.patch(path, { ...BY_ADDRESS, isTrusted: false });
      await graph.waitUntilReadable<GraphLocation>(path, {
        until: (seen) => seen.isTrusted !== true,
      });
    }
    await graph.tryDelete(path);
  },

  describe: describeNamedLocation,
});

async function create(context: ResourceContext, wanted: Inputs): Promise<GraphLocation> {
  const { graph } = context.service;
  const find = async (claim: Claim): Promise<GraphLocation | undefined> => {
    const found = await graph.all<GraphLocation>(PATH);
    // Names are not unique: only what equals the wish can be the one whose answer was lost.
    return found.find(
      (candidate) =>
        isSame(inputsOf(candidate, wanted), wanted) &&
        mayBeOurs(context, candidate.createdDateTime) &&
        claim(candidate.id),
    );
  };
  const body = { ...(wanted.ip ? BY_ADDRESS : BY_COUNTRY), ...changes(wanted, undefined) };
  const mayBeDone = context.begunAt !== undefined;
  return graph.post<GraphLocation>(PATH, body, { find, mayBeDone });
}

function isRange(range: string): boolean {
  const [address = "", prefix = "", ...rest] = range.split("/");
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const length = /^\d+$/.test(prefix) ? Number(prefix) : -1;
  return rest.length === 0 && length >= SHORTEST_PREFIX && length <= bits;
}
