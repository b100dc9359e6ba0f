import { expect, it } from "vitest";
import { parseMembershipRule } from "../../../emulator/entities/membership-rule.ts";

const jan = { id: "1", department: "Verkoop", jobTitle: "Manager Noord", accountEnabled: true };

it.each([
  ['user.department -eq "verkoop"', true],
  ['user.department -ne "Verkoop"', false],
  ['(user.jobTitle -startsWith "Manager") -and (user.accountEnabled -eq true)', true],
  ['user.department -in ["IT", "Verkoop"]', true],
  ['user.department -notIn ["IT", "Verkoop"]', false],
  ["not a rule", undefined],
  ['user.jobTitle -match "^Manager"', true],
  ['user.jobTitle -match "(["', undefined],
  ['-not (user.jobTitle -contains "noord") -or user.city -eq null', true],
  ["user.department -eq", undefined],
])("%s", (rule, expected) => {
  expect(parseMembershipRule(rule)?.(jan)).toBe(expected);
});
