/** Get-AcceptedDomain and Get-OrganizationConfig. */
import { domains, organizations } from "../entities/collections.ts";
import { initialDomain } from "../entities/rules.ts";
import type { Cmdlet } from "./cmdlet.ts";
import { objectNotFound } from "./errors.ts";

export const organizationCmdlets: readonly Cmdlet[] = [
  {
    name: "Get-AcceptedDomain",
    parameters: ["Identity", "ResultSize"],
    run: ({ call, parameters }) => {
      const wanted = parameters.text("Identity")?.toLowerCase();
      const found = call.store
        .list(domains)
        .map(({ object }) => object)
        .filter(
          ({ id, isVerified }) => isVerified === true && (wanted === undefined || id === wanted),
        )
        .map(({ id, isDefault, isInitial }) => ({
          Identity: id,
          Name: id,
          DomainName: id,
          DomainType: "Authoritative",
          Default: isDefault === true,
          InitialDomain: isInitial === true,
        }));
      if (wanted !== undefined && found.length === 0) throw objectNotFound(wanted);
      return found;
    },
  },
  {
    name: "Get-OrganizationConfig",
    parameters: [],
    run: ({ call }) => {
      const organization = call.store.get(organizations, call.tenantId);
      const name = initialDomain(call);
      return [
        {
          Identity: name,
          Name: name,
          DisplayName: organization?.displayName ?? null,
          ExternalDirectoryOrganizationId: call.tenantId,
          IsDehydrated: false,
          OAuth2ClientProfileEnabled: true,
        },
      ];
    },
  },
];
