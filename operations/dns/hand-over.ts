/**
 * The records that are missing or wrong, for the tool with which somebody manages the zone. Both tools take a name and
 * type as a whole, so each set has the values of others too; and both are told to leave alone whatever is not named, see
 * docs/decisions/0020-dns-records.md, where they were run. What moves mail, or needs somebody to decide, is left out.
 */
import { stringify } from "yaml";
import { sendersOf } from "../../core/spf.ts";
import type {
  CheckedRecord,
  DomainRecords,
  HandOverFormat,
  RecordType,
} from "../../core/dns-records.ts";

export interface HandOverFile {
  /** Path below a folder of its own. */
  readonly name: string;
  readonly text: string;
}

/** Everything that one name and type is to have. */
interface RecordSet {
  /** Below the domain; empty for the domain itself. */
  readonly label: string;
  readonly type: RecordType;
  readonly ttl: number;
  readonly values: readonly string[];
}

interface Zone {
  readonly domain: string;
  readonly sets: readonly RecordSet[];
  /** What a person has to decide first, in a line each. */
  readonly left: readonly string[];
}

export function handOver(
  format: HandOverFormat,
  {
    domains,
    at,
  }: { readonly domains: readonly DomainRecords<CheckedRecord>[]; readonly at: string },
): readonly HandOverFile[] {
  if (format === "tenantry") return [forTenantFile(domains, at)];
  const zones = domains.map(zoneOf).filter(({ sets, left }) => sets.length + left.length > 0);
  const heading = [
    `Made by tenantry dns at ${at} (UTC), out of what DNS said then: make it anew before you use it.`,
    "What is not named here stays as it is.",
  ];
  return format === "octodns" ? octodns(zones, heading) : dnscontrol(zones, heading);
}

function zoneOf({ domain, records }: DomainRecords<CheckedRecord>): Zone {
  const isMoved = records.every(({ purpose, state }) => purpose !== "mail" || state === "right");
  const open = records.filter(({ state }) => state === "missing" || state === "wrong");
  const judged = open.map((record) => ({ record, why: whyLeft(record, isMoved) }));
  return {
    domain,
    sets: setsOf(
      domain,
      judged.flatMap(({ record, why }) => (why === undefined ? [record] : [])),
    ),
    left: leftOut(judged),
  };
}

interface Judged {
  readonly record: CheckedRecord;
  readonly why: string | undefined;
}

const leftOut = (judged: readonly Judged[]): string[] =>
  judged.flatMap(({ record: { type, name }, why }) =>
    why === undefined ? [] : [`Left out: ${type} ${name}: ${why}.`],
  );

/** Also what is right already: from then on it is watched. */
function forTenantFile(domains: readonly DomainRecords<CheckedRecord>[], at: string): HandOverFile {
  const zones = domains.map(({ domain, records }) => {
    const isMoved = records.every(({ purpose, state }) => purpose !== "mail" || state === "right");
    const judged = records.map((record) => ({
      record,
      why: whyLeft(record, isMoved) ?? whyKept(record),
    }));
    const wanted = judged.flatMap(({ record, why }) => (why === undefined ? [record] : []));
    return { domain, left: leftOut(judged), records: entriesOf(wanted) };
  });
  const advice = [
    `Made by tenantry dns at ${at} (UTC). For the tenant file; everything else in the zones stays as it is.`,
    "Give each zone its id: cloudflare: (the zone ID), or azure: (the resource id).",
  ];
  const dnsZones = zones.map(({ domain, records }) => ({ zone: domain, records }));
  return {
    name: "dns-zones.yaml",
    text:
      commented([...advice, ...zones.flatMap(({ left }) => left)], "#") +
      stringify({ dnsZones }, { lineWidth: 0 }),
  };
}

/** What stands alone and is another one is never replaced from the tenant file; a policy of the customer's counts. */
function whyKept({ type, state, purpose, found, value }: CheckedRecord): string | undefined {
  if (state === "wrong" && type !== "TXT")
    return `${found.join(", ")} stands there, which has to go first`;
  return purpose === "dmarc" && found.length > 0 && !found.includes(value)
    ? "the customer has a policy of their own"
    : undefined;
}

/** An entry for each name and type. */
function entriesOf(records: readonly CheckedRecord[]): object[] {
  const bySet = Map.groupBy(records, ({ name, type }) => `${name} ${type}`);
  return [...bySet.values()].map((ofOne) => {
    const values = ofOne.flatMap(({ purpose, value }) => (purpose === "spf" ? [] : [value]));
    const spf = ofOne.flatMap(({ purpose, value }) => (purpose === "spf" ? sendersOf(value) : []));
    return {
      ...{ name: ofOne[0]?.name, type: ofOne[0]?.type },
      ...(values.length === 0 ? {} : { values }),
      ...(spf.length === 0 ? {} : { spf }),
    };
  });
}

