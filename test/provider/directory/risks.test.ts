/** Second steps, rules of inboxes and sharing: what is read, and what is said where it may not be. */
import { expect, it } from "vitest";
import { subscribedSkus } from "../../../emulator/entities/collections.ts";
import { registerSecondStep } from "../../../emulator/entities/registration-details.ts";
import { recordSignIn } from "../../../emulator/entities/sign-ins.ts";
import { addInboxRule } from "../../../emulator/exchange/inbox-rules.ts";
import { mailboxes, newMailbox } from "../../../emulator/exchange/model.ts";
import { readEwsApplications } from "../../../provider/directory/ews-applications.ts";
import { readForwards } from "../../../provider/directory/inbox-rules.ts";
import { readLegacySignIns } from "../../../provider/directory/legacy-sign-ins.ts";
import { lookAtLastSignIns } from "../../../provider/directory/sign-in-activity.ts";
import { readWithoutSecondStep } from "../../../provider/directory/second-step.ts";
import { readForwarding } from "../../../provider/exchange/forwarding.ts";
import { readRisks } from "../../../provider/risks.ts";
import { readTenantSharing } from "../../../provider/sharepoint/tenant-sharing.ts";
import { CLIENT_ID, contoso, TENANT_ID } from "../../emulator/support/emulator.ts";
import { certificateCredential } from "../support/certificate.ts";
import { makePeople } from "../support/people.ts";
import type { World } from "../support/world.ts";
import { startWorld } from "../support/world.ts";

const OLD_BACKUP = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff";

const to = (...addresses: string[]) => addresses.map((address) => ({ emailAddress: { address } }));

const connectionOf = ({ service }: World) => ({
  ...{ service, backupCredentials: undefined },
});

/** Ann, Bob and Cem; Ann and Bob have mailboxes. */
async function threePeople(): Promise<{ world: World; ids: string[] }> {
  const world = await startWorld();
  const ids = (await makePeople(world, ["Ann", "Bob", "Cem"])).map(({ id }) => id);
  world.emulator.state.write(TENANT_ID, (scope) => {
    for (const id of ids.slice(0, 2)) {
      scope.store.insert(mailboxes, newMailbox(id, scope.newId(), "UserMailbox"), scope.nowMs);
    }
  });
  return { world, ids };
}

it("finds who has no second step, also without the product that lists them all", async () => {
  const { world, ids } = await threePeople();
  world.emulator.state.write(TENANT_ID, (scope) => {
    registerSecondStep(scope, ids[0] ?? "");
  });
  expect(await readWithoutSecondStep(world.context)).toEqual({ found: new Set(ids.slice(1)) });
  world.emulator.state.write(TENANT_ID, ({ store }) => {
    for (const { object } of store.list(subscribedSkus)) store.remove(subscribedSkus, object.id);
  });
  expect(await readWithoutSecondStep(world.context)).toEqual({ found: new Set(ids.slice(1)) });
});

it("finds who signed in by programs that know no second step, and who only tried is left out", async () => {
  const { world, ids } = await threePeople();
  const [ann = "", bob = "", cem = ""] = ids;
  world.emulator.state.write(TENANT_ID, (scope) => {
    recordSignIn(scope, { userId: ann, clientAppUsed: "IMAP4" });
    recordSignIn(scope, { userId: ann, clientAppUsed: "Authenticated SMTP" });
    recordSignIn(scope, { userId: ann, clientAppUsed: "IMAP4" });
    recordSignIn(scope, { userId: bob, clientAppUsed: "Browser" });
    recordSignIn(scope, { userId: cem, clientAppUsed: "POP3", errorCode: 50_126 });
  });
  expect(await readLegacySignIns(connectionOf(world))).toEqual({
    found: [{ user: "ann@contoso.com", clients: ["Authenticated SMTP", "IMAP4"] }],
  });
  world.emulator.state.write(TENANT_ID, ({ store }) => {
    for (const { object } of store.list(subscribedSkus)) store.remove(subscribedSkus, object.id);
  });
  expect(await readLegacySignIns(connectionOf(world))).toMatchObject({
    needs: { product: "Microsoft Entra ID P1" },
  });
});

it("finds when somebody signed in last with success, or says which product shows it", async () => {
  const { world, ids } = await threePeople();
  const [ann = "", bob = ""] = ids;
  world.emulator.state.write(TENANT_ID, (scope) => {
    recordSignIn(scope, { userId: ann, clientAppUsed: "Browser" });
    recordSignIn(scope, { userId: bob, clientAppUsed: "Browser", errorCode: 50_126 });
  });
  const at = expect.stringMatching(/^20[\d-]+T[\d:]+Z$/) as string;
  expect(await lookAtLastSignIns(connectionOf(world), ids)).toEqual({
    found: new Map([[ann, at]]),
  });
  world.emulator.state.write(TENANT_ID, ({ store }) => {
    for (const { object } of store.list(subscribedSkus)) store.remove(subscribedSkus, object.id);
  });
  expect(await lookAtLastSignIns(connectionOf(world), ids)).toMatchObject({
    needs: { product: "Microsoft Entra ID P1" },
  });
});

