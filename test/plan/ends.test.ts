import { describe, expect, it } from "vitest";
import { assignmentName } from "../../core/directory-roles.ts";
import { NOUNS } from "../../core/nouns.ts";
import { agreedEnds, droppedEnds, endsOf } from "../../plan/ends.ts";
import type { Change, Plan } from "../../plan/model/model.ts";
import { aChange, aPlan, options, property } from "./support.ts";

const [ANNA, BRAM, INFO] = ["anna@contoso.com", "bram@contoso.com", "info@contoso.com"];
const TODAY = "2026-11-28";
const RIGHT = `fullAccess ${INFO} ${BRAM}`;

const update = (key: string, type: string, properties: Change["properties"]): Change =>
  aChange(key, { type, operation: "update", properties });

type Property = Change["properties"][number];

const element = (
  path: string,
  key: string,
  sides: Omit<NonNullable<Property["elements"]>[number], "key">,
): Property => ({ path, kind: "changed", secret: false, elements: [{ key, ...sides }] });

/** The list of what is to end, without this any more. */
const dropped = (ending: string, until = "2026-11-27"): Change =>
  update("Contoso", NOUNS.tenant.type, [element("endDays", ending, { before: { ending, until } })]);

const ON_INFO = `${INFO}${NOUNS.mailboxPermissions.list.suffix}`;

const right = (path: string, user: string, side: "before" | "after" = "before"): Change =>
  update(ON_INFO, NOUNS.mailboxPermissions.type, [
    element(path, user, { [side]: { userPrincipalName: user } }),
  ]);

const goes = (user: string): Change => right("fullAccess", user);

const blocks = (key: string, type: string): Change =>
  update(key, type, [property("accountEnabled", true, false)]);

const ends = (changes: readonly Change[], overrides: Partial<Plan> = {}): boolean =>
  endsOf(aPlan(changes, overrides), TODAY) !== undefined;

