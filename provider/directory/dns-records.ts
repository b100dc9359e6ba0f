/**
 * The DNS records that a tenant's domains need, as the services say them: none is made up from a name, because new
 * domains have hosts that nobody can work out (message centre MC1048624, read in stored copies 2026-11-27).
 * @see https://learn.microsoft.com/graph/api/domain-list-serviceconfigurationrecords (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/domain-list-verificationdnsrecords (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/powershell/module/exchangepowershell/get-dkimsigningconfig (checked 2026-11-27)
 * Not verified: the fields that Get-DkimSigningConfig answers are named as other programs read them.
 */
import { isRequestError, odata } from "../../services/index.ts";
import type { Microsoft365 } from "../../services/index.ts";
import type { DomainRecords, Purpose, WantedRecord } from "../../core/dns-records.ts";
import { expectedFailure, reasonIn } from "../../core/expected-error.ts";

interface GraphRecord {
  readonly recordType: string;
  readonly label: string;
  readonly ttl: number;
  readonly isOptional: boolean;
  readonly supportedService?: string | null;
  readonly text?: string | null;
  readonly mailExchange?: string | null;
  readonly preference?: number | null;
  readonly canonicalName?: string | null;
  readonly nameTarget?: string | null;
  readonly service?: string | null;
  readonly protocol?: string | null;
  readonly port?: number | null;
  readonly priority?: number | null;
  readonly weight?: number | null;
}

interface DkimConfig {
  readonly Enabled?: boolean;
  readonly Status?: string;
  readonly Selector1CNAME?: string;
  readonly Selector2CNAME?: string;
}

interface GraphDomain {
  readonly id: string;
  readonly isVerified: boolean;
  readonly isInitial: boolean;
  readonly authenticationType: string | null;
}

/** Seconds. */
const TTL = 3600;

/** A first step that changes nothing for mail; what follows needs somebody who reads the reports. */
const DMARC_PROPOSAL = "v=DMARC1; p=none";

/**
 * Of the domains that are asked for and that the tenant has, verified or not, in their order; Microsoft's own under
 * onmicrosoft.com need nothing.
 */
export async function readDomainRecords(
  service: Microsoft365,
  names: readonly string[],
): Promise<readonly DomainRecords[]> {
  const domains = await service.graph.all<GraphDomain>(
    "/domains?$select=id,isVerified,isInitial,authenticationType",
  );
  const wanted = domains.filter(
    ({ id }) => !id.toLowerCase().endsWith(".onmicrosoft.com") && names.includes(id.toLowerCase()),
  );
  return await Promise.all(wanted.map((domain) => recordsOf(service, domain)));
}

async function recordsOf(service: Microsoft365, domain: GraphDomain): Promise<DomainRecords> {
  const { id, isVerified, authenticationType } = domain;
  const base = {
    ...{ domain: id.toLowerCase(), isVerified },
    authenticationType: authenticationType ?? "Managed",
  };
  const path = odata`/domains/${id}`;
  if (!isVerified) {
    const records = await service.graph.all<GraphRecord>(`${path}/verificationDnsRecords`);
    // Either of two proves it; the TXT record stands in nobody's way.
    const texts = records.filter(({ recordType }) => recordType.toLowerCase() === "txt");
    const verification = texts.flatMap((one) => recordOf(base.domain, one, "verification"));
    return { ...base, records: verification, dkim: undefined, dkimNotRead: "not verified yet" };
  }
  const [records, signing] = await Promise.all([
    service.graph.all<GraphRecord>(`${path}/serviceConfigurationRecords`),
    readSigning(service, base.domain),
  ]);
  const services = records.flatMap((one) => recordOf(base.domain, one));
  const sendsMail = services.some(({ purpose }) => purpose === "mail" || purpose === "spf");
  const config = "config" in signing ? signing.config : undefined;
  return {
    ...base,
    records: [
      ...services,
      ...(config === undefined ? [] : selectorsOf(base.domain, config)),
      ...(sendsMail ? [dmarcOf(base.domain)] : []),
    ],
    dkim: config && { isEnabled: config.Enabled === true, status: config.Status ?? "" },
    dkimNotRead: "reason" in signing ? signing.reason : undefined,
  };
}

async function readSigning(
  { exchange }: Microsoft365,
  domain: string,
): Promise<{ readonly config: DkimConfig } | { readonly reason: string }> {
  try {
    const parameters = { Identity: domain };
    const config = await exchange.tryGet<DkimConfig>("Get-DkimSigningConfig", parameters);
    return config === undefined
      ? { reason: "Exchange has no DKIM settings for this domain yet" }
      : { config };
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || isRequestError(error, "cancelled")) throw error;
    return { reason: `Exchange was not read: ${reasonIn(failure)}` };
  }
}

const bare = (name: string): string => name.toLowerCase().replace(/\.$/, "");

const selectorsOf = (
  domain: string,
  { Selector1CNAME, Selector2CNAME }: DkimConfig,
): WantedRecord[] =>
  [Selector1CNAME, Selector2CNAME].flatMap((value, at) =>
    value === undefined || value === ""
      ? []
      : [
          {
            ...{ domain, purpose: "dkim" as const, type: "CNAME" as const, ttl: TTL },
            name: `selector${at + 1}._domainkey.${domain}`,
            ...{ value: bare(value), isOptional: false },
          },
        ],
  );

const dmarcOf = (domain: string): WantedRecord => ({
  ...{ domain, purpose: "dmarc", type: "TXT", ttl: TTL },
  ...{ name: `_dmarc.${domain}`, value: DMARC_PROPOSAL, isOptional: true },
});

/** Empty for a kind of record that nobody here knows. */
function recordOf(domain: string, record: GraphRecord, purpose?: Purpose): WantedRecord[] {
  const { label, ttl, isOptional, text, mailExchange, canonicalName, nameTarget } = record;
  const base = { ...{ domain, ttl, isOptional }, name: bare(label) };
  switch (record.recordType.toLowerCase()) {
    case "txt":
      return [
        {
          // The page has an example with a space behind `include:`, which would name no host.
          ...{
            ...base,
            type: "TXT",
            value: (text ?? "").replaceAll(/\binclude:\s+/gi, "include:"),
          },
          purpose: purpose ?? (/^v=spf1\b/i.test(text ?? "") ? "spf" : "other"),
        },
      ];
    case "mx": {
      const value = `${record.preference ?? 0} ${bare(mailExchange ?? "")}`;
      return [{ ...base, type: "MX", value, purpose: purpose ?? "mail" }];
    }
    case "cname":
      return [
        {
          ...{ ...base, type: "CNAME", value: bare(canonicalName ?? "") },
          purpose: base.name.startsWith("autodiscover.") ? "autodiscover" : "other",
        },
      ];
    case "srv": {
      const { priority, weight, port, service, protocol } = record;
      const value = `${priority ?? 0} ${weight ?? 0} ${port ?? 0} ${bare(nameTarget ?? "")}`;
      // Only some labels come with service and protocol in them.
      const prefix = `${service ?? ""}.${protocol ?? ""}.`.toLowerCase();
      const name = base.name.startsWith("_") ? base.name : `${prefix}${base.name}`;
      return [{ ...base, name, type: "SRV", value, purpose: "other" }];
    }
    default:
      return [];
  }
}
