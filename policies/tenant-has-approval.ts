import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

const REACHABLE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Promise 4 of the service: everything is done only after approval by the customer's decision makers. */
export const tenantHasApproval: Rule = {
  name: "m365-tenant-has-approval",
  description:
    "Checks that the customer has enough decision makers who can be reached and are not the provider's.",
  check: (resources, report) => {
    const tenants = resourcesOf(resources, "m365:directory:Tenant");
    if (tenants.length !== 1) {
      report({
        nl: `De stack beschrijft ${tenants.length} tenants; het moet er precies één zijn`,
        en: `The stack declares ${tenants.length} tenants; it must declare exactly one`,
      });
    }
    for (const { urn, props } of tenants) {
      const { decisionMakers, required } = props.approval;
      const own = new Set(props.managedBy.domains);
      const domainOf = (email: string): string => email.slice(email.lastIndexOf("@") + 1);
      const insiders = decisionMakers.filter(({ email }) => own.has(domainOf(email)));
      const unreachable = decisionMakers.filter(({ email }) => !REACHABLE.test(email));
      for (const { name } of insiders) {
        report(
          {
            nl: `${name} werkt voor de beheerder en kan niet namens de klant beslissen`,
            en: `${name} works for the provider and cannot decide for the customer`,
          },
          urn,
        );
      }
      for (const { name } of unreachable) {
        report(
          {
            nl: `${name} heeft geen adres waar een voorstel naartoe kan`,
            en: `${name} has no address that a proposal can be sent to`,
          },
          urn,
        );
      }
      const able = new Set(
        decisionMakers
          .filter((person) => !insiders.includes(person) && !unreachable.includes(person))
          .map(({ email }) => email),
      );
      if (able.size === 0) {
        report(
          {
            nl: "De tenant heeft niemand die beslist. Zet `approval.decisionMakers` in het tenantbestand",
            en: "The tenant has no decision maker. Add `approval.decisionMakers` to the tenant file",
          },
          urn,
        );
      } else if (able.size < required) {
        report(
          {
            nl: `Akkoord van ${required} beslissers is nodig; beschikbaar: ${able.size}`,
            en: `${required} decision makers must agree, but only ${able.size} can`,
          },
          urn,
        );
      }
    }
  },
};
