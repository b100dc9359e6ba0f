import * as z from "zod";
import { groupName } from "./group-name.ts";
import { calendarDay, countryCode, text, userPrincipalName } from "./values.ts";

/** A rule counts first what it would stop, and is on afterwards: two plans, each approved. */
const stage = z.enum(["reportOnly", "on"]).meta({
  description: "reportOnly: only counts in reports and stops nobody; on: in force",
});

const exception = z.strictObject({
  user: userPrincipalName,
  until: calendarDay.meta({ description: "Last day of the exception" }),
  reason: text(500).meta({ description: "Why; the decision maker reads this" }),
});

const trustedCountries = z.strictObject({
  stage,
  countries: z.array(countryCode).min(1).meta({ description: "From where people may sign in" }),
  unknownAddresses: z.enum(["allowed", "blocked"]).meta({
    description:
      "What holds for addresses of which Microsoft knows no country, such as many of IPv6 and of mobile networks",
  }),
  exceptions: z
    .array(exception)
    .meta({ description: "Who may sign in from anywhere for a while" })
    .exactOptional(),
});

export const signInSecurity = z
  .strictObject({
    securityDefaults: z
      .enum(["on", "off"])
      .meta({
        description:
          "Microsoft's own minimum, without a licence; off only while twoStepForEveryone is on. Omitted: not managed",
      })
      .exactOptional(),
    twoStepForEveryone: stage.exactOptional(),
    phishingResistantAdministrators: stage.exactOptional(),
    blockLegacySignIn: stage.exactOptional(),
    trustedCountries: trustedCountries.exactOptional(),
    alongside: z
      .array(text(256))
      .meta({
        description:
          "Names of rules in the tenant that do the same as one of these and stay beside it; any other is refused",
      })
      .exactOptional(),
    excludedGroups: z
      .array(groupName)
      .meta({
        description: "Groups to which none of these rules applies, beside the emergency accounts",
      })
      .exactOptional(),
  })
  .meta({
    title: "Sign-in security",
    description:
      "Rules for signing in; all but securityDefaults need Microsoft Entra ID P1. Emergency accounts are excluded from each",
  });
