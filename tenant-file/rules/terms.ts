/** Terms of subscriptions: what their parts can be beside each other. Whether a day is over is nobody's question here. */
import { addDays, addMonths } from "../../core/calendar.ts";
import { TERM_MONTHS } from "../../core/terms.ts";
import type { Finding } from "../diagnostic.ts";
import { itemsOf, type Rule } from "./facts.ts";

/** The months of a term count from its start, not from the calendar year. */
export const committedSubscriptionsHaveAStart: Rule = ({ tenant: { subscriptions } }) =>
  itemsOf(subscriptions, ["subscriptions"]).flatMap(({ path, value }): Finding[] => {
    const { term = "monthly" } = value;
    if (term === "monthly" || "start" in value) return [];
    return [
      {
        path: [...path, "start"],
        message: `${term === "annual" ? "An annual" : "A triennial"} subscription needs the day on which its ${TERM_MONTHS[term]} months start`,
        allowed: "YYYY-MM-DD",
      },
    ];
  });

/** A monthly subscription changes its count at once; the same count at renewal has no effect. */
export const renewalsChangeCommittedNumbers: Rule = ({ tenant: { subscriptions } }) =>
  itemsOf(subscriptions, ["subscriptions"]).flatMap(({ path, value }): Finding[] => {
    const { term, count, atRenewal, atTermEnd } = value;
    if (atRenewal === undefined) return [];
    const place = { path: [...path, "atRenewal"], received: String(atRenewal) };
    if (term === "monthly") {
      const message = "Change a monthly subscription through its count";
      return [{ ...place, message, allowed: "count alone" }];
    }
    if (atRenewal === count) {
      const message = "This is the current count";
      return [{ ...place, message, allowed: "a number other than count" }];
    }
    if (atTermEnd !== undefined && (atTermEnd === "renew") === (atRenewal === 0)) {
      const message = `This contradicts atTermEnd: ${atTermEnd}`;
      return [{ ...place, message, allowed: "atRenewal alone" }];
    }
    return [];
  });

/** What ends by the month needs no end, and nobody pays for longer than the term. */
export const termsFitTogether: Rule = ({ tenant: { subscriptions } }) =>
  itemsOf(subscriptions, ["subscriptions"]).flatMap(({ path, value }): Finding[] => {
    const { term, billingCycle, start, customTermEndDate, atTermEnd } = value;
    if (term === undefined) return [];
    const months = TERM_MONTHS[term];
    const findings: Finding[] = [];
    if (billingCycle !== undefined && TERM_MONTHS[billingCycle] > months) {
      findings.push({
        path: [...path, "billingCycle"],
        message: "It cannot be paid for longer than its term",
        received: billingCycle,
        allowed: `${term}, or shorter`,
      });
    }
    if (term === "monthly" && atTermEnd !== undefined) {
      findings.push({
        path: [...path, "atTermEnd"],
        message: "A monthly subscription ends when its count does",
        received: atTermEnd,
        allowed: "for annual and triennial ones",
      });
    }
    if (customTermEndDate === undefined || start === undefined) return findings;
    const last = addDays(addMonths(start, months), -1);
    if (customTermEndDate < start || customTermEndDate > last || term === "monthly") {
      findings.push({
        path: [...path, "customTermEndDate"],
        message: "The first term cannot end on this day",
        received: customTermEndDate,
        allowed: term === "monthly" ? "for annual and triennial ones" : `${start} to ${last}`,
      });
    }
    return findings;
  });
