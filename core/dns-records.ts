/** DNS records as values: what a domain needs, what is there, and how the two compare. Names without a final dot. */

export type RecordType = "MX" | "TXT" | "CNAME" | "SRV";

/** What a record is for; `other` is a service beside mail, such as device management. */
export type Purpose = "verification" | "mail" | "spf" | "autodiscover" | "dkim" | "dmarc" | "other";

export interface WantedRecord {
  /** The domain that the record belongs to. */
  readonly domain: string;
  readonly purpose: Purpose;
  /** Whole name in lower case, such as autodiscover.contoso.com. */
  readonly name: string;
  readonly type: RecordType;
  /** As a zone file has it, without quotes and final dots: `0 host` of an MX, `100 1 443 host` of an SRV. */
  readonly value: string;
  /** Seconds. */
  readonly ttl: number;
  readonly isOptional: boolean;
}

/** What DNS says of one name and type; `unreachable` is no answer, which is never the same as no record. */
export type DnsAnswer = { readonly values: readonly string[] } | { readonly unreachable: string };

/** Asks DNS for one name and type, in the form of `WantedRecord.value`. */
export type LookUp = (name: string, type: RecordType | "A" | "AAAA") => Promise<DnsAnswer>;

/**
 * right: as wanted; missing: nothing of the kind is there; wrong: something else is, or something more that must not
 * be; not-looked: no DNS server answered.
 */
export type RecordState = "right" | "missing" | "wrong" | "not-looked";

/** Why a record is wrong, or stays as it is, beside its values. */
export type RecordProblem =
  | { readonly kind: "several-spf"; readonly count: number }
  | {
      readonly kind: "too-many-lookups";
      readonly count: number;
      /** Terms that cost most, with what each costs; the most expensive first. */
      readonly terms: readonly { readonly term: string; readonly count: number }[];
    }
  /** Includes that could not be looked up, so that nobody counted them. */
  | { readonly kind: "lookups-unknown"; readonly terms: readonly string[] }
  | { readonly kind: "several-dmarc" }
  /** Mail goes to another host: putting it right moves all mail. */
  | { readonly kind: "moves-mail" }
  /** Another kind of record stands where a CNAME has to stand alone. */
  | { readonly kind: "name-in-use" }
  | { readonly kind: "unreachable"; readonly reason: string };

/** A domain of the tenant, with what its DNS needs. */
export interface DomainRecords<R extends WantedRecord = WantedRecord> {
  readonly domain: string;
  readonly isVerified: boolean;
  /** Managed: people sign in at Microsoft. Federated: at another service. */
  readonly authenticationType: string;
  readonly records: readonly R[];
  /** Whether mail of the domain is signed, and Exchange's word for the keys; undefined where nobody could look. */
  readonly dkim: { readonly isEnabled: boolean; readonly status: string } | undefined;
  /** Why the records for DKIM are not known; without a full stop. */
  readonly dkimNotRead: string | undefined;
}

/** What records can be written for: tools that manage zones, and the tenant file, which has a zone's records applied. */
export const HAND_OVER_FORMATS = ["octodns", "dnscontrol", "tenantry"] as const;
export type HandOverFormat = (typeof HAND_OVER_FORMATS)[number];

export interface CheckedRecord extends WantedRecord {
  readonly state: RecordState;
  /** What is there, as it is; empty for nothing and where nobody could look. */
  readonly found: readonly string[];
  /** All values that the name and type is to have then, those of others too; undefined where nobody could look. */
  readonly whole: readonly string[] | undefined;
  readonly problems: readonly RecordProblem[];
}
