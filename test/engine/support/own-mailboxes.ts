/** What the mailboxes of people can be set to. */
import fc from "fast-check";

export const ownMailbox = fc.record({
  forwards: fc.option(fc.constantFrom<string>("first", "itself", "ann@example.org")),
  keeps: fc.boolean(),
  hold: fc.boolean(),
  archive: fc.boolean(),
  // A text that nobody could read, days, and a period with hours.
  replies: fc.option(fc.constantFrom<string>("always", "empty", "days", "hours", "over")),
  audience: fc.constantFrom<string>("none", "contactsOnly", "all"),
  language: fc.option(fc.constantFrom("nl-NL", "fr-BE")),
  holders: fc.uniqueArray(fc.nat(9), { maxLength: 2 }),
  role: fc.constantFrom("read", "write"),
});
type OwnMailbox = typeof ownMailbox extends fc.Arbitrary<infer T> ? T : never;

/** Days are those of the Netherlands. */
const PERIODS: Readonly<Record<string, readonly [from: string, until: string]>> = {
  days: ["2031-06-30T22:00:00", "2031-07-14T22:00:00"],
  hours: ["2031-06-30T15:00:00", "2031-07-14T22:00:00"],
  over: ["2021-06-30T22:00:00", "2021-07-14T22:00:00"],
};

/** As Graph takes it. */
export function settingsOf({ replies, audience, language }: OwnMailbox) {
  const [start, end] = PERIODS[replies ?? ""] ?? [];
  const at = (dateTime: string | undefined) =>
    dateTime === undefined ? undefined : { dateTime, timeZone: "UTC" };
  const text = replies === "empty" ? "" : "<p>Ik ben er niet.</p><p>Bel Jan &amp; Co</p>";
  return {
    ...(language === null ? {} : { language: { locale: language } }),
    ...(replies === null
      ? {}
      : {
          automaticRepliesSetting: {
            status: start === undefined ? "alwaysEnabled" : "scheduled",
            ...{ externalAudience: audience, internalReplyMessage: text },
            externalReplyMessage: audience === "none" ? "" : text,
            ...(start && { scheduledStartDateTime: at(start), scheduledEndDateTime: at(end) }),
          },
        }),
  };
}
