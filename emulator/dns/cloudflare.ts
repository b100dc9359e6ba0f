/**
 * Cloudflare's DNS records, API version 4.
 * @see https://developers.cloudflare.com/api/resources/dns/subresources/records (cited, not read)
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits (checked 2026-11-28)
 * Codes 81044, 81053, 81054 and 81058 as users quote them; README.md says what is not verified.
 */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route, Workload } from "../core/workload.ts";
import { CLOUDFLARE, cloudflareZones } from "./zones.ts";

/** The same on every emulator, and worth nothing anywhere else. */
export const cloudflareToken = "only-on-loopback";

interface DnsRecord extends StoredObject {
  zone: string;
  name: string;
  type: string;
  content: string;
  ttl: number;
  proxied: boolean;
  data?: Record<string, unknown>;
}

const records = defineCollection<DnsRecord>("cloudflare.record", { zone: ({ zone }) => zone });

const LIMIT = { limit: 1200, windowMs: 300_000, cost: 1, retryAfter: true };
const PER_PAGE = 100;
const MOST_PER_PAGE = 5000;
const ZONES_PER_PAGE = { usual: 20, most: 50 };
/** Seconds; 1 lets Cloudflare decide. */
const TTL = { least: 60, most: 86_400, automatic: 1 };
const ADDRESSES = ["A", "AAAA"];

const refuse = (status: number, code: number, message: string): ServiceFailure =>
  new ServiceFailure(status, String(code), { message });

const invalid = (message: string): ServiceFailure =>
  refuse(400, 1004, `DNS Validation Error: ${message}`);

function done(result: unknown, more: Record<string, unknown> = {}): Answer {
  return { status: 200, body: { success: true, errors: [], messages: [], result, ...more } };
}

function shown({ zone: _, ...record }: DnsRecord, call: Call): Record<string, unknown> {
  const created = call.store.entry(records, record.id)?.createdMs ?? call.nowMs;
  return {
    ...record,
    proxiable: [...ADDRESSES, "CNAME"].includes(record.type),
    created_on: toTimestamp(created),
  };
}

/** @throws ServiceFailure 403 */
function demandToken(call: Call): void {
  if (call.headers.get("authorization") !== `Bearer ${cloudflareToken}`)
    throw refuse(403, 9109, "Invalid access token");
}

/** @throws ServiceFailure 403 without the token, 404 for a zone that the token does not see */
function zoneOf(call: Call): { id: string; name: string } {
  demandToken(call);
  const id = call.params.zone ?? "";
  const zone = call.store.get(cloudflareZones, id);
  if (zone === undefined)
    throw refuse(
      404,
      7003,
      `Could not route to /zones/${id}, perhaps your object identifier is invalid?`,
    );
  return zone;
}

function recordOf(call: Call): DnsRecord {
  const { id } = zoneOf(call);
  const record = call.store.get(records, call.params.record ?? "");
  if (record?.zone !== id) throw refuse(404, 81044, "Record does not exist.");
  return record;
}

const inZone = (call: Call, zone: string): DnsRecord[] =>
  call.store.find(records, "zone", zone).map(({ object }) => object);

function list(call: Call): Answer {
  const { id } = zoneOf(call);
  const wanted = ["name", "type"].map((key) => [key, call.query.get(key)] as const);
  const found = inZone(call, id).filter((record) =>
    wanted.every(([key, value]) => value === null || Reflect.get(record, key) === value),
  );
  return paged(
    call,
    found.map((record) => shown(record, call)),
    { usual: PER_PAGE, most: MOST_PER_PAGE },
  );
}

function listZones(call: Call): Answer {
  demandToken(call);
  const name = call.query.get("name");
  const found = call.store
    .list(cloudflareZones)
    .map(({ object }) => object)
    .filter((zone) => name === null || zone.name === name);
  return paged(
    call,
    found.map((zone) => ({ ...zone, status: "active", type: "full", paused: false })),
    ZONES_PER_PAGE,
  );
}

