/** The backup that the vendor has, as the section of a tenant file; the vendor knows neither operator nor country. */
import type { InventoriedBackup } from "../../provider/index.ts";
import type { TenantDraft } from "../../tenant-file/index.ts";
import { siteAddress } from "../backup-args.ts";
import type { DraftedTenant } from "./draft.ts";

type Backup = NonNullable<TenantDraft["backup"]>;

/** Who runs the location, and where it is. */
export interface BackupOperator {
  readonly operator: string;
  readonly country: Backup["location"]["country"];
}

interface Given {
  readonly read: { readonly found: InventoriedBackup } | { readonly reason: string };
  readonly operator: BackupOperator | undefined;
}

const NEEDED = [
  "A plan is refused until it is here, such as",
  "backup:",
  "  vendor: veeam",
  "  location: { name: Where the copies are, country: NL }",
  "  operator: Who runs the backup",
  "  covers: { mailboxes: all, sites: all }",
  "  retention: { until: contract-end }",
  "  keyHeldBy: Your own name, once nobody else holds the key of the encrypted copies",
];

const KEY_NOT_KNOWN =
  "Who holds the key of the copies is not known at the vendor: a plan is refused without `keyHeldBy`.";

export function withBackup(drafted: DraftedTenant, { read, operator }: Given): DraftedTenant {
  const { draft, remarks } = drafted;
  const saying = (lines: readonly string[]): DraftedTenant["remarks"] => ({
    ...remarks,
    sections: { ...remarks.sections, backup: lines },
  });
  if ("reason" in read) {
    return { ...drafted, remarks: saying([`backup: ${read.reason}.`, ...NEEDED]) };
  }
  const { repository, leftOut, years } = read.found;
  const findings = drafted.findings.filter(({ kind }) => kind !== "no-backup");
  if (operator === undefined) {
    const kept = `backup: the vendor keeps it in ${repository}, and knows neither operator nor country.`;
    return { ...drafted, remarks: saying([kept, ...NEEDED]), findings };
  }
  const mailboxes = covered(
    [
      ...(draft.users ?? []).map(({ userPrincipalName }) => userPrincipalName),
      ...(draft.mailboxes ?? []).map(({ address }) => address),
    ],
    (name) => leftOut.has(name),
  );
  const sites = covered(
    (draft.sites ?? []).map(({ url }) => url),
    (url) => leftOut.has(siteAddress(draft, url).toLowerCase()),
  );
  const backup: Backup = {
    vendor: "veeam",
    location: { name: repository, country: operator.country },
    operator: operator.operator,
    covers: { mailboxes, sites },
    retention: years === undefined ? { until: "contract-end" } : { years },
  };
  const isWhole = mailboxes === "all" && sites === "all";
  return {
    ...drafted,
    draft: { ...draft, backup },
    remarks: saying([
      ...(isWhole
        ? []
        : ["Who is left out at the vendor is not named: that needs a signed disclaimer."]),
      KEY_NOT_KNOWN,
    ]),
    findings,
  };
}

/** Everybody, also who comes next, where nobody is left out. */
function covered(names: readonly string[], isLeftOut: (name: string) => boolean): "all" | string[] {
  const rest = names.filter((name) => !isLeftOut(name));
  return rest.length === names.length ? "all" : rest;
}
