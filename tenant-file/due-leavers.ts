/** Which licences fall free when somebody leaves, and from which day on there can be one fewer. */
import { addDays } from "../core/calendar.ts";
import { en, nl } from "../core/i18n/phrases.ts";
import { productName } from "../core/sku-catalogue.ts";
import { lastChangeDay, standingOf } from "../core/terms.ts";
import type { Agreed } from "./due-terms.ts";
import { leaversOf } from "./leavers.ts";
import type { Tenant } from "./tenant-schema.ts";

/** @param today in the customer's country; of what fell free before it nothing is said */
export const seatsDue = (tenant: Tenant, today: string): Agreed[] =>
  leaversOf(tenant)
    .filter(({ keepsLicense, lastDay }) => !keepsLicense && lastDay >= today)
    .flatMap(({ user: { userPrincipalName: name, displayName, licenses = [] }, lastDay }) => {
      const day = addDays(lastDay, 1);
      const through = (tenant.groups ?? []).flatMap((group) =>
        group.members?.includes(name) ? (group.licenses ?? []) : [],
      );
      return [...new Set([...licenses, ...through])].map((sku): Agreed => {
        const fewer = fewerFrom(tenant, { sku, day });
        const product = productName(sku);
        return {
          day,
          text: {
            nl: `De licentie ${product} van ${displayName} komt vrij${fewer === undefined ? "" : `; het aantal kan omlaag per ${nl.day(fewer.from)}, te bestellen tot en met ${nl.day(fewer.order)}`}`,
            en: `The licence ${product} of ${displayName} falls free${fewer === undefined ? "" : `; there can be one fewer from ${en.day(fewer.from)}, ordered by ${en.day(fewer.order)}`}`,
          },
        };
      });
    });

/** The first renewal for which another number can still be ordered on that day; undefined where no term is known. */
function fewerFrom(
  { subscriptions = [], tenant: { country } }: Tenant,
  { sku, day }: { readonly sku: string; readonly day: string },
): { readonly from: string; readonly order: string } | undefined {
  const subscription = subscriptions.find((one) => one.sku === sku);
  if (subscription === undefined) return undefined;
  for (let at = day, tries = 0; tries < 2; tries += 1) {
    const end = standingOf({ ...subscription, atTermEnd: "renew" }, at)?.end;
    if (end === undefined) return undefined;
    const order = lastChangeDay(end, country);
    if (order >= day) return { from: end, order };
    at = end;
  }
  return undefined;
}