/** Undefined for what can be set at any time without harm. */
function whyLeft({ purpose, problems }: CheckedRecord, isMoved: boolean): string | undefined {
  const kinds = problems.map(({ kind }) => kind);
  if (purpose === "mail") return "mail is moved on a day of its own";
  if (purpose === "autodiscover" && !isMoved)
    return "Outlook finds the mailboxes by it, so it goes with the mail";
  if (kinds.includes("too-many-lookups"))
    return "it would need more than ten look-ups, and receivers ignore it then";
  if (kinds.includes("name-in-use")) return "an address stands at that name, which has to go first";
  if (kinds.includes("several-dmarc"))
    return "which of the policies counts is the customer's to say";
  return undefined;
}

function setsOf(domain: string, wanted: readonly CheckedRecord[]): RecordSet[] {
  const bySet = Map.groupBy(wanted, ({ name, type }) => `${name} ${type}`);
  return [...bySet.values()].flatMap((ofOne) => {
    const [first] = ofOne;
    if (first === undefined) return [];
    const { name, type, ttl } = first;
    // What one of them replaces may stand among the values that another one leaves.
    const replaced = new Set(
      ofOne.flatMap(({ found, whole = [] }) => found.filter((value) => !whole.includes(value))),
    );
    const values = new Set(ofOne.flatMap(({ whole = [] }) => whole));
    const kept = [...values].filter((value) => !replaced.has(value));
    const label = name === domain ? "" : name.slice(0, -domain.length - 1);
    return [{ label, type, ttl, values: kept }];
  });
}

const commented = (lines: readonly string[], mark: string): string =>
  lines.map((line) => `${mark} ${line}\n`).join("");

function octodns(zones: readonly Zone[], heading: readonly string[]): HandOverFile[] {
  const config = {
    providers: {
      tenantry: {
        class: "octodns.provider.yaml.YamlProvider",
        ...{ directory: "./zones", default_ttl: 3600, enforce_order: false },
        // Where both have a name and type, ours is the one that counts.
        populate_should_replace: true,
      },
    },
    zones: Object.fromEntries(
      zones.map(({ domain }) => [
        `${domain}.`,
        // What is there first, so that nothing of it is missing in what is wanted.
        { sources: ["host", "tenantry"], targets: ["host"] },
      ]),
    ),
  };
  const advice = [
    ...heading,
    "Add your provider under providers as `host`. Keep it among the sources: without it octoDNS deletes all other records.",
  ];
  return [
    { name: "config.yaml", text: commented(advice, "#") + stringify(config, { lineWidth: 0 }) },
    ...zones.map(({ domain, sets, left }) => ({
      name: `zones/${domain}.yaml`,
      text: commented([...heading, ...left], "#") + stringify(octodnsZone(sets), { lineWidth: 0 }),
    })),
  ];
}

const octodnsZone = (sets: readonly RecordSet[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...Map.groupBy(sets, ({ label }) => label)].map(([label, ofLabel]) => [
      label,
      ofLabel.map(({ type, ttl, values }) => ({
        ...{ type, ttl },
        ...octodnsValues(type, values),
      })),
    ]),
  );

function octodnsValues(type: RecordType, values: readonly string[]): Record<string, unknown> {
  switch (type) {
    case "CNAME":
      return { value: `${values[0] ?? ""}.` };
    case "TXT":
      return { values: values.map((value) => value.replaceAll(";", String.raw`\;`)) };
    case "SRV":
      return {
        values: values.map((value) => {
          const [priority, weight, port, target = ""] = value.split(" ");
          return {
            ...{ priority: Number(priority), weight: Number(weight), port: Number(port) },
            target: `${target}.`,
          };
        }),
      };
    case "MX":
      throw new Error("Where mail goes is never handed over");
  }
}

function dnscontrol(zones: readonly Zone[], heading: readonly string[]): HandOverFile[] {
  const advice = [
    ...heading,
    "Set the provider of the zone. NO_PURGE keeps all other records: never take it out, and use dnscontrol 4.20 or later.",
  ];
  const blocks = zones.map(({ domain, sets, left }) =>
    [
      ...left.map((line) => `// ${line}`),
      `D(${JSON.stringify(domain)}, NewRegistrar("none"), DnsProvider(NewDnsProvider("host")), NO_PURGE,`,
      ...sets.flatMap(({ label, type, ttl, values }) =>
        values.map(
          (value) =>
            `  ${type}(${JSON.stringify(label === "" ? "@" : label)}, ${dnscontrolValue(type, value)}, TTL(${ttl})),`,
        ),
      ),
      "END);",
      "",
    ].join("\n"),
  );
  return [{ name: "dnsconfig.js", text: commented(advice, "//") + blocks.join("") }];
}

function dnscontrolValue(type: RecordType, value: string): string {
  switch (type) {
    case "CNAME":
      return JSON.stringify(`${value}.`);
    case "TXT":
      return JSON.stringify(value);
    case "SRV": {
      const [priority, weight, port, target = ""] = value.split(" ");
      return `${priority ?? "0"}, ${weight ?? "0"}, ${port ?? "0"}, ${JSON.stringify(`${target}.`)}`;
    }
    case "MX":
      throw new Error("Where mail goes is never handed over");
  }
}
