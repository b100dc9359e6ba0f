/**
 * The records of one name and type where the customer's zone is, as values in the form of a zone file.
 * @see https://learn.microsoft.com/rest/api/dns/record-sets/create-or-update (2018-05-01, checked 2026-11-28)
 * @see https://developers.cloudflare.com/api/resources/dns/subresources/records (v4; quoted in
 * github.com/go-acme/lego/pull/2521 and by octodns-cloudflare, read 2026-11-28: texts in quotation marks, `data` of SRV)
 */
import { isRequestError, odata } from "../../services/index.ts";
import type { ResourceContext } from "../kit/define.ts";

export const DNS_HOSTS = ["cloudflare", "azure"] as const;
export const RECORD_TYPES = ["CNAME", "TXT", "SRV"] as const;

export interface RecordSetPlace {
  readonly host: (typeof DNS_HOSTS)[number];
  /** Cloudflare's id of the zone, or Azure's resource id. */
  readonly zoneId: string;
  /** Whole name, in lower case. */
  readonly name: string;
  readonly type: (typeof RECORD_TYPES)[number];
}

export interface FoundRecords {
  /** Hosts in lower case without a final dot, texts without quotation marks. */
  readonly values: readonly string[];
  /**
   * Makes the set hold these values; what is in both stays as it is. Rejects with `precondition-failed` where somebody
   * else has changed the set since it was read.
   * @param written called once something was written
   */
  write(values: readonly string[], written: () => void): Promise<void>;
}

/** Seconds; Microsoft's own records ask for it. What is there already keeps its own. */
const TTL = 3600;
/** Characters of one string of a TXT record. */
const MOST_CHARACTERS = 255;

export const recordsAt = (
  context: ResourceContext,
  place: RecordSetPlace,
): Promise<FoundRecords> =>
  place.host === "cloudflare" ? atCloudflare(context, place) : atAzure(context, place);

const bare = (host: string): string => host.toLowerCase().replace(/\.$/, "");

/** A long text goes in several strings. */
const stringsOf = (text: string): string[] =>
  text.match(new RegExp(`[^]{1,${MOST_CHARACTERS}}`, "g")) ?? [];

interface Service {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  readonly target: string;
}

const serviceOf = (value: string): Service => {
  const [priority, weight, port, target = ""] = value.split(" ");
  const [one, two, three] = [priority, weight, port].map(Number);
  return { priority: one ?? 0, weight: two ?? 0, port: three ?? 0, target };
};

const valueOf = ({ priority, weight, port, target }: Service): string =>
  `${priority} ${weight} ${port} ${bare(target)}`;

interface CloudflareRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly proxied?: boolean;
  readonly data?: Service;
}

async function atCloudflare(
  { cloudflare }: ResourceContext,
  { zoneId, name, type }: RecordSetPlace,
): Promise<FoundRecords> {
  const client = cloudflare();
  const path = odata`/zones/${zoneId}/dns_records`;
  const look = async (): Promise<ReadonlyMap<string, CloudflareRecord>> => {
    const listed = await client.all<CloudflareRecord>(
      `${path}${odata`?name=${name}&type=${type}`}`,
    );
    const ours = listed.filter((one) => bare(one.name) === name && one.type === type);
    return new Map(ours.map((one) => [fromCloudflare(one), one]));
  };
  const found = await look();
  const body = (value: string): object => ({ name, type, ttl: TTL, ...toCloudflare(type, value) });
  return {
    values: [...found.keys()],
    write: async (values, written) => {
      const come = values.filter((value) => !found.has(value));
      const gone = [...found].flatMap(([value, { id }]) => (values.includes(value) ? [] : [id]));
      for (const [at, value] of come.entries()) {
        const old = gone[at];
        if (old === undefined) {
          const find = async (): Promise<unknown> => (await look()).get(value);
          // The service takes no second record of the same content.
          await client.post(path, body(value), { find, settleMs: 0 });
        } else {
          // One in the place of another, so that at no moment there is none.
          await client.patch(`${path}/${odata`${old}`}`, toCloudflare(type, value));
        }
        written();
      }
      for (const old of gone.slice(come.length)) {
        await client.tryDelete(`${path}/${odata`${old}`}`);
        written();
      }
    },
  };
}

/** A proxied name answers with Cloudflare's addresses instead of the record: that is not what anybody declared. */
function fromCloudflare({ type, content, proxied, data }: CloudflareRecord): string {
  if (type === "TXT") return unquoted(content);
  if (type === "SRV") return data === undefined ? content : valueOf(data);
  return `${bare(content)}${proxied === true ? " (proxied)" : ""}`;
}

const unquoted = (content: string): string => {
  const strings = [...content.matchAll(/"((?:[^"\\]|\\.)*)"/g)];
  if (!content.startsWith('"') || strings.length === 0) return content;
  return strings.map(([, text = ""]) => text.replaceAll(/\\(.)/g, "$1")).join("");
};

function toCloudflare(type: string, value: string): object {
  if (type === "SRV") return { data: serviceOf(value) };
  if (type === "CNAME") return { content: value, proxied: false };
  const strings = stringsOf(value).map((text) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`);
  return { content: strings.join(" ") };
}

interface AzureSet {
  readonly etag: string;
  readonly properties: {
    readonly TTL: number;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly CNAMERecord?: { readonly cname?: string };
    readonly TXTRecords?: readonly { readonly value: readonly string[] }[];
    readonly SRVRecords?: readonly Service[];
  };
}

const VERSION = "?api-version=2018-05-01";

async function atAzure(
  { service: { azure } }: ResourceContext,
  { zoneId, name, type }: RecordSetPlace,
): Promise<FoundRecords> {
  const zone = zoneId.slice(zoneId.lastIndexOf("/") + 1).toLowerCase();
  const label = name === zone ? "@" : name.slice(0, -zone.length - 1);
  const path = `${zoneId}/${type}/${odata`${label}`}${VERSION}`;
  const found = await azure.tryGet<AzureSet>(path);
  return {
    values: found === undefined ? [] : fromAzure(found.properties),
    write: async (values, written) => {
      const headers: Record<string, string> =
        found === undefined ? { "if-none-match": "*" } : { "if-match": found.etag };
      if (values.length === 0) {
        await azure.tryDelete(path, { headers });
      } else {
        const { TTL: ttl = TTL, metadata } = found?.properties ?? {};
        const properties = { TTL: ttl, ...(metadata && { metadata }), ...toAzure(type, values) };
        await azure.put(path, { properties }, { headers });
      }
      written();
    },
  };
}

/** An alias of another resource of Azure is a CNAME without a name. */
function fromAzure({ CNAMERecord, TXTRecords, SRVRecords }: AzureSet["properties"]): string[] {
  return [
    ...(CNAMERecord === undefined ? [] : [bare(CNAMERecord.cname ?? "alias")]),
    ...(TXTRecords ?? []).map(({ value }) => value.join("")),
    ...(SRVRecords ?? []).map(valueOf),
  ];
}

function toAzure(type: string, values: readonly string[]): object {
  switch (type) {
    case "CNAME":
      return { CNAMERecord: { cname: values[0] } };
    case "SRV":
      return { SRVRecords: values.map(serviceOf) };
    default:
      return { TXTRecords: values.map((value) => ({ value: stringsOf(value) })) };
  }
}

/** Whether the service says that something else stands at the name. @param alone nothing may stand beside ours */
export const isNameInUse = (error: unknown, alone: boolean): boolean =>
  isRequestError(error, "already-exists", "conflict") ||
  (alone && isRequestError(error, "bad-request"));
