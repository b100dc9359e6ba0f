import { describe, expect, it } from "vitest";
import {
  contoso,
  createGroup,
  createUser,
  reference,
  startTestEmulator,
} from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";

const FINANCE = {
  displayName: "Finance",
  mailEnabled: false,
  mailNickname: "finance",
  securityEnabled: true,
};

describe("creating a group", () => {
  it("happens once when it is asked by its unique name", async () => {
    const emulator = await startTestEmulator();
    const upsert = (displayName: string) =>
      emulator.graph("PATCH", "/groups(uniqueName='finance')", {
        body: { ...FINANCE, displayName },
        headers: { Prefer: "create-if-missing" },
      });
    expect(await upsert("Finance")).toMatchObject({ status: 201, body: { uniqueName: "finance" } });
    expect((await upsert("Financiën")).status).toBe(204);
    const found = (await graphClient(emulator)
      .api("/groups")
      .filter("uniqueName eq 'finance'")
      .get()) as { value: object[] };
    expect(found.value).toMatchObject([{ displayName: "Financiën" }]);
  });

  it("does not create by unique name without the header", async () => {
    const emulator = await startTestEmulator();
    expect(
      (await emulator.graph("PATCH", "/groups(uniqueName='finance')", { body: FINANCE })).status,
    ).toBe(404);
  });

  it("gives a Microsoft 365 group an address of the default domain, and takes owners and members along", async () => {
    const emulator = await startTestEmulator();
    const [owner, member] = [await createUser(emulator), await createUser(emulator)];
    const url = (id: string) => `https://graph.microsoft.com/v1.0/users/${id}`;
    const group = await createGroup(emulator, {
      groupTypes: ["Unified"],
      mailEnabled: true,
      mailNickname: "verkoop",
      "owners@odata.bind": [url(owner.id)],
      "members@odata.bind": [url(owner.id), url(member.id)],
    });
    expect(group).toMatchObject({ mail: "verkoop@contoso.onmicrosoft.com", visibility: "Public" });
    const members = await emulator.graph("GET", `/groups/${group.id}/members?$select=id`);
    expect(members.body.value.map(({ id }) => id)).toEqual([owner.id, member.id]);
    const again = await emulator.graph("POST", "/groups", {
      body: { ...FINANCE, groupTypes: ["Unified"], mailEnabled: true, mailNickname: "verkoop" },
    });
    expect(again.body.error.message).toBe(
      "Another object with the same value for property mailNickname already exists.",
    );
  });

  it("refuses more than 20 relations in one request and leaves nothing behind", async () => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    const bind = Array.from(
      { length: 21 },
      () => `https://graph.microsoft.com/v1.0/users/${user.id}`,
    );
    expect(
      (
        await emulator.graph("POST", "/groups", {
          body: { ...FINANCE, "members@odata.bind": bind },
        })
      ).status,
    ).toBe(400);
    expect((await emulator.graph("GET", "/groups")).body.value).toEqual([]);
  });

  it("refuses kinds of group that only Exchange can make", async () => {
    const emulator = await startTestEmulator();
    const { body } = await emulator.graph("POST", "/groups", {
      body: { ...FINANCE, mailEnabled: true },
    });
    expect(body.error.message).toContain(
      "does not currently support writes of mail-enabled groups",
    );
  });

  it("refuses a reference to nobody in the words that call for a retry", async () => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    const { status, body } = await emulator.graph("PATCH", `/groups/${group.id}`, {
      body: {
        "members@odata.bind": [
          "https://graph.microsoft.com/v1.0/users/99999999-2222-4333-8444-555555555555",
        ],
      },
    });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      "The source resource object or one of the objects being referenced do not exist.",
    );
  });
});

