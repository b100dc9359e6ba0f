/**
 * DNS zones of Azure, API version 2018-05-01.
 * @see https://learn.microsoft.com/rest/api/dns/record-sets/create-or-update (checked 2026-11-28)
 * @see https://learn.microsoft.com/rest/api/dns/zones/list (checked 2026-11-28)
 * @see https://learn.microsoft.com/rest/api/resources/subscriptions/list (2022-12-01, as others quote it)
 * @see https://learn.microsoft.com/azure/dns/dns-zones-records (etags, CNAME, TXT; quoted by others, not read)
 */
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route, Workload } from "../core/workload.ts";
import { azureZones } from "./zones.ts";

interface RecordSet extends StoredObject {
  zone: string;
  zoneName: string;
  name: string;
  type: string;
  etag: string;
  properties: Record<string, unknown> & { TTL: number };
}

const recordSets = defineCollection<RecordSet>("azure.record-set", { zone: ({ zone }) => zone });

const VERSION = "2018-05-01";
const MOST_TTL = 2_147_483_647;
const MOST_CHARACTERS = 255;
const LISTED = 100;
/** By type, the property that holds its records. */
const HOLDERS: Readonly<Record<string, string>> = {
  ...{ A: "ARecords", AAAA: "AAAARecords", CAA: "caaRecords", CNAME: "CNAMERecord" },
  ...{ MX: "MXRecords", NS: "NSRecords", PTR: "PTRRecords", SRV: "SRVRecords", TXT: "TXTRecords" },
};

const refuse = (status: number, code: string, message: string): ServiceFailure =>
  new ServiceFailure(status, code, { message });

const ZONE =
  "/subscriptions/:subscription/resourceGroups/:group/providers/Microsoft.Network/dnsZones/:zone";

function zoneOf(call: Call): { id: string; name: string } {
  const version = call.query.get("api-version");
  if (version === null)
    throw refuse(400, "MissingApiVersionParameter", "The api-version query parameter is required.");
  if (version !== VERSION)
    throw refuse(501, "NotImplemented", `The emulator serves ${VERSION} only.`);
  const { subscription, group, zone } = call.params;
  const id =
    `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/dnsZones/${zone}`.toLowerCase();
  const found = call.store.get(azureZones, id);
  if (found === undefined)
    throw refuse(404, "ParentResourceNotFound", `The DNS zone '${zone ?? ""}' was not found.`);
  return found;
}

const typeOf = ({ params }: Call): string => {
  const type = (params.type ?? "").toUpperCase();
  if (HOLDERS[type] === undefined) throw refuse(400, "BadRequest", `No record type: ${type}`);
  return type;
};

const keyOf = (call: Call, zone: { id: string }): string =>
  `${zone.id}/${typeOf(call)}/${call.params.name ?? ""}`.toLowerCase();

const shown = ({ zone, zoneName, name, type, etag, properties }: RecordSet): object => ({
  ...{ id: `${zone}/${type}/${name}`, name, type: `Microsoft.Network/dnszones/${type}`, etag },
  properties: {
    ...properties,
    fqdn: `${name === "@" ? "" : `${name}.`}${zoneName}.`,
    provisioningState: "Succeeded",
  },
});

/** @throws ServiceFailure 412 where the set is another one than the client has seen */
function checkEtag(call: Call, known: RecordSet | undefined): void {
  const [match, none] = [call.headers.get("if-match"), call.headers.get("if-none-match")];
  const differs = match !== null && match !== "*" && match !== known?.etag;
  if ((match !== null && known === undefined) || differs || (none === "*" && known !== undefined))
    throw refuse(412, "PreconditionFailed", "The condition of an etag header was not met.");
}