function paged(
  { query }: Call,
  all: readonly unknown[],
  { usual, most }: { readonly usual: number; readonly most: number },
): Answer {
  const size = Math.min(Number(query.get("per_page") ?? usual), most);
  const page = Number(query.get("page") ?? 1);
  const items = all.slice((page - 1) * size, page * size);
  return done(items, {
    result_info: {
      ...{ page, per_page: size, count: items.length, total_count: all.length },
      total_pages: Math.max(1, Math.ceil(all.length / size)),
    },
  });
}

/** A name outside the zone is taken for one below it. */
const below = (name: string, zone: string): string => {
  const full = name.toLowerCase().replace(/\.$/, "");
  if (full === "@") return zone;
  return full === zone || full.endsWith(`.${zone}`) ? full : `${full}.${zone}`;
};

function read(call: Call, zone: { id: string; name: string }, known?: DnsRecord): DnsRecord {
  const given = (call.body ?? {}) as Partial<DnsRecord>;
  const { name, type, ttl = TTL.automatic, proxied = false, data } = { ...known, ...given };
  if (name === undefined || type === undefined) throw invalid("name and type are required");
  const content = type === "SRV" ? srv(data) : (given.content ?? known?.content ?? "");
  if (content === "") throw invalid("content is required");
  if (ttl !== TTL.automatic && (ttl < TTL.least || ttl > TTL.most))
    throw invalid("ttl must be between 60 and 86400 seconds, or 1 for automatic");
  return {
    ...{ id: known?.id ?? call.newId().replaceAll("-", ""), zone: zone.id },
    ...{ name: below(name, zone.name), type, content, ttl, proxied },
    ...(data === undefined ? {} : { data }),
  };
}

function srv(data: Record<string, unknown> = {}): string {
  const { priority, weight, port, target } = data;
  if ([priority, weight, port].some((one) => typeof one !== "number") || typeof target !== "string")
    throw invalid("SRV needs data with priority, weight, port and target");
  return [priority, weight, port, target].join(" ");
}

function refuseClash(record: DnsRecord, call: Call): void {
  const others = inZone(call, record.zone).filter(
    ({ id, name }) => id !== record.id && name === record.name,
  );
  const has = (...types: string[]): boolean => others.some(({ type }) => types.includes(type));
  if (others.some(({ type, content }) => type === record.type && content === record.content))
    throw refuse(400, 81058, "An identical record already exists.");
  if (record.type === "CNAME" && has(...ADDRESSES, "CNAME"))
    throw refuse(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
  if (ADDRESSES.includes(record.type) && has("CNAME"))
    throw refuse(400, 81054, "A CNAME record with that host already exists.");
}

const PATH = "/zones/:zone/dns_records";

const routes: readonly Route[] = [
  { method: "GET", path: "/zones", handle: listZones },
  { method: "GET", path: PATH, handle: list },
  {
    method: "POST",
    path: PATH,
    handle: (call) => {
      const record = read(call, zoneOf(call));
      refuseClash(record, call);
      return done(shown(call.store.insert(records, record, call.nowMs), call));
    },
  },
  { method: "GET", path: `${PATH}/:record`, handle: (call) => done(shown(recordOf(call), call)) },
  {
    method: "PATCH",
    path: `${PATH}/:record`,
    handle: (call) => {
      const record = read(call, zoneOf(call), recordOf(call));
      refuseClash(record, call);
      return done(shown(call.store.replace(records, record), call));
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/:record`,
    handle: (call) => {
      const { id } = recordOf(call);
      call.store.remove(records, id);
      return done({ id });
    },
  },
  {
    method: "*",
    path: "/*",
    handle: ({ method, path }) => {
      throw refuse(501, 0, `The emulator does not implement ${method} ${path}.`);
    },
  },
];

export const cloudflare: Workload = {
  name: CLOUDFLARE,
  prefixes: ["/cloudflare"],
  signIn: "own",
  routes,
  quota: () => [{ bucket: "cloudflare:user", ...LIMIT }],
  renderFailure: ({ status, headers, code, message }) => ({
    ...{ status, headers },
    body: {
      ...{ success: false, messages: [], result: null },
      errors: [{ code: Number.isNaN(Number(code)) ? status : Number(code), message }],
    },
  }),
};
