import { z } from "zod";
import type { Rule } from "./rule.ts";
import { read } from "./tenant-facts.ts";

const addresses = z.object({
  userPrincipalName: z.string().toLowerCase(),
  mail: z.string().toLowerCase().optional(),
});

/** Best practice of the migration: people sign in with the address that they mail from. */
export const userNameIsPrimaryAddress: Rule = {
  name: "m365-user-name-is-primary-address",
  description: "Checks that every user principal name equals the user's primary address.",
  check: (resources, report) => {
    for (const resource of resources.filter(({ type }) => type === "azuread:index/user:User")) {
      const { urn, props } = read(resource, addresses);
      if (props.mail !== undefined && props.mail !== props.userPrincipalName) {
        report(
          {
            nl: `${props.userPrincipalName} logt niet in met het primaire mailadres, ${props.mail}`,
            en: `${props.userPrincipalName} does not sign in with the primary address, ${props.mail}`,
          },
          urn,
        );
      }
    }
  },
};
