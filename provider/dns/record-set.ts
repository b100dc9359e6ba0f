/**
 * Records of one name and type in a zone of the customer's, which has other people's records too: only what is declared
 * comes and goes, and what stood there stays. A CNAME and a DMARC policy stand alone, so another one there is refused and
 * never replaced, unless it came after ours. SPF is one record: declared are the senders that it has to name, beside those
 * of others.
 * Not verified: status and words with which the hosts refuse a name that is in use.
 */
import { z } from "zod";
import {
  hasOurs,
  isSpf,
  lookupProblems,
  mergedSpf,
  sendersOf,
  spfWithout,
} from "../../core/spf.ts";
import { en } from "../../core/i18n/phrases.ts";
import { isRequestError } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { domain, setOf } from "../kit/zod-shapes.ts";
import { describeRecordSet } from "./describe-record-set.ts";
import { DNS_HOSTS, isNameInUse, RECORD_TYPES, recordsAt } from "./hosts.ts";
import type { RecordSetPlace } from "./hosts.ts";

const text = z.string().min(1).max(4000);

const inputs = z.strictObject({
  zone: domain.describe("The domain whose zone it is."),
  host: z.enum(DNS_HOSTS).describe("Who serves the zone."),
  zoneId: z.string().min(1).describe("Cloudflare's id of the zone, or Azure's resource id."),
  name: domain.describe("Whole name of the records."),
  type: z.enum(RECORD_TYPES).describe("Kind of the records; mail is never moved from here."),
  values: setOf(text).optional().describe("As a zone file has them, without quotation marks."),
  spf: setOf(text.toLowerCase())
    .optional()
    .describe("Senders that the SPF record names, such as include:spf.protection.outlook.com."),
});

const outputs = z.object({});

type Inputs = z.output<typeof inputs>;

export const recordSetId = ({ host, zoneId, type, name }: RecordSetPlace): string =>
  `${host}:${zoneId}/${type}/${name}`;

function placeOf(id: string): RecordSetPlace {
  const [, host, zoneId = "", type, name = ""] = /^(\w+):(.+)\/([A-Z]+)\/([^/]+)$/.exec(id) ?? [];
  const place = {
    host: DNS_HOSTS.find((one) => one === host),
    type: RECORD_TYPES.find((one) => one === type),
  };
  if (place.host === undefined || place.type === undefined)
    throw new Error(`Not the id of a record set: ${id}`);
  return { host: place.host, zoneId, type: place.type, name };
}

/** Of such records there is one at the most. */
const standsAlone = ({ type, name }: Pick<Inputs, "type" | "name">): boolean =>
  type === "CNAME" || name.startsWith("_dmarc.");

/** Senders of an SPF record, where there is one: of two, receivers take none. */
function parted(values: readonly string[]): Required<Pick<Inputs, "values" | "spf">> {
  const records = values.filter(isSpf);
  return {
    values: values.filter((value) => !isSpf(value)).sort(),
    spf: records.length === 1 ? sendersOf(records[0] ?? "").sort() : [],
  };
}

function managed(found: Partial<Inputs>, declared: Inputs): Partial<Inputs> {
  if (standsAlone(declared)) return found;
  const only = (all: readonly string[] = [], ours: readonly string[] = []): string[] =>
    all.filter((one) => ours.includes(one));
  return {
    ...found,
    values: only(found.values, declared.values),
    spf: only(found.spf, declared.spf),
  };
}

const isNothing = ({ values = [], spf = [] }: Partial<Inputs>): boolean =>
  values.length + spf.length === 0;

