import type pulumi from "@pulumi/pulumi";
import { recordSet, resourceClass } from "../provider/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";

const RecordSet = resourceClass(recordSet);

/** Records in zones of the customer's, a resource for each name and type. */
export class DnsZonesSection extends TenantComponent {
  constructor(
    context: Context,
    zones: NonNullable<Tenant["dnsZones"]>,
    dependsOn: readonly pulumi.Resource[],
  ) {
    super("DnsZones", context, dependsOn);
    for (const { zone, cloudflare, azure, records } of zones) {
      const place =
        cloudflare === undefined
          ? { host: "azure" as const, zoneId: azure }
          : { host: "cloudflare" as const, zoneId: cloudflare };
      for (const { name, type, values, spf } of records) {
        new RecordSet(
          `${name}-${type}`,
          {
            ...{ zone, ...place, name, type },
            // A host is the same however it is written; a text is not.
            ...(values && { values: type === "TXT" ? values : values.map(bare) }),
            ...(spf && { spf }),
          },
          this.child("m365", dependsOn),
        );
      }
    }
    this.registerOutputs({});
  }
}

const bare = (host: string): string => host.toLowerCase().replace(/\.$/, "");
