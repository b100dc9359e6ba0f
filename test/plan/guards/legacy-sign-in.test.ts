/** Who stops when old programs are blocked: by name where somebody looked, and where to look otherwise. */
import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { legacySignInFindings } from "../../../plan/guards/legacy-sign-in.ts";
import type { LegacySignIns } from "../../../plan/guards/legacy-sign-in.ts";
import { aChange, property } from "../support.ts";

const rule = (name: string, after: string | undefined) =>
  aChange(name, {
    ...{ type: NOUNS.accessRule.type, section: "tenant", name },
    operation: after === undefined ? "delete" : "create",
    properties: [property("state", undefined, after)],
  });
const blocking = rule("blockLegacySignIn", "enabledForReportingButNotEnforced");
const said = (seen: LegacySignIns | undefined) => legacySignInFindings([blocking], seen)[0];

it("names each with its programs, and stops nothing", () => {
  const scan = { user: "scan@contoso.com", clients: ["Authenticated SMTP"] };
  const anna = { user: "anna@contoso.com", clients: ["IMAP4", "POP3"] };
  expect(said({ found: [anna, scan] })).toMatchObject({
    ...{ code: "stops-with-legacy-sign-in", clearedBy: "none-needed" },
    message: {
      nl: "Logde de afgelopen 30 dagen zo in en stopt: anna@contoso.com (IMAP4, POP3); scan@contoso.com (Authenticated SMTP)",
    },
  });
});

it("names mailboxes from which a scanner may send, also where none did in that time", () => {
  expect(said({ found: [], senders: ["scan@contoso.com"] })?.message).toEqual({
    nl: "In de afgelopen 30 dagen logde niemand in met een oud programma dat hierdoor stopt. Ook wat met een wachtwoord (SMTP AUTH) mailt vanaf scan@contoso.com, stopt",
    en: "In the last 30 days nobody signed in by an old program that this stops. What sends with a password (SMTP AUTH) from scan@contoso.com stops too",
  });
});

it("says why it cannot be seen, and where to look", () => {
  expect(said({ needs: { product: "Microsoft Entra ID P1" } })?.message.en).toContain(
    "cannot be seen: the tenant has no Microsoft Entra ID P1. The Microsoft Entra admin center",
  );
  expect(said({ needs: { permission: "AuditLog.Read.All" } })?.message.nl).toContain(
    "het recht AuditLog.Read.All niet. In het Microsoft Entra-beheercentrum",
  );
  expect(said(undefined)?.message.en).toContain("Nobody looked");
});

it("differs by nothing that the digest covers, whatever was seen", () => {
  const { message: _, ...unseen } = said(undefined) ?? { message: undefined };
  const { message: _other, ...seen } = said({ found: [] }) ?? { message: undefined };
  expect(seen).toEqual(unseen);
});

it("is about that rule only, and not where it goes", () => {
  const others = [rule("twoStepForEveryone", "enabled"), rule("blockLegacySignIn", undefined)];
  expect(legacySignInFindings(others, undefined)).toEqual([]);
});