it("finds to whom rules send mail on, in every way, and of rules that are on only", async () => {
  const { world, ids } = await threePeople();
  const [ann = "", bob = ""] = ids;
  world.emulator.state.write(TENANT_ID, (scope) => {
    addInboxRule(scope, ann, {
      actions: { forwardTo: to("Ann@Home.example", "ann@home.example") },
    });
    addInboxRule(scope, ann, {
      actions: { redirectTo: to("/o=exchangelabs/cn=bob", "b@x.example") },
    });
    addInboxRule(scope, ann, { actions: { forwardAsAttachmentTo: to("a@x.example") } });
    addInboxRule(scope, bob, { isEnabled: false, actions: { forwardTo: to("bob@home.example") } });
    addInboxRule(scope, bob, { actions: { moveToFolder: "x" } });
  });
  const people = ids.map((id) => ({ id, mail: `${id}@contoso.com` }));
  expect(await readForwards(world.context, people)).toEqual({
    found: [{ id: ann, to: ["a@x.example", "ann@home.example", "b@x.example"] }],
  });
});

it("asks for no inbox of who has no mail address", async () => {
  const { world, ids } = await threePeople();
  const before = world.emulator.requestLog.entries().length;
  const people = ids.map((id) => ({ id, mail: null }));
  expect(await readForwards(world.context, people)).toEqual({ found: [] });
  const asked = world.emulator.requestLog.entries().slice(before);
  expect(asked.filter(({ route }) => route.includes("messageRules"))).toEqual([]);
});

it("finds to whom mailboxes send everything on: what is inside goes before an address", async () => {
  const { world, ids } = await threePeople();
  const [ann = "", bob = ""] = ids;
  const { exchange } = world.service;
  const set = async (Identity: string, parameters: Record<string, string>) => {
    await exchange.invoke("Set-Mailbox", { Identity, ...parameters });
  };
  await set(ann, { ForwardingSmtpAddress: "Ann@Home.example" });
  expect(await readForwarding(world.context)).toEqual({
    found: [{ id: ann, to: ["ann@home.example"] }],
  });
  await set(ann, { ForwardingAddress: bob });
  expect(await readForwarding(world.context)).toEqual({
    found: [{ id: ann, to: ["bob@contoso.com"] }],
  });
  await set(ann, { ForwardingAddress: "", ForwardingSmtpAddress: "" });
  expect(await readForwarding(world.context)).toEqual({ found: [] });
});

it("takes every verified domain of the tenant for inside", async () => {
  const { world, ids } = await threePeople();
  const addresses = ["x@contoso.com", "x@contoso.onmicrosoft.com", "x@contoso.example"];
  for (const [index, address] of addresses.entries()) {
    const Identity = ids[index % 2] ?? "";
    await world.service.exchange.invoke("Set-Mailbox", {
      Identity,
      ForwardingSmtpAddress: address,
    });
    const { forwarding, notRead } = await readRisks(connectionOf(world));
    expect(notRead).toEqual([]);
    expect(forwarding).toEqual(index === 2 ? [{ id: Identity, to: [address] }] : []);
  }
});

it("reads with whom files may be shared", async () => {
  const { context } = await startWorld();
  expect(await readTenantSharing(context)).toMatchObject({
    found: { sharingCapability: "ExternalUserAndGuestSharing" },
  });
});

it("finds the applications that may reach every mailbox through EWS", async () => {
  const { context, emulator } = await startWorld();
  expect(await readEwsApplications(context)).toEqual({ found: [] });
  const roles = ["Application.Read.All", "full_access_as_app"];
  emulator.addTenant({ ...contoso, applications: [{ clientId: OLD_BACKUP, roles }] });
  expect(await readEwsApplications(context)).toMatchObject({
    found: [{ name: expect.any(String) as string }],
  });
});

it("asks for nothing without the permission, and says so", async () => {
  const { credential, certificatePem } = await certificateCredential();
  const world = await startWorld({ credential });
  const application = { clientId: CLIENT_ID, certificatePem, roles: ["User.Read.All"] };
  world.emulator.addTenant({ ...contoso, applications: [application] });
  const lacking = (permission: string) => ({
    reason: `the application was not granted ${permission} of Microsoft Graph`,
    needs: { permission },
  });
  expect(await readWithoutSecondStep(world.context)).toEqual(lacking("AuditLog.Read.All"));
  expect(await readForwards(world.context, [{ id: "x", mail: "x@contoso.com" }])).toEqual(
    lacking("MailboxSettings.Read"),
  );
  expect(await readForwarding(world.context)).toEqual({
    reason: "the application was not granted Exchange.ManageAsApp of Office 365 Exchange Online",
    needs: { permission: "Exchange.ManageAsApp" },
  });
  expect(await readTenantSharing(world.context)).toEqual(
    lacking("SharePointTenantSettings.Read.All"),
  );
  expect(await readEwsApplications(world.context)).toEqual(lacking("Application.Read.All"));
  const sent = world.emulator.requestLog.entries();
  expect(sent.filter(({ workload }) => workload === "graph")).toEqual([]);
});
