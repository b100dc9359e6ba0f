/** From no relation to one in force whose roles the provider's groups have, by the emulator's own answers. */
import { describe, expect, it, onTestFinished } from "vitest";
import { createMicrosoft365 } from "../../../services/microsoft365.ts";
import type { Microsoft365 } from "../../../services/index.ts";
import { GLOBAL_ADMINISTRATOR } from "../../../core/directory-roles.ts";
import {
  freeName,
  inviteCustomer,
  relationStanding,
} from "../../../provider/directory/partner-invitation.ts";
import type { Invitation } from "../../../provider/directory/partner-invitation.ts";
import {
  CLIENT_SECRET,
  contoso,
  startTestEmulator,
  TENANT_ID,
} from "../../emulator/support/emulator.ts";
import type { Json, TestEmulator } from "../../emulator/support/emulator.ts";

const APP = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";
const CUSTOMER = "cccccccc-2222-4333-8444-555555555555";
const READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
const HELPDESK = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
const USERS = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const PATH = "/tenantRelationships/delegatedAdminRelationships";
const TODAY = "2026-11-27";
const DAY_MS = 86_400_000;

const template = {
  roles: [READER, HELPDESK, USERS],
  groups: [
    { name: "Helpdesk", roles: [READER, HELPDESK] },
    { name: "Engineers", roles: [READER, USERS] },
  ],
};

interface World {
  readonly emulator: TestEmulator;
  readonly asked: Invitation;
  /** Operations that wrote, in their order. */
  readonly writes: string[];
  readonly partner: (mayWrite?: () => void) => Microsoft365;
  readonly invite: (more?: Partial<Invitation>) => ReturnType<typeof inviteCustomer>;
  readonly relations: () => Promise<Json[]>;
  /** As somebody makes one by hand, up to the customer's approval where asked. */
  readonly add: (how: {
    readonly name: string;
    readonly roles?: readonly string[];
    readonly extended?: boolean;
    readonly until?: "created" | "approvalPending" | "active";
  }) => Promise<Json>;
}

/** Contoso is the partner; the application has no more than the documentation asks for. */
async function aWorld(
  securityGroups = ["Helpdesk", "Engineers"],
  options: Parameters<typeof startTestEmulator>[0] = {},
): Promise<World> {
  const emulator = await startTestEmulator(options);
  const roles = ["DelegatedAdminRelationship.ReadWrite.All", "GroupMember.Read.All"];
  const applications = [{ clientId: APP, clientSecret: CLIENT_SECRET, roles }];
  emulator.addTenant({ ...contoso, applications, securityGroups });
  const writes: string[] = [];
  const partner: World["partner"] = (mayWrite = () => undefined) => {
    const service = createMicrosoft365({
      ...{ tenantId: TENANT_ID, endpoints: emulator.endpoints, mayWrite, clock: emulator.clock },
      credential: { kind: "client-secret", clientId: APP, clientSecret: CLIENT_SECRET },
      trustedCertificatesPem: emulator.certificateAuthorityPem,
      onRequest: ({ method, operation, isBatch }) => {
        emulator.behaviour.lostAnswerShare = 0;
        if (method !== "GET" && !isBatch && !operation.includes("token")) {
          writes.push(`${method} ${operation.slice(PATH.length)}`);
        }
      },
    });
    onTestFinished(() => service.close());
    return service;
  };
  const customer = { tenantId: CUSTOMER, displayName: "Acme BV" };
  const asked = { partner: partner(), customer, template };
  return {
    ...{ emulator, asked, writes, partner },
    invite: (more) => inviteCustomer({ ...asked, ...more }, TODAY),
    relations: async () => (await emulator.graph("GET", PATH)).body.value,
    add: async ({ name, roles: ids = template.roles, extended = false, until = "active" }) => {
      const body = {
        ...{ displayName: name, duration: "P90D" },
        autoExtendDuration: extended ? "P180D" : "PT0S",
        customer: { tenantId: CUSTOMER, displayName: "Acme BV" },
        accessDetails: { unifiedRoles: ids.map((roleDefinitionId) => ({ roleDefinitionId })) },
      };
      const made = (await emulator.graph("POST", PATH, { body })).body;
      if (until !== "created") {
        const action = { action: "lockForApproval" };
        await emulator.graph("POST", `${PATH}/${made.id}/requests`, { body: action });
      }
      if (until === "active") emulator.approveRelationship(made.id);
      return made;
    },
  };
}

