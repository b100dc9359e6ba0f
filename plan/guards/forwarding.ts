/** Mail that leaves the organisation by itself: often meant, and what whoever breaks in sets up first. */
import { domainOfAddress } from "../../core/mail-address.ts";
import { NOUNS } from "../../core/nouns.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** @param domains of the tenant, in lower case */
export function forwardingFindings(
  changes: readonly Change[],
  domains: readonly string[],
): Finding[] {
  const own = new Set(domains);
  return changes
    .filter(({ type, operation }) => type === NOUNS.userMail.type && operation !== "delete")
    .flatMap((change) => {
      const to = change.properties.find(({ path }) => path === "forwardingSmtpAddress")?.after;
      if (typeof to !== "string" || to === "") return [];
      return own.has(domainOfAddress(to)) ? [] : [leaves(change, to)];
    });
}

const leaves = (change: Change, to: string): Finding => ({
  ...bySafeguard("forwarding-outside", [change]),
  message: {
    nl: `De mail van ${change.name} gaat vanzelf naar ${to}, buiten de organisatie; Microsoft laat dat alleen door als het toegestaan is`,
    en: `The mail of ${change.name} goes to ${to} by itself, outside the organisation; Microsoft lets it through only where that is allowed`,
  },
  clearedBy: "none-needed",
});
