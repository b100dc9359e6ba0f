/** What the DNS of a tenant's domains needs, beside what is there. Reads the tenant and asks DNS; writes to neither. */
import type { CheckedRecord, DomainRecords, HandOverFormat } from "../core/dns-records.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { interrupted } from "../core/interruption.ts";
import type { Language } from "../core/language.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { checkRecord } from "./dns/compare.ts";
import { handOver } from "./dns/hand-over.ts";
import type { HandOverFile } from "./dns/hand-over.ts";
import type { OperationContext } from "./ports.ts";

export interface DnsRequest {
  readonly stack: string;
  /** DNS servers to ask, with or without a port; empty: those of this machine. */
  readonly servers: readonly string[];
  readonly format: HandOverFormat | undefined;
}

export interface DnsReport {
  readonly stack: string;
  readonly displayName: string;
  readonly language: Language;
  /** UTC. */
  readonly at: string;
  /** In the order of the tenant file. */
  readonly domains: readonly DomainRecords<CheckedRecord>[];
  /** Domains of the tenant file that the tenant does not have yet. */
  readonly notAdded: readonly string[];
  /** For the tool that was asked for: what is missing or wrong, without where mail goes. */
  readonly handOver: readonly HandOverFile[];
}

/**
 * @throws ExpectedError for a tenant file that cannot be used, `no-credential`, `interrupted`, `invalid-option`;
 * `dns-not-looked` where records are to be handed over and nobody could see what is there
 */
export async function checkDns(
  context: OperationContext,
  { stack, servers, format }: DnsRequest,
): Promise<DnsReport> {
  const { workspace, signal, report, now } = context;
  const { stacksDirectory } = workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  const lookUp = context.openDns(servers);
  const names = [...tenant.tenant.domains, ...(tenant.domains ?? []).map(({ name }) => name)];
  report({ kind: "reading-tenant", stack });
  const found = await context.readDns({ tenant, domains: names, signal });
  const byName = new Map(found.map((one) => [one.domain, one]));
  const domains = await Promise.all(
    names
      .flatMap((name) => byName.get(name) ?? [])
      .map(async (domain) => ({
        ...domain,
        records: await Promise.all(domain.records.map((record) => checkRecord(record, lookUp))),
      })),
  );
  if (signal.aborted) throw interrupted({ cause: signal.reason });
  if (format !== undefined) refuseBlind(domains);
  const at = now().toISOString();
  const { displayName, language } = tenant.tenant;
  return {
    ...{ stack, displayName, language, at, domains },
    notAdded: names.filter((name) => !byName.has(name)),
    handOver: format === undefined ? [] : handOver(format, { domains, at }),
  };
}

/** Values of others stand in the same record sets: nobody who has not seen them can leave them there. */
function refuseBlind(domains: readonly DomainRecords<CheckedRecord>[]): void {
  const blind = domains.filter(({ records }) =>
    records.some(({ state }) => state === "not-looked"),
  );
  if (blind.length === 0) return;
  throw new ExpectedError("dns-not-looked", "No DNS server said what is there now.", {
    hint: "Name a DNS server that answers for these domains, or try again later: a list that was made blindly could replace records of others.",
    details: blind.map(({ domain }) => domain),
  });
}
