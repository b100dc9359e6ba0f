import { describe, expect, it } from "vitest";
import { contoso, contosoWith, expectOneProblem, problemsOf, tenantOf } from "../contoso.ts";

const EMERGENCY = "noodtoegang@contoso.onmicrosoft.com";
const UNMANAGED = `unmanaged:
  users:
    - userPrincipalName: ${EMERGENCY}
      id: 3c6f5f5e-8a41-4c39-9d7a-0d3b2f1c9a10
`;

const withRules = (rules: string, ...changes: [from: string, to: string][]): string =>
  `${contosoWith(...changes)}${UNMANAGED}signInSecurity:\n${rules}`;

describe("rules for signing in", () => {
  it("are read with their stages, countries and exceptions", () => {
    const text = withRules(`  securityDefaults: off
  twoStepForEveryone: on
  blockLegacySignIn: reportOnly
  trustedCountries:
    stage: reportOnly
    countries: [NL, BE]
    unknownAddresses: blocked
    exceptions:
      - user: emma.smit@contoso.com
        until: 2027-01-10
        reason: Werkt vanuit Spanje
  excludedGroups: [directie]
`);
    expect(tenantOf(text).signInSecurity).toMatchObject({
      securityDefaults: "off",
      twoStepForEveryone: "on",
      trustedCountries: { countries: ["NL", "BE"], exceptions: [{ until: "2027-01-10" }] },
    });
  });

  it("say what holds for addresses without a country", () => {
    const text = withRules("  trustedCountries: { stage: reportOnly, countries: [NL] }\n");
    expect(problemsOf(text)).toMatchObject([
      { path: "signInSecurity.trustedCountries.unknownAddresses" },
    ]);
  });

  it("leave out emergency accounts, of which there is one, and whose ids are known", () => {
    const rules = "signInSecurity:\n  twoStepForEveryone: reportOnly\n";
    expectOneProblem(`${contoso}${rules}`, "emergencyAccounts: [^noodtoegang", {
      message: `${EMERGENCY} cannot be excluded from signInSecurity: its object id is not known`,
    });
    const line = `  emergencyAccounts: [${EMERGENCY}]\n`;
    expectOneProblem(`${contosoWith([line, ""])}${rules}`, "twoStepForEveryone: ^reportOnly", {
      message: "No emergency account would be excluded from this rule",
    });
  });

  it("name people and groups of the file", () => {
    const text = withRules(`  trustedCountries:
    stage: reportOnly
    countries: [NL]
    unknownAddresses: allowed
    exceptions: [{ user: nobody@contoso.com, until: 2027-01-10, reason: x }]
  excludedGroups: [directei]
`);
    expect(problemsOf(text)).toMatchObject([
      { path: "signInSecurity.trustedCountries.exceptions[0].user" },
      { path: "signInSecurity.excludedGroups[0]", suggestion: "directie" },
    ]);
  });

  it("are not on beside security defaults, which go off only with two steps for everyone on", () => {
    expectOneProblem(
      withRules("  securityDefaults: on\n  twoStepForEveryone: on\n"),
      "twoStepForEveryone: ^on",
      { message: "Microsoft allows no such rule while security defaults are on" },
    );
    expectOneProblem(
      withRules("  securityDefaults: off\n  twoStepForEveryone: reportOnly\n"),
      "securityDefaults: ^off",
      { message: "Without security defaults nothing would ask everyone for a second step" },
    );
    expect(
      problemsOf(withRules("  securityDefaults: on\n  twoStepForEveryone: reportOnly\n")),
    ).toEqual([]);
  });

  it("need a product with Microsoft Entra ID P1 among the subscriptions, security defaults do not", () => {
    const kiosk: [string, string][] = [
      ["- sku: SPB", "- sku: O365_BUSINESS_PREMIUM"],
      ["licenses: [SPB]", "licenses: [O365_BUSINESS_PREMIUM]"],
    ];
    expectOneProblem(
      withRules("  blockLegacySignIn: reportOnly\n", ...kiosk),
      "^blockLegacySignIn: reportOnly",
      {
        message: "No subscription of this file holds Microsoft Entra ID P1, which this rule needs",
      },
    );
    expect(problemsOf(withRules("  securityDefaults: on\n", ...kiosk))).toEqual([]);
  });
});
