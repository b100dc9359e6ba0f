/** What the terms of subscriptions bring, and when: renewals, ends, and the last days on which something can be changed. */
import { nl, en } from "../core/i18n/phrases.ts";
import type { Text } from "../core/language.ts";
import { makesMailbox, productName } from "../core/sku-catalogue.ts";
import { lastChangeDay, standingOf } from "../core/terms.ts";
import type { Standing } from "../core/terms.ts";
import { findHolders } from "./rules/licenses.ts";
import type { Tenant } from "./tenant-schema.ts";

type Subscription = NonNullable<Tenant["subscriptions"]>[number];

export interface Agreed {
  /** Last day on which it holds, or the day of a renewal: YYYY-MM-DD in the customer's country. */
  readonly day: string;
  readonly text: Text;
}

/** @param today in the customer's country, whose days these are */
export const termsDue = (tenant: Tenant, today: string): Agreed[] =>
  (tenant.subscriptions ?? []).flatMap((subscription) => {
    const partnerAtTermEnd = tenant.licensePartner?.atTermEnd;
    const standing = standingOf({ ...subscription, partnerAtTermEnd }, today);
    const { cancellationAllowedUntil: back, start, atRenewal, sku } = subscription;
    const product = productName(sku);
    const giveBack: Agreed[] =
      back === undefined || back < today
        ? []
        : [
            {
              day: back,
              text: {
                nl: `Laatste dag waarop licenties ${product} teruggegeven kunnen worden`,
                en: `Last day on which licences for ${product} can be given back`,
              },
            },
          ];
    if (standing === undefined) return giveBack;
    const { end, phase, isNamed, start: since } = standing;
    // The term of which the number for the renewal was agreed is over, and the file still speaks of it.
    const renewed: Agreed[] =
      isNamed || atRenewal === undefined || start === undefined
        ? []
        : [
            {
              day: standingOf({ ...subscription, atTermEnd: "stop" }, start)?.end ?? since,
              text: {
                nl: `${product} is verlengd voor ${licenses(atRenewal).nl}: schrijf start: ${since} en count: ${atRenewal}`,
                en: `${product} has renewed for ${licenses(atRenewal).en}: write start: ${since} and count: ${atRenewal}`,
              },
            },
          ];
    const change: Agreed[] =
      phase !== "running" || lastChangeDay(end, tenant.tenant.country) < today
        ? []
        : [
            {
              day: lastChangeDay(end, tenant.tenant.country),
              text: {
                nl: `Laatste dag om voor ${nl.day(end)} een ander aantal ${product} te bestellen`,
                en: `Last day to order another number of ${product} for ${en.day(end)}`,
              },
            },
          ];
    const text = endText(subscription, { standing, loses: loses(tenant, sku) });
    return [...giveBack, ...renewed, ...change, { day: end, text }];
  });

const licenses = (count: number): Text => ({
  nl: nl.count(count, { one: "licentie", other: "licenties" }),
  en: en.count(count, { one: "licence", other: "licences" }),
});

interface AtTheEnd {
  readonly standing: Standing;
  /** Who loses what, in a clause that ends with it. */
  readonly loses: Text;
}

function endText(
  { sku, count, atRenewal = count }: Subscription,
  { standing: { phase, next }, loses }: AtTheEnd,
): Text {
  const product = productName(sku);
  if (phase === "extended") {
    return {
      nl: `${product} is niet verlengd en loopt sindsdien per maand door, ${DEARER.nl}`,
      en: `${product} was not renewed and has gone on by the month since, ${DEARER.en}`,
    };
  }
  if (phase === "ended") {
    return {
      nl: `${product} is gestopt: ${loses.nl} kwijt`,
      en: `${product} has stopped: ${loses.en}`,
    };
  }
  switch (next) {
    case "renew":
      return {
        nl: `${product} wordt verlengd voor ${licenses(atRenewal).nl}`,
        en: `${product} renews for ${licenses(atRenewal).en}`,
      };
    case "stop":
      return {
        nl: `${product} stopt: ${loses.nl} kwijt`,
        en: `${product} stops: ${loses.en}`,
      };
    case "extend":
      return {
        nl: `${product} wordt niet verlengd en loopt per maand door, ${DEARER.nl}`,
        en: `${product} is not renewed and goes on by the month, ${DEARER.en}`,
      };
    case undefined:
      return {
        nl: `${product} wordt verlengd of stopt, dat is niet bekend: vraag het de licentiepartner (stopt het: ${loses.nl} kwijt)`,
        en: `${product} renews or stops, which is not known: ask the licence partner (if it stops: ${loses.en})`,
      };
  }
}

/** @see https://learn.microsoft.com/partner-center/customers/extended-service-terms (as copied elsewhere, 2026-11) */
const DEARER: Text = {
  nl: "3% duurder dan de maandprijs (23% als Microsoft geen maandtermijn verkoopt)",
  en: "3% dearer than by the month (23% where Microsoft sells no monthly term)",
};

/** "12 people lose mail": those to whom no other product gives a mailbox; without mail in it, those who hold it. */
function loses(tenant: Tenant, sku: string): Text {
  const held = findHolders(tenant);
  const holders = [...(held.get(sku) ?? [])];
  const others = [...held].filter(([other]) => other !== sku && makesMailbox(other, []));
  const withoutMail = makesMailbox(sku, [])
    ? holders.filter((person) => !others.some(([, people]) => people.has(person)))
    : [];
  const isMail = withoutMail.length > 0;
  const count = isMail ? withoutMail.length : holders.length;
  return {
    nl: `${nl.count(count, { one: "persoon raakt", other: "mensen raken" })} ${isMail ? "mail" : "het"}`,
    en: `${en.count(count, { one: "person loses", other: "people lose" })} ${isMail ? "mail" : "it"}`,
  };
}
