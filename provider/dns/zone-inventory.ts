/**
 * The zones of a tenant's domains that can be found at Cloudflare and in Azure, with the records in them that the tenant
 * file would ask for: those that Microsoft wants and that stand there. Only reads.
 * @see https://learn.microsoft.com/rest/api/dns/zones/list (2018-05-01, checked 2026-11-28)
 * @see https://learn.microsoft.com/rest/api/resources/subscriptions/list (2022-12-01, as others quote it, 2026-11-28)
 * @see https://developers.cloudflare.com/api/resources/zones/methods/list (v4, as others quote it, 2026-11-28)
 * Not verified: that an application without a role in Azure gets an empty list of subscriptions; a refusal counts as
 * not looked.
 */
import { expectedFailure, reasonIn } from "../../core/expected-error.ts";
import type { WantedRecord } from "../../core/dns-records.ts";
import { sendersOf } from "../../core/spf.ts";
import { isRequestError, odata } from "../../services/index.ts";
import { readDomainRecords } from "../directory/dns-records.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RECORD_TYPES } from "./hosts.ts";
import type { RecordSetPlace } from "./hosts.ts";
import { recordSet, recordSetId } from "./record-set.ts";

type Host = RecordSetPlace["host"];

/** Of one name and type, what is wanted and stands there. */
interface InventoriedRecords extends Pick<RecordSetPlace, "name" | "type"> {
  readonly values: readonly string[];
  /** Senders in the SPF record. */
  readonly spf: readonly string[];
}

interface InventoriedZone extends Pick<RecordSetPlace, "host" | "zoneId"> {
  /** The domain whose zone it is. */
  readonly zone: string;
  /** Sorted by name and type. */
  readonly records: readonly InventoriedRecords[];
  /** `TYPE name` of what Microsoft asks for and what does not stand there, or stands there otherwise; sorted. */
  readonly missing: readonly string[];
}

export interface InventoriedZones {
  /** One for each domain at the most, in the order of the domains. */
  readonly zones: readonly InventoriedZone[];
  /** Why nobody looked at a host; without a full stop. */
  readonly notLooked: Readonly<Partial<Record<Host, string>>>;
}

type Found = Pick<InventoriedZone, "zone" | "host" | "zoneId">;

/** @param domains verified ones, in lower case */
export async function readZones(
  connection: Connection,
  domains: readonly string[],
): Promise<InventoriedZones> {
  const context = readingContext(connection);
  const [cloudflare, azure] = await Promise.all([
    looked(() => zonesAtCloudflare(context, domains)),
    looked(() => zonesInAzure(context, domains)),
  ]);
  const found = [...(cloudflare.found ?? []), ...(azure.found ?? [])];
  const wanted = await readDomainRecords(
    context.service,
    domains.filter((domain) => found.some(({ zone }) => zone === domain)),
  );
  const zones = await Promise.all(
    wanted.map(async ({ domain, records }) => {
      const sets = setsOf(records);
      const candidates = await Promise.all(
        found
          .filter(({ zone }) => zone === domain)
          .map(async (zone) => ({ ...zone, ...(await standing(context, { zone, sets })) })),
      );
      // One that was moved away from has nothing that is asked for now.
      return candidates.sort((one, other) => other.records.length - one.records.length).slice(0, 1);
    }),
  );
  return {
    zones: zones
      .flat()
      .sort((one, other) => domains.indexOf(one.zone) - domains.indexOf(other.zone)),
    notLooked: {
      ...(cloudflare.reason === undefined ? {} : { cloudflare: cloudflare.reason }),
      ...(azure.reason === undefined ? {} : { azure: azure.reason }),
    },
  };
}

/** Who cannot look there goes without: the zone may be anywhere else. */
async function looked(
  look: () => Promise<readonly Found[]>,
): Promise<{ readonly found?: readonly Found[]; readonly reason?: string }> {
  try {
    return { found: await look() };
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || isRequestError(error, "cancelled")) throw error;
    return { reason: reasonIn(failure) };
  }
}

async function zonesAtCloudflare(
  context: ResourceContext,
  domains: readonly string[],
): Promise<readonly Found[]> {
  const client = context.cloudflare();
  const found = await Promise.all(
    domains.map((name) =>
      client.all<{ readonly id: string; readonly name: string }>(odata`/zones?name=${name}`),
    ),
  );
  return found
    .flat()
    .map(({ id, name }) => ({ zone: name.toLowerCase(), host: "cloudflare", zoneId: id }));
}

async function zonesInAzure(
  { service: { azure } }: ResourceContext,
  domains: readonly string[],
): Promise<readonly Found[]> {
  const subscriptions = await azure.all<{ readonly subscriptionId: string }>(
    "/subscriptions?api-version=2022-12-01",
  );
  const found = await Promise.all(
    subscriptions.map(({ subscriptionId }) =>
      azure.all<{ readonly id: string; readonly name: string }>(
        `${odata`/subscriptions/${subscriptionId}`}/providers/Microsoft.Network/dnszones?api-version=2018-05-01`,
      ),
    ),
  );
  return found
    .flat()
    .map(({ id, name }) => ({ zone: name.toLowerCase(), host: "azure" as const, zoneId: id }))
    .filter(({ zone }) => domains.includes(zone));
}

/** Mail is moved on a day of its own, a proof is needed once, and what DMARC asks of receivers is the customer's to say. */
function setsOf(records: readonly WantedRecord[]): readonly InventoriedRecords[] {
  const ours = records.flatMap((record) => {
    const type = RECORD_TYPES.find((one) => one === record.type);
    const isOurs = record.purpose !== "verification" && record.purpose !== "dmarc";
    return type === undefined || !isOurs ? [] : [{ ...record, type }];
  });
  const bySet = Map.groupBy(ours, ({ name, type }) => `${name} ${type}`);
  return [...bySet]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...more]]) => {
      if (first === undefined) return [];
      const all = [first, ...more];
      return {
        ...{ name: first.name, type: first.type },
        values: all.flatMap(({ purpose, value }) => (purpose === "spf" ? [] : [value])),
        spf: all.flatMap(({ purpose, value }) => (purpose === "spf" ? sendersOf(value) : [])),
      };
    });
}

async function standing(
  context: ResourceContext,
  { zone, sets }: { readonly zone: Found; readonly sets: readonly InventoriedRecords[] },
): Promise<Pick<InventoriedZone, "records" | "missing">> {
  const found = await Promise.all(
    sets.map(async (wanted) => {
      const id = recordSetId({ ...zone, ...wanted });
      const there = await recordSet.read(context, { id, previous: undefined });
      const { values = [], spf = [] } = there?.inputs ?? {};
      const both = {
        ...wanted,
        values: wanted.values.filter((one) => values.includes(one)),
        spf: wanted.spf.filter((one) => spf.includes(one)),
      };
      const isWhole = [wanted, both]
        .map((one) => one.values.length + one.spf.length)
        .every((count, _, [all]) => count === all);
      return { both, isWhole };
    }),
  );
  return {
    records: found.flatMap(({ both }) => (both.values.length + both.spf.length > 0 ? [both] : [])),
    missing: found.flatMap(({ both: { type, name }, isWhole }) =>
      isWhole ? [] : [`${type} ${name}`],
    ),
  };
}