describe("a plan that only ends what is over", () => {
  it("takes a right away, or blocks an account", () => {
    expect(endsOf(aPlan([dropped(RIGHT), goes(BRAM)]), TODAY)).toEqual([
      { ending: RIGHT, until: "2026-11-27" },
    ]);
    expect(ends([dropped(`user ${ANNA}`), blocks(ANNA, NOUNS.user.type)])).toBe(true);
    expect(ends([dropped(`guest ${ANNA}`), blocks(ANNA, NOUNS.guest.type)])).toBe(true);
  });

  it("takes a role away, and no other", () => {
    const role = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    const removed = aChange(assignmentName(BRAM, role), {
      ...{ type: NOUNS.roleAssignment.type, operation: "delete" },
    });
    expect(ends([dropped(`role ${role} ${BRAM}`), removed])).toBe(true);
    expect(ends([dropped(`role ${role} ${ANNA}`), removed])).toBe(false);
    expect(ends([dropped(`sendAs ${role} ${BRAM}`), removed])).toBe(false);
  });

  it("gives what begins: an account, a right as it was agreed, a role", () => {
    const unblocked = update(ANNA, NOUNS.user.type, [property("accountEnabled", false, true)]);
    expect(ends([dropped(`start user ${ANNA}`), unblocked])).toBe(true);
    expect(ends([dropped(`user ${ANNA}`), unblocked])).toBe(false);
    expect(ends([dropped(`start user ${ANNA}`), blocks(ANNA, NOUNS.user.type)])).toBe(false);
    expect(ends([dropped(`start user ${ANNA}`, TODAY), unblocked])).toBe(false);
    expect(ends([dropped(`start ${RIGHT}`), right("fullAccess", BRAM, "after")])).toBe(true);
    expect(ends([dropped(`start ${RIGHT}`), goes(BRAM)])).toBe(false);
    const calendar = (role: string): Change =>
      update(`${INFO}${NOUNS.calendarPermissions.list.suffix}`, NOUNS.calendarPermissions.type, [
        element("permissions", BRAM, { after: { userPrincipalName: BRAM, role } }),
      ]);
    const agreed = dropped(`start calendar ${INFO} ${BRAM} read`);
    expect(ends([agreed, calendar("read")])).toBe(true);
    // A file that says more by now was not agreed on.
    expect(ends([agreed, calendar("write")])).toBe(false);
    const role = "fe930be7-5e62-47db-91af-98c3a49a38b1";
    const given = aChange(assignmentName(BRAM, role), { type: NOUNS.roleAssignment.type });
    expect(ends([dropped(`start role ${role} ${BRAM}`), given])).toBe(true);
    expect(ends([dropped(`role ${role} ${BRAM}`), given])).toBe(false);
  });

  it("takes an exception of somebody away, and no other exclusion", () => {
    const EXCEPTION = `exception trustedCountries ${BRAM}`;
    const excluded = (key: string, name?: string, side: "before" | "after" = "before") =>
      element("conditions.users.excludedUsers", key, {
        ...{ [side]: key },
        ...(name === undefined ? {} : { shownAs: { [side]: name } }),
      });
    const rule = (...properties: Change["properties"]): Change =>
      update("trustedCountries", NOUNS.accessRule.type, properties);
    const ofBram = excluded("id-1", `Bram (weg) (${BRAM})`);
    expect(ends([dropped(EXCEPTION), rule(ofBram)])).toBe(true);
    expect(ends([dropped(EXCEPTION, TODAY), rule(ofBram)])).toBe(false);
    expect(ends([dropped(`exception twoStepForEveryone ${BRAM}`), rule(ofBram)])).toBe(false);
    const others = [
      [excluded("id-2", `${BRAM} (${ANNA})`)],
      [excluded("id-1")],
      [excluded("id-1", `Bram (${BRAM})`, "after")],
      [ofBram, excluded("id-2", `Anna (${ANNA})`)],
      [ofBram, element("conditions.users.excludedGroups", "id-3", { before: "id-3" })],
      [ofBram, property("state", "enabled", "disabled")],
    ];
    for (const properties of others) {
      expect(ends([dropped(EXCEPTION), rule(...properties)])).toBe(false);
    }
  });

  it("is not one where nothing is over", () => {
    expect(ends([])).toBe(false);
    expect(ends([goes(BRAM)])).toBe(false);
    expect(ends([blocks(ANNA, NOUNS.user.type)])).toBe(false);
  });

  it("is not one before the last day is over, whatever the file says by now", () => {
    expect(ends([dropped(RIGHT, TODAY), goes(BRAM)])).toBe(false);
    expect(ends([dropped(RIGHT, "2027-01-01"), goes(BRAM)])).toBe(false);
  });

  it.each([
    ["somebody else's right", goes(ANNA)],
    ["another account", blocks(ANNA, NOUNS.user.type)],
    ["a right that is given", right("fullAccess", BRAM, "after")],
    ["another kind of right", right("sendAs", BRAM)],
    ["something else of the tenant", update("Other", NOUNS.tenant.type, [property("a", 1, 2)])],
    [
      "an end that is agreed",
      update("Contoso", NOUNS.tenant.type, [
        element("endDays", "user x", { after: { ending: "user x", until: "2026-11-01" } }),
      ]),
    ],
    ["a new person", aChange("carla@contoso.com")],
    ["a removal", aChange(BRAM, { operation: "delete" })],
  ])("is not one with %s beside it", (_, other) => {
    expect(ends([dropped(RIGHT), goes(BRAM)])).toBe(true);
    expect(ends([dropped(RIGHT), goes(BRAM), other])).toBe(false);
  });

  it("is not one with another option, name, rule or scaffolding", () => {
    const optionChanges = [property("protect", true, false)];
    expect(ends([dropped(RIGHT), { ...goes(BRAM), optionChanges }])).toBe(false);
    expect(ends([dropped(RIGHT), { ...goes(BRAM), formerUrn: "urn" }])).toBe(false);
    const { rules } = aPlan();
    const stricter = { applied: rules.proposed, proposed: { ...rules.proposed, required: 2 } };
    expect(ends([dropped(RIGHT), goes(BRAM)], { rules: stricter })).toBe(false);
    const { type, urn, operation, properties, base } = goes(BRAM);
    const structure = [{ type, urn, operation, properties, base, options, optionChanges: [] }];
    expect(ends([dropped(RIGHT), goes(BRAM)], { structure })).toBe(false);
  });

  it("does not block somebody and change them otherwise", () => {
    const properties = [property("accountEnabled", true, false), property("jobTitle", "a", "b")];
    const change = update(ANNA, NOUNS.user.type, properties);
    expect(ends([dropped(`user ${ANNA}`), change])).toBe(false);
    const unblocked = update(ANNA, NOUNS.user.type, [property("accountEnabled", false, true)]);
    expect(ends([dropped(`user ${ANNA}`), unblocked])).toBe(false);
  });
});

describe("the ends in a plan", () => {
  it("are those of a new tenant, and those that come and go later", () => {
    const end = { ending: RIGHT, until: "2027-01-31" };
    const made = aChange("Contoso", {
      type: NOUNS.tenant.type,
      properties: [{ path: "endDays", kind: "added", after: [end], secret: false }],
    });
    expect(agreedEnds(aPlan([made]))).toEqual([end]);
    const later = update("Contoso", NOUNS.tenant.type, [element("endDays", RIGHT, { after: end })]);
    expect(agreedEnds(aPlan([later]))).toEqual([end]);
    expect(droppedEnds(aPlan([later]))).toEqual([]);
    expect(agreedEnds(aPlan([dropped(RIGHT)]))).toEqual([]);
  });
});
