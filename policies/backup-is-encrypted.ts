import { companyKey } from "../core/company-name.ts";
import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** "Encrypted" in the service description: nobody reads the copies without the key, which only the provider knows. */
export const backupIsEncrypted: Rule = {
  name: "m365-backup-is-encrypted",
  description: "Checks that backups are encrypted with a key that only the provider holds.",
  check: (resources, report) => {
    for (const { props: tenant } of resourcesOf(resources, "m365:directory:Tenant")) {
      const provider = tenant.managedBy.name;
      for (const { urn, props } of resourcesOf(resources, "m365:backup:Policy")) {
        const holder = props.keyHeldBy;
        if (holder !== undefined && companyKey(holder) === companyKey(provider)) continue;
        report(
          holder === undefined
            ? {
                nl: `Er is niet vastgelegd dat alleen ${provider} de sleutel van de back-up heeft (keyHeldBy)`,
                en: `Nothing says that only ${provider} holds the key of the backup (keyHeldBy)`,
              }
            : {
                nl: `De sleutel van de back-up is bij ${holder}; die mag alleen ${provider} hebben`,
                en: `${holder} holds the key of the backup; only ${provider} may`,
              },
          urn,
        );
      }
    }
  },
};
