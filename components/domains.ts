import type pulumi from "@pulumi/pulumi";
import { domainOfAddress } from "../core/mail-address.ts";
import { domain, resourceClass } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";

const Domain = resourceClass(domain);

export interface DomainDeclaration {
  readonly name: string;
  readonly supportedServices?: readonly string[];
  readonly isDefault?: boolean;
}

/** Of the domains that are managed from here those of the addresses: there before them, and gone after them. */
export const domainsOf = (
  addresses: readonly string[],
  managed: ReadonlyMap<string, pulumi.Resource> = new Map(),
): pulumi.Resource[] =>
  [...new Set(addresses.map(domainOfAddress))].flatMap((name) => managed.get(name) ?? []);

/** Domains that are managed from here, by name. */
export class DomainsSection extends TenantComponent {
  readonly domains: ReadonlyMap<string, pulumi.Resource>;

  constructor(
    context: Context,
    domains: readonly DomainDeclaration[],
    dependsOn: readonly pulumi.Resource[],
  ) {
    super("Domains", context, dependsOn);
    this.domains = new Map(
      domains.map((one) => [
        one.name,
        new Domain(one.name, { ...one, isVerified: true }, this.child("m365", dependsOn)),
      ]),
    );
    this.registerOutputs({});
  }
}
