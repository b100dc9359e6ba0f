/** Inventories of tenants as short as a test allows, and what is drafted of them. */
import { draftTenant } from "../../../components/take-over/draft.ts";
import type { DraftedTenant } from "../../../components/take-over/draft.ts";
import type {
  InventoriedGroup,
  InventoriedPerson,
  Inventory,
} from "../../../provider/inventory.ts";

const PROVIDER = { name: "Voorbeeld Beheer", domains: ["beheer.example"] };

export function aPerson(
  name: string,
  { inputs, ...more }: Partial<InventoriedPerson> = {},
): InventoriedPerson {
  const address = `${name}@contoso.com`;
  return {
    id: `00000000-0000-4000-8000-${name.padStart(12, "0").replaceAll(/[^0-9a-f]/g, "1")}`,
    inputs: {
      ...{ userPrincipalName: address, displayName: name, mail: address, mailNickname: name },
      ...inputs,
    },
    ...{ licenses: [], isSynchronized: false },
    ...more,
  };
}

export function aGroup(
  name: string,
  { inputs, ...more }: Partial<InventoriedGroup> = {},
): InventoriedGroup {
  return {
    id: `group-${name}`,
    inputs: { displayName: name, mailNickname: name, securityEnabled: true, ...inputs },
    ...{ licenses: [], isSynchronized: false },
    ...more,
  };
}

export const CONTOSO = {
  ...{ id: "11111111-2222-4333-8444-555555555555", displayName: "Contoso" },
  ...{ initialDomain: "contoso.onmicrosoft.com", domains: ["contoso.com"] },
  ...{ country: "NL" as const, language: "nl" },
};

export const drafted = (given: Partial<Inventory>): DraftedTenant =>
  draftTenant(
    {
      tenant: { ...CONTOSO, country: undefined, federatedDomains: [], unverifiedDomains: [] },
      ...{ people: [], guests: [], groups: [], products: [], subscriptions: [] },
      ...{ sites: [], roles: [], notRead: [], withoutSecondStep: new Set<string>() },
      ...{
        forwards: [],
        forwarding: [],
        sharing: { sharingCapability: "Disabled" },
        ewsApplications: [],
      },
      signIn: { securityDefaults: true, rules: [], asksSecondStep: true },
      mail: { mailboxes: new Map(), groups: new Map(), contacts: [] },
      ...given,
    },
    PROVIDER,
  );

export const named = (
  name: string,
  inputs: Partial<InventoriedPerson["inputs"]>,
): InventoriedPerson => {
  const person = aPerson(name);
  return { ...person, inputs: { ...person.inputs, ...inputs } };
};