function put(call: Call): Answer {
  const zone = zoneOf(call);
  const [type, id, name] = [typeOf(call), keyOf(call, zone), call.params.name ?? ""];
  const known = call.store.get(recordSets, id);
  checkEtag(call, known);
  const { properties = {} } = (call.body ?? {}) as { properties?: Record<string, unknown> };
  const { TTL, metadata } = properties;
  const held = properties[HOLDERS[type] ?? ""];
  if (typeof TTL !== "number" || TTL < 1 || TTL > MOST_TTL)
    throw refuse(400, "BadRequest", "The TTL must be between 1 and 2147483647.");
  if (held === undefined) throw refuse(400, "BadRequest", `${HOLDERS[type] ?? ""} is missing.`);
  if (type === "TXT") refuseLongTexts(held);
  const others = call.store
    .find(recordSets, "zone", zone.id)
    .filter(({ object }) => object.name === name && object.id !== id);
  if (others.some(({ object }) => type === "CNAME" || object.type === "CNAME"))
    throw refuse(400, "BadRequest", `A CNAME record set cannot stand beside others at ${name}.`);
  const set: RecordSet = {
    ...{ id, zone: zone.id, zoneName: zone.name, name, type, etag: call.newId() },
    properties: { TTL, ...(metadata ? { metadata } : {}), [HOLDERS[type] ?? ""]: held },
  };
  if (known === undefined) call.store.insert(recordSets, set, call.nowMs);
  else call.store.replace(recordSets, set);
  return { status: known === undefined ? 201 : 200, body: shown(set) };
}

function refuseLongTexts(records: unknown): void {
  const texts = (records as { value: string[] }[]).flatMap(({ value }) => value);
  if (texts.some((text) => text.length > MOST_CHARACTERS))
    throw refuse(400, "BadRequest", "A string of a TXT record has at most 255 characters.");
}

/** Where the zones of the tenant are: without one, an application sees no subscription. */
const subscriptionsOf = (call: Call): string[] => [
  ...new Set(call.store.list(azureZones).map(({ object }) => object.id.split("/")[2] ?? "")),
];

const listSubscriptions = (call: Call): Answer => ({
  status: 200,
  body: {
    value: subscriptionsOf(call).map((subscriptionId) => ({
      ...{ id: `/subscriptions/${subscriptionId}`, subscriptionId, state: "Enabled" },
      displayName: "Azure subscription 1",
    })),
  },
});

function listZones(call: Call): Answer {
  const within = `/subscriptions/${call.params.subscription ?? ""}/`.toLowerCase();
  const found = call.store.list(azureZones).map(({ object }) => object);
  return {
    status: 200,
    body: {
      value: found
        .filter(({ id }) => id.startsWith(within))
        .map((zone) => ({ ...zone, location: "global", type: "Microsoft.Network/dnszones" })),
    },
  };
}

function list(call: Call): Answer {
  const zone = zoneOf(call);
  const from = Number(call.query.get("$skiptoken") ?? 0);
  const size = Number(call.query.get("$top") ?? LISTED);
  const found = call.store.find(recordSets, "zone", zone.id);
  const page = found.slice(from, from + size);
  const next = `${call.origin}/azure${call.path}?api-version=${VERSION}&$top=${size}&$skiptoken=${from + size}`;
  return {
    status: 200,
    body: {
      value: page.map(({ object }) => shown(object)),
      ...(from + size < found.length ? { nextLink: next } : {}),
    },
  };
}

const routes: readonly Route[] = [
  { method: "GET", path: "/subscriptions", handle: listSubscriptions },
  {
    method: "GET",
    path: "/subscriptions/:subscription/providers/Microsoft.Network/dnszones",
    handle: listZones,
  },
  { method: "GET", path: `${ZONE}/recordsets`, handle: list },
  {
    method: "GET",
    path: `${ZONE}/:type/:name`,
    handle: (call) => {
      const found = call.store.get(recordSets, keyOf(call, zoneOf(call)));
      if (found === undefined)
        throw refuse(
          404,
          "NotFound",
          `The resource record '${call.params.name ?? ""}' does not exist.`,
        );
      return { status: 200, body: shown(found) };
    },
  },
  { method: "PUT", path: `${ZONE}/:type/:name`, handle: put },
  {
    method: "DELETE",
    path: `${ZONE}/:type/:name`,
    handle: (call) => {
      const id = keyOf(call, zoneOf(call));
      const known = call.store.get(recordSets, id);
      if (known === undefined) return { status: 204 };
      checkEtag(call, known);
      call.store.remove(recordSets, id);
      return { status: 200 };
    },
  },
  {
    method: "*",
    path: "/*",
    handle: ({ method, path }) => {
      throw refuse(501, "NotImplemented", `The emulator does not implement ${method} ${path}.`);
    },
  },
];

export const azure: Workload = {
  name: "azure",
  prefixes: ["/azure"],
  signIn: "entra",
  acceptsAudience: (audience) => audience === "https://management.azure.com",
  routes,
  renderFailure: ({ status, headers, code, message }) => ({
    ...{ status, headers },
    body: { error: { code, message } },
  }),
};
