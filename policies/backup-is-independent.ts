import { companyKey } from "../core/company-name.ts";
import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** Promise 2 of the service: the copies lie outside Microsoft and outside the provider. */
export const backupIsIndependent: Rule = {
  name: "m365-backup-is-independent",
  description: "Checks that neither Microsoft nor the provider operates the backup location.",
  check: (resources, report) => {
    const providers = resourcesOf(resources, "m365:directory:Tenant").map(({ props }) => ({
      name: props.managedBy.name,
      key: companyKey(props.managedBy.name),
    }));
    for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
      const operator = companyKey(props.operator);
      if (operator === "") {
        report(
          {
            nl: "De back-uplocatie heeft geen beheerder",
            en: "The backup location has no operator",
          },
          urn,
        );
      } else if (operator.includes("microsoft")) {
        report(
          {
            nl: `De back-up wordt beheerd door ${props.operator}; die moet buiten Microsoft staan`,
            en: `The backup is operated by ${props.operator}; it must be outside Microsoft`,
          },
          urn,
        );
      }
      const same = providers.find(({ key }) => key === operator);
      if (same !== undefined) {
        report(
          {
            nl: `De back-up wordt beheerd door ${same.name}, die ook de tenant beheert`,
            en: `The backup is operated by ${same.name}, who also manages the tenant`,
          },
          urn,
        );
      }
    }
  },
};