export const recordSet = defineResource({
  token: "m365:dns:RecordSet",
  summary:
    "Records of one name in a DNS zone of the customer's at Cloudflare or Azure, beside those of others.",
  inputs,
  outputs,
  permissions: { read: [], write: [] },
  sources: [
    {
      url: "https://learn.microsoft.com/rest/api/dns/record-sets/create-or-update",
      checked: "2026-11-28",
    },
    {
      url: "https://developers.cloudflare.com/fundamentals/api/reference/limits",
      checked: "2026-11-28",
    },
  ],
  replaceOn: ["host", "zoneId", "name", "type"],
  annotations: ["zone"],
  managed,

  validate(wanted) {
    const { type, values = [], spf = [] } = wanted;
    const isOne = values.length === 1 || !standsAlone(wanted);
    return [
      ...(isNothing(wanted) ? [{ property: "values", reason: "needs a value" }] : []),
      ...(isOne ? [] : [{ property: "values", reason: "of this name and type there is one" }]),
      ...(spf.length > 0 && type !== "TXT" ? [{ property: "spf", reason: "is a TXT record" }] : []),
      ...(values.some(isSpf) ? [{ property: "values", reason: "name senders under spf" }] : []),
    ];
  },

  async read(
    context,
    { id, previous },
  ): Promise<Observed<Inputs, z.output<typeof outputs>> | undefined> {
    const place = placeOf(id);
    const found = { ...place, ...parted((await recordsAt(context, place)).values) };
    const ours = previous === undefined ? found : managed(found, previous);
    return isNothing(ours) ? undefined : { id, inputs: found, outputs: {} };
  },

  async reconcile(context, { declared, previous }) {
    const less = (key: "values" | "spf"): string[] =>
      (previous?.[key] ?? []).filter((one) => declared[key]?.includes(one) !== true);
    await change(context, declared, {
      come: declared,
      gone: { values: less("values"), spf: less("spf") },
    });
    return { id: recordSetId(declared), outputs: {} };
  },

  async remove(context, { previous }) {
    await change(context, previous, { come: {}, gone: previous });
  },

  describe: describeRecordSet,
});

interface Change {
  readonly come: Pick<Inputs, "values" | "spf">;
  readonly gone: Pick<Inputs, "values" | "spf">;
}

/** How often a set may change under our hands. */
const MOST_TRIES = 3;

async function change(context: ResourceContext, set: Inputs, wanted: Change): Promise<void> {
  for (let tries = 1; ; tries++) {
    const found = await recordsAt(context, set);
    const next = await valuesAfter(context, set, { ...wanted, present: found.values });
    const written = (): void => {
      context.created(recordSetId(set));
    };
    try {
      const isSame =
        next.length === found.values.length && next.every((one) => found.values.includes(one));
      if (!isSame) await found.write(next, written);
      return;
    } catch (error) {
      const isChanged = isRequestError(error, "precondition-failed");
      if (isChanged && tries < MOST_TRIES) continue;
      if (!isNameInUse(error, standsAlone(set))) throw error;
      const says = isRequestError(error) ? (error.serviceMessage ?? "") : "";
      throw nameInUse(set, says, error);
    }
  }
}

async function valuesAfter(
  context: ResourceContext,
  set: Inputs,
  { present, come, gone }: Change & { readonly present: readonly string[] },
): Promise<string[]> {
  const left = present.filter((value) => isSpf(value) || gone.values?.includes(value) !== true);
  const values = [...new Set([...left, ...(come.values ?? [])])];
  if (standsAlone(set) && values.length > 1) {
    const others = values.filter((value) => come.values?.includes(value) !== true);
    throw nameInUse(set, en.list(others));
  }
  const records = present.filter(isSpf);
  const spf = await spfAfter(context, set, { present: records, come, gone });
  // The customer's stays where it is among the others.
  const at = values.indexOf(records[0] ?? "");
  const others = values.filter((value) => !isSpf(value));
  return others.toSpliced(at < 0 ? others.length : at, 0, ...spf);
}

/** The SPF record afterwards, if any. */
async function spfAfter(
  { lookUp }: ResourceContext,
  { name }: Inputs,
  { present, come, gone }: Change & { readonly present: readonly string[] },
): Promise<string[]> {
  const without = gone.spf ?? [];
  const left =
    without.length === 0 ? present : present.flatMap((record) => spfWithout(record, without) ?? []);
  if (come.spf === undefined || come.spf.length === 0) return [...left];
  const ours = ["v=spf1", ...come.spf, "-all"].join(" ");
  const [first = ""] = left;
  if (left.length === 1 && hasOurs(first, ours)) return [first];
  const merged = mergedSpf(left, ours);
  for (const problem of await lookupProblems(merged, lookUp)) {
    if (problem.kind !== "too-many-lookups") continue;
    const most = problem.terms.slice(0, 3).map(({ term }) => term);
    throw new RefusedError({
      code: "spf-too-long",
      message: `The SPF record of ${name} would need ${problem.count} look-ups, and receivers ignore it above ten; most of them for ${en.list(most)}`,
      hint: "Have a sender taken out of it that the customer no longer uses, then apply again.",
    });
  }
  return [merged];
}

const nameInUse = ({ name, type }: Inputs, says: string, cause?: unknown): RefusedError =>
  new RefusedError({
    code: "dns-name-in-use",
    message: `Another record than the ${type} record of the tenant file stands at ${name}${says === "" ? "" : ` (${says})`}; it was left as it is`,
    hint: "Have it removed where the zone is managed, or take ours out of the tenant file; then apply again.",
    cause,
  });