describe("changing a group", () => {
  it("refuses another unique name and another role-assignable setting", async () => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator, { uniqueName: "finance" });
    for (const body of [{ uniqueName: "other" }, { isAssignableToRole: true }]) {
      expect((await emulator.graph("PATCH", `/groups/${group.id}`, { body })).status).toBe(400);
    }
  });

  it("adds up to 20 members at once, all or nothing", async () => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    const [one, two] = [await createUser(emulator), await createUser(emulator)];
    const bind = (...ids: string[]) =>
      emulator.graph("PATCH", `/groups/${group.id}`, {
        body: {
          "members@odata.bind": ids.map(
            (id) => `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
          ),
        },
      });
    expect((await bind(one.id)).status).toBe(204);
    expect((await bind(two.id, one.id)).status).toBe(400);
    expect((await emulator.graph("GET", `/groups/${group.id}/members`)).body.value).toHaveLength(1);
  });
});

describe("kinds of group", () => {
  it("keep groups out of Microsoft 365 groups and out of role-assignable ones", async () => {
    const emulator = await startTestEmulator();
    const security = await createGroup(emulator);
    const unified = await createGroup(emulator, { groupTypes: ["Unified"], mailEnabled: true });
    const assignable = await createGroup(emulator, { isAssignableToRole: true });
    for (const [group, member] of [
      [unified, security],
      [security, unified],
      [assignable, security],
    ] as const) {
      expect(
        (await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(member.id)))
          .status,
      ).toBe(400);
    }
  });

  it("make a role-assignable group only for who may manage roles", async () => {
    const emulator = await startTestEmulator();
    const clientId = "dddddddd-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    emulator.addTenant({
      ...contoso,
      applications: [{ clientId, clientSecret: "less", roles: ["Group.ReadWrite.All"] }],
    });
    const token = await emulator.token({ clientId, clientSecret: "less" });
    const headers = { authorization: `Bearer ${token}` };
    const create = (isAssignableToRole: boolean) =>
      emulator.graph("POST", "/groups", { body: { ...FINANCE, isAssignableToRole }, headers });
    expect((await create(true)).status).toBe(403);
    expect((await create(false)).status).toBe(201);
  });

  it("fill a dynamic group by its rule, some time later, and never by hand", async () => {
    const emulator = await startTestEmulator({ behaviour: { dynamicGroupDelayMs: 60_000 } });
    const seller = await createUser(emulator, { department: "Verkoop" });
    await createUser(emulator, { department: "IT" });
    const group = await createGroup(emulator, {
      groupTypes: ["DynamicMembership"],
      membershipRule: '(user.department -eq "Verkoop")',
    });
    const members = async () =>
      (await emulator.graph("GET", `/groups/${group.id}/members`)).body.value.map(({ id }) => id);
    expect(await members()).toEqual([]);
    emulator.clock.advance(60_000);
    expect(await members()).toEqual([seller.id]);
    await emulator.graph("PATCH", `/users/${seller.id}`, { body: { department: "IT" } });
    emulator.clock.advance(60_000);
    expect(await members()).toEqual([]);
    expect(
      (await emulator.graph("POST", `/groups/${group.id}/members/$ref`, reference(seller.id)))
        .status,
    ).toBe(400);
  });

  it("fill a dynamic group from when its processing is switched on", async () => {
    const emulator = await startTestEmulator({ behaviour: { dynamicGroupDelayMs: 60_000 } });
    const seller = await createUser(emulator, { department: "Verkoop" });
    const group = await createGroup(emulator, {
      groupTypes: ["DynamicMembership"],
      membershipRule: 'user.department -eq "Verkoop"',
      membershipRuleProcessingState: "Paused",
    });
    const path = `/groups/${group.id}`;
    const members = async () =>
      (await emulator.graph("GET", `${path}/members`)).body.value.map(({ id }) => id);
    emulator.clock.advance(60_000);
    expect(await members()).toEqual([]);
    await emulator.graph("PATCH", path, { body: { membershipRuleProcessingState: "On" } });
    emulator.clock.advance(60_000);
    expect(await members()).toEqual([seller.id]);
  });

  it.each([
    ["a rule that is not understood here", { membershipRule: "user.department -eq" }, 501],
    ["a rule about an unknown property", { membershipRule: 'user.shoeSize -eq "x"' }, 501],
    ["a rule about a list", { membershipRule: 'user.otherMails -eq "x"' }, 501],
    ["no rule", {}, 400],
    [
      "an unknown state",
      {
        membershipRule: 'user.department -eq "x"',
        membershipRuleProcessingState: "Off",
      },
      400,
    ],
  ])("refuse a dynamic group with %s", async (_what, part, status) => {
    const emulator = await startTestEmulator();
    const body = { ...FINANCE, groupTypes: ["DynamicMembership"], ...part };
    expect((await emulator.graph("POST", "/groups", { body })).status).toBe(status);
  });

  it("keep a security group from becoming one that only Exchange can make", async () => {
    const emulator = await startTestEmulator();
    const group = await createGroup(emulator);
    for (const body of [{ mailEnabled: true }, { securityEnabled: false }]) {
      expect((await emulator.graph("PATCH", `/groups/${group.id}`, { body })).status).toBe(400);
    }
  });

  it("say who may see a group, as far as its kind allows it", async () => {
    const emulator = await startTestEmulator();
    const create = (part: object) =>
      emulator.graph("POST", "/groups", { body: { ...FINANCE, ...part } });
    const unified = { groupTypes: ["Unified"], mailEnabled: true };
    expect((await create({ visibility: "Everybody" })).status).toBe(400);
    expect((await create({ visibility: "HiddenMembership" })).status).toBe(400);
    expect((await create({ isAssignableToRole: true, visibility: "Public" })).status).toBe(400);
    expect((await create({ isAssignableToRole: true })).body.visibility).toBe("Private");
    // As the azuread plugin spells it.
    const hidden = await create({ ...unified, mailNickname: "h", visibility: "Hiddenmembership" });
    const open = await create({ ...unified, mailNickname: "o" });
    const change = async (id: string, visibility: string) =>
      (await emulator.graph("PATCH", `/groups/${id}`, { body: { visibility } })).status;
    expect(await change(hidden.body.id, "Public")).toBe(400);
    expect(await change(open.body.id, "HiddenMembership")).toBe(400);
    expect(await change(open.body.id, "Private")).toBe(204);
  });

  it("refuse a mailNickname beyond ASCII", async () => {
    const emulator = await startTestEmulator();
    const body = { ...FINANCE, mailNickname: "financiën" };
    expect((await emulator.graph("POST", "/groups", { body })).status).toBe(400);
  });
});
