/** Mail that leaves the organisation by itself is said beside the plan. */
import { expect, it } from "vitest";
import { forwardingFindings } from "../../../plan/guards/forwarding.ts";
import { aChange, property } from "../support.ts";

const forwarding = (to: string) =>
  aChange("anna", {
    ...{ type: "m365:exchange:UserMail", section: "people", name: "Anna" },
    properties: [property("forwardingSmtpAddress", undefined, to)],
  });
const found = (to: string) => forwardingFindings([forwarding(to)], ["contoso.com"]);

it("names the mailbox and where its mail goes, and stops nothing", () => {
  expect(found("anna@home.example")).toEqual([
    {
      ...{ code: "forwarding-outside", source: "safeguard", clearedBy: "none-needed" },
      urns: [forwarding("").urn],
      message: {
        nl: "De mail van Anna gaat vanzelf naar anna@home.example, buiten de organisatie; Microsoft laat dat alleen door als het toegestaan is",
        en: "The mail of Anna goes to anna@home.example by itself, outside the organisation; Microsoft lets it through only where that is allowed",
      },
    },
  ]);
});

it("says nothing of mail that stays inside, or is no longer forwarded", () => {
  expect(found("bob@contoso.com")).toEqual([]);
  expect(found("")).toEqual([]);
});
