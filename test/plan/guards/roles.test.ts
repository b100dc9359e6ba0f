/** Administrator roles in a plan: said aloud, and never taken from the last who has them. */
import { expect, it } from "vitest";
import { assignmentName, GLOBAL_ADMINISTRATOR } from "../../../core/directory-roles.ts";
import { NOUNS } from "../../../core/nouns.ts";
import { DEFAULT_LIMITS } from "../../../core/rules.ts";
import { roleFindings } from "../../../plan/guards/roles.ts";
import { safeguardFindings } from "../../../plan/guards/safeguards.ts";
import type { Change } from "../../../plan/model/model.ts";
import { aChange, property } from "../support.ts";

const USERS = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const [ANNA, EMERGENCY] = ["anna@contoso.com", "nood@contoso.com"] as const;

const role = (user: string, roleId: string, operation: Change["operation"] = "create"): Change =>
  aChange(assignmentName(user, roleId), { type: NOUNS.roleAssignment.type, operation });

const found = (...changes: readonly Change[]) =>
  roleFindings(changes, {
    roles: [{ user: ANNA, roleId: USERS, reason: "Nieuwe mensen", until: "2027-06-30" }],
    emergencyAccounts: [EMERGENCY],
  });

it("say what a role opens, with reason and last day, and that a smaller one may do", () => {
  expect(found(role(ANNA, USERS)).map(({ message }) => message)).toEqual([
    {
      nl: "anna@contoso.com wordt gebruikersbeheerder en kan daarmee bij accounts of gegevens van anderen; afgesproken tot en met 30 juni 2027 (Nieuwe mensen)",
      en: "anna@contoso.com becomes User Administrator and can reach accounts or data of others; agreed until 30 June 2027 (Nieuwe mensen)",
    },
  ]);
  const codes = found(role(ANNA, GLOBAL_ADMINISTRATOR)).map(({ code }) => code);
  expect(codes).toEqual(["privileged-role", "smaller-role"]);
  expect(found(role(EMERGENCY, GLOBAL_ADMINISTRATOR)).map(({ code }) => code)).toEqual([
    "privileged-role",
  ]);
});

it("say nothing of what only reads, stays or goes", () => {
  expect(found(role(ANNA, READER), role(ANNA, USERS, "delete"))).toEqual([]);
});

const stops = (changes: readonly Change[], lists: readonly (readonly string[])[]) =>
  safeguardFindings(
    { changes, consequences: [] },
    {
      ...{
        existing: { people: 9, mailboxes: 9, sites: 9, licenses: 9 },
        remove: [],
        allowsMany: [],
      },
      ...{ limits: DEFAULT_LIMITS, emergencyAccounts: [EMERGENCY], globalAdministrators: lists },
    },
  ).map(({ code, message, clearedBy }) => [code, message.en, clearedBy]);

it("leave an emergency account what it has, and somebody who can do anything", () => {
  expect(stops([role(EMERGENCY, READER, "delete")], [])).toEqual([
    [
      "emergency-role-removed",
      `Emergency access account ${EMERGENCY} can never lose its administrator role`,
      "nothing",
    ],
  ]);
  const bob = "bob@contoso.com";
  const gone = role(ANNA, GLOBAL_ADMINISTRATOR, "delete");
  const last = `Removing ${ANNA} would leave no Global Administrator`;
  expect(stops([gone], [[ANNA, bob]])).toEqual([]);
  expect(stops([gone], [[ANNA], [bob]])).toEqual([
    ["last-global-administrator-removed", last, "nothing"],
  ]);
  // One loses the role, the other may not sign in any more: together they are all.
  const blocked = aChange(bob, {
    operation: "update",
    properties: [property("accountEnabled", true, false)],
  });
  expect(stops([gone, blocked], [[ANNA, bob]])).toHaveLength(1);
  expect(stops([role(ANNA, GLOBAL_ADMINISTRATOR, "forget")], [[ANNA]])).toEqual([]);
});