const LOCK = "POST /{id}/requests";
const GIVE = "POST /{id}/accessAssignments";
const EXTEND = "PATCH /{id}";
const MAKE = "POST ";

describe("a relation with a customer", () => {
  it("is made with the roles of the settings, waits for the customer, and then gives the groups theirs", async () => {
    const { emulator, invite, writes, relations, asked } = await aWorld();
    const invited = await invite();
    expect(invited.current).toMatchObject({
      ...{ status: "approvalPending", displayName: "Acme BV 2026-11-27", isExtended: true },
      ...{ roles: template.roles, customerTenantId: CUSTOMER },
    });
    expect(invited.groups.map(({ state }) => state)).toEqual(["none", "none"]);
    expect(writes.splice(0)).toEqual([MAKE, LOCK]);
    expect(await relations()).toMatchObject([{ duration: "P730D", autoExtendDuration: "P180D" }]);

    expect((await invite()).current?.id).toBe(invited.current?.id);
    expect(writes).toEqual([]);

    emulator.approveRelationship(invited.current?.id ?? "");
    const active = await invite();
    expect(active.current).toMatchObject({ id: invited.current?.id, status: "active" });
    expect(active.groups.map(({ name, state }) => [name, state])).toEqual([
      ["Helpdesk", "active"],
      ["Engineers", "active"],
    ]);
    expect(writes.splice(0)).toEqual([GIVE, GIVE]);

    expect(await invite()).toEqual(active);
    expect(await relationStanding(asked)).toEqual(active);
    expect(writes).toEqual([]);
  });

  it("is read by a client that cannot write", async () => {
    const { add, asked, partner } = await aWorld();
    await add({ name: "By hand", until: "created" });
    const refuse = () => {
      throw new Error("It only reads");
    };
    const standing = await relationStanding({ ...asked, partner: partner(refuse) });
    expect(standing.current?.status).toBe("created");
    await expect(inviteCustomer({ ...asked, partner: partner(refuse) }, TODAY)).rejects.toThrow(
      "It only reads",
    );
  });

  it("is known although the list does not show it yet", async () => {
    const behaviour = { visibilityDelayMs: 60_000, replicas: 5 };
    const { invite, writes } = await aWorld(undefined, { behaviour });
    expect((await invite()).current?.status).toBe("approvalPending");
    // Locking is tried again until it is there; making is not.
    expect(writes.filter((write) => write !== LOCK)).toEqual([MAKE]);
  });

  it("that a run left half made is locked by the next, and no second one is made", async () => {
    const { add, invite, relations, writes } = await aWorld();
    const { id } = await add({ name: "Acme BV 2026-11-26", until: "created" });
    expect((await invite()).current).toMatchObject({ id, status: "approvalPending" });
    expect(writes).toEqual([LOCK]);
    expect(await relations()).toHaveLength(1);
  });

  it("of which every answer is lost is looked for instead of being made again", async () => {
    const { emulator, asked, partner, relations, writes } = await aWorld();
    // The first answer to each write.
    const losing = partner(() => (emulator.behaviour.lostAnswerShare = 1));
    const { current } = await inviteCustomer({ ...asked, partner: losing }, TODAY);
    expect(current?.status).toBe("approvalPending");
    expect(writes.splice(0)).toEqual([MAKE, LOCK]);
    emulator.approveRelationship(current?.id ?? "");
    const { groups } = await inviteCustomer({ ...asked, partner: losing }, TODAY);
    expect(groups.map(({ state }) => state)).toEqual(["active", "active"]);
    expect(writes).toEqual([GIVE, GIVE]);
    expect(await relations()).toHaveLength(1);
  });

  it("gives a group the roles that are missing where a run died between two groups, and corrects the others", async () => {
    const { emulator, add, invite, writes, asked } = await aWorld();
    await add({ name: "Ours", extended: true });
    await invite({ template: { ...template, groups: template.groups.slice(0, 1) } });
    writes.splice(0);
    expect((await relationStanding(asked)).groups.map(({ state }) => state)).toEqual([
      "active",
      "none",
    ]);
    await invite();
    expect(writes.splice(0)).toEqual([GIVE]);
    const groups = [{ name: "Helpdesk", roles: [READER] }];
    const changed = { ...asked, template: { ...template, groups } };
    const before = await relationStanding(changed);
    expect(before.groups.map(({ state }) => state)).toEqual(["other roles"]);
    expect(before.otherGroups).toHaveLength(1);
    const after = await inviteCustomer(changed, TODAY);
    expect(after.groups.map(({ state }) => state)).toEqual(["active"]);
    expect(writes).toEqual(["PATCH /{id}/accessAssignments/{id}"]);
    expect(emulator.approveRelationship("nothing")).toBe(false);
  });

  it("in force that would end is extended", async () => {
    const { add, invite, writes } = await aWorld();
    const { id } = await add({ name: "Ends" });
    expect((await invite()).current).toMatchObject({ id, isExtended: true });
    expect(writes).toEqual([EXTEND, GIVE, GIVE]);
  });

  it.each([
    ["Microsoft made in its transition", { name: "MLT_12345678" }],
    ["has Global Administrator", { name: "Old", roles: [...template.roles, GLOBAL_ADMINISTRATOR] }],
    ["lacks a role", { name: "Old", roles: [READER] }],
  ])("in force that %s gets another one beside it", async (_what, old) => {
    const { add, invite, writes } = await aWorld();
    const { id } = await add(old);
    const { current, relations } = await invite();
    expect(current?.id).not.toBe(id);
    expect(relations).toHaveLength(2);
    expect(writes).toEqual([MAKE, LOCK]);
  });

  it("that ended is made again, under a name of its own", async () => {
    const { emulator, add, invite, relations } = await aWorld();
    await add({ name: "Acme BV 2026-11-27" });
    // Set up by now, so that its days are counted from here.
    await relations();
    emulator.clock.advance(91 * DAY_MS);
    const { current, relations: all } = await invite();
    expect(current?.displayName).toBe("Acme BV 2026-11-27 (2)");
    expect(all.map(({ status }) => status).sort()).toEqual(["approvalPending", "expired"]);
  });

  it("asks a customer once: not while another relation waits", async () => {
    const { emulator, add, invite, writes } = await aWorld();
    const other = await add({ name: "Other roles", roles: [READER], until: "approvalPending" });
    await expect(invite()).rejects.toMatchObject({
      code: "relation-differs",
      message: expect.stringContaining("Other roles") as string,
    });
    expect(writes).toEqual([]);
    // As the remedy says: once the customer has approved it, ours is made beside it.
    emulator.approveRelationship(other.id);
    expect((await invite()).current?.displayName).toBe("Acme BV 2026-11-27");
  });

  it("makes nothing as long as a group of the settings is not there", async () => {
    const { emulator, invite, writes } = await aWorld(["Helpdesk"]);
    await expect(invite()).rejects.toMatchObject({
      code: "partner-group-unknown",
      details: ["Engineers: none"],
    });
    expect(writes).toEqual([]);
    emulator.addTenant({ ...contoso, securityGroups: ["Engineers"] });
    expect((await invite()).current?.status).toBe("approvalPending");
  });

  it("takes no group for another of its name, nor one that is not a security group", async () => {
    const { emulator, invite } = await aWorld(["Helpdesk"]);
    const group = (displayName: string, securityEnabled: boolean, mailNickname: string) =>
      emulator.graph("POST", "/groups", {
        body: {
          ...{ displayName, securityEnabled, mailNickname, mailEnabled: !securityEnabled },
          ...(securityEnabled ? {} : { groupTypes: ["Unified"] }),
        },
      });
    await group("Helpdesk", true, "second");
    await group("Engineers", false, "engineers");
    await expect(invite()).rejects.toMatchObject({
      details: ["Helpdesk: 2", "Engineers: none"],
    });
  });
});

describe("the name of a relation", () => {
  it.each([
    ["Acme BV", [], "Acme BV 2026-11-27"],
    ["Acme BV", ["acme bv 2026-11-27"], "Acme BV 2026-11-27 (2)"],
    ["x".repeat(60), [], `${"x".repeat(39)} 2026-11-27`],
    ["x".repeat(60), [`${"x".repeat(39)} 2026-11-27`], `${"x".repeat(35)} 2026-11-27 (2)`],
    [`${"x".repeat(38)}😀`, [], `${"x".repeat(38)} 2026-11-27`],
  ])("of %s is within 50 characters, whole, and of its own", (customer, taken, name) => {
    expect(freeName(customer, TODAY, taken)).toBe(name);
    expect(name.length).toBeLessThanOrEqual(50);
  });
});
