import type { Rule } from "./rule.ts";
import { resourcesOf } from "./tenant-facts.ts";

/** Best practice of the migration: people sign in with the address that they mail from. */
export const userNameIsPrimaryAddress: Rule = {
  name: "m365-user-name-is-primary-address",
  description: "Checks that every user principal name equals the user's primary address.",
  check: (resources, report) => {
    for (const { urn, props } of resourcesOf(resources, "azuread:index/user:User")) {
      if (props.mail !== undefined && props.mail !== props.userPrincipalName) {
        report(`${props.userPrincipalName} signs in with another name than ${props.mail}.`, urn);
      }
    }
  },
};
