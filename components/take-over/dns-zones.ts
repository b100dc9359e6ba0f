/** The inverse of dns-zones.ts: zones that were found, with the records for Microsoft 365 that stand in them. */
import type { InventoriedZones } from "../../provider/index.ts";
import type { TenantDraft } from "../../tenant-file/index.ts";
import type { DraftedTenant } from "./draft.ts";

type Zone = NonNullable<TenantDraft["dnsZones"]>[number];

export function withZones(
  drafted: DraftedTenant,
  { zones, notLooked }: InventoriedZones,
): DraftedTenant {
  const { draft, remarks } = drafted;
  const { domains } = draft.tenant;
  const elsewhere = domains.filter((name) => zones.every(({ zone }) => zone !== name));
  const reasons = [
    ...(notLooked.cloudflare === undefined ? [] : [`Cloudflare: ${notLooked.cloudflare}.`]),
    ...(notLooked.azure === undefined ? [] : [`Azure: ${notLooked.azure}.`]),
  ];
  const sections =
    elsewhere.length === 0
      ? []
      : [
          `dnsZones: no zone of ${elsewhere.join(", ")} that we may read at Cloudflare or in Azure.`,
          ...reasons.map((reason) => `Nobody looked at ${reason}`),
        ];
  return {
    ...drafted,
    draft: zones.length === 0 ? draft : { ...draft, dnsZones: zones.map(entryOf) },
    remarks: {
      sections: { ...remarks.sections, ...(sections.length === 0 ? {} : { dnsZones: sections }) },
      entries: new Map([
        ...remarks.entries,
        ...zones.flatMap(({ zone, missing }) =>
          missing.length === 0
            ? []
            : [
                [
                  zone,
                  [`Not in it as Microsoft asks for it (see tenantry dns): ${missing.join(", ")}.`],
                ] as const,
              ],
        ),
      ]),
    },
  };
}

const entryOf = ({ zone, host, zoneId, records }: InventoriedZones["zones"][number]): Zone => ({
  zone,
  [host]: zoneId,
  records: records.map(({ name, type, values, spf }) => ({
    ...{ name, type },
    ...(values.length === 0 ? {} : { values: [...values] }),
    ...(spf.length === 0 ? {} : { spf: [...spf] }),
  })),
});
