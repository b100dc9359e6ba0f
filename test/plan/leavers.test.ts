import { describe, expect, it } from "vitest";
import { assignmentName } from "../../core/directory-roles.ts";
import { NOUNS } from "../../core/nouns.ts";
import { endsOf } from "../../plan/ends.ts";
import type { Change } from "../../plan/model/model.ts";
import { aChange, aPlan, property } from "./support.ts";

const [ANNA, BRAM, ID] = ["anna@contoso.com", "bram@contoso.com", "id-of-anna"];
const UNTIL = "2026-11-27";

const update = (key: string, type: string, properties: Change["properties"]): Change =>
  aChange(key, { type, operation: "update", properties });

const element = (
  path: string,
  key: string,
  before: object | string,
): Change["properties"][number] => ({
  ...{ path, kind: "changed" as const, secret: false },
  elements: [{ key, before: before as never }],
});

const agreed = [`leaver ${ANNA}`, `start fullAccess ${ANNA} ${BRAM}`];
const dropped = update("Contoso", NOUNS.tenant.type, [
  {
    ...{ path: "endDays", kind: "changed", secret: false },
    elements: agreed.map((ending) => ({ key: ending, before: { ending, until: UNTIL } })),
  },
]);
const converted = aChange(`${ANNA}${NOUNS.userMailboxType.list.suffix}`, {
  type: NOUNS.userMailboxType.type,
  properties: [property("userId", undefined, ID)],
});
const grants = (to: string): Change =>
  update(`${ANNA}${NOUNS.userMailboxPermissions.list.suffix}`, NOUNS.userMailboxPermissions.type, [
    {
      ...{ path: "fullAccess", kind: "changed", secret: false },
      elements: [{ key: to, after: { userPrincipalName: to, until: "2027-02-25" } }],
    },
  ]);

const isOnly = (...changes: readonly Change[]): boolean =>
  endsOf(aPlan([dropped, ...changes]), "2026-11-28") !== undefined;

describe("a plan that only does what goes with a departure", () => {
  it.each([
    [
      "blocks the account",
      update(ANNA, NOUNS.user.type, [property("accountEnabled", true, false)]),
    ],
    ["converts the mailbox", converted],
    ["lets the agreed one in", grants(BRAM)],
    [
      "frees licences",
      update(`${ANNA}${NOUNS.userLicense.list.suffix}`, NOUNS.userLicense.type, [
        element("licenses", "SPB", { sku: "SPB" }),
      ]),
    ],
    [
      "takes a membership",
      update(`kantoor${NOUNS.groupMembership.list.suffix}`, NOUNS.groupMembership.type, [
        element("members", "any id", { id: "any id", userPrincipalName: ANNA }),
      ]),
    ],
    [
      "takes access to a site",
      update(`/sites/a${NOUNS.sitePermissions.list.suffix}`, NOUNS.sitePermissions.type, [
        element("grants", "any id", { id: "any id", principal: ANNA, role: "edit" }),
      ]),
    ],
    [
      "takes a role",
      aChange(assignmentName(ANNA, "fe930be7-5e62-47db-91af-98c3a49a38b1"), {
        ...{ type: NOUNS.roleAssignment.type, operation: "delete" },
      }),
    ],
  ])("%s", (_, change) => {
    expect(isOnly(change)).toBe(true);
  });

  it("takes an ownership, which the plan has by object id", () => {
    const owns = (id: string) => update("kantoor", NOUNS.group.type, [element("owners", id, id)]);
    expect(isOnly(converted, owns(ID))).toBe(true);
    expect(isOnly(converted, owns("another id"))).toBe(false);
    expect(isOnly(owns(ID))).toBe(false);
  });

  it.each([
    ["lets somebody else in", grants("carla@contoso.com")],
    [
      "blocks somebody else",
      update(BRAM, NOUNS.user.type, [property("accountEnabled", true, false)]),
    ],
    ["unblocks", update(ANNA, NOUNS.user.type, [property("accountEnabled", false, true)])],
    ["renames", update(ANNA, NOUNS.user.type, [property("displayName", "a", "b")])],
    [
      "takes what is somebody else's",
      update(`kantoor${NOUNS.groupMembership.list.suffix}`, NOUNS.groupMembership.type, [
        element("members", "any id", { id: "any id", userPrincipalName: BRAM }),
      ]),
    ],
    [
      "frees somebody else's licences",
      update(`${BRAM}${NOUNS.userLicense.list.suffix}`, NOUNS.userLicense.type, [
        element("licenses", "SPB", { sku: "SPB" }),
      ]),
    ],
    ["removes the account", aChange(ANNA, { type: NOUNS.user.type, operation: "delete" })],
    ["removes a group", aChange("kantoor", { type: NOUNS.group.type, operation: "delete" })],
  ])("is not one that %s", (_, change) => {
    expect(isOnly(change)).toBe(false);
  });
});
