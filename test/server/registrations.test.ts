/** Who decides, changed in the portal: by those who decide now, and by nobody else. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addSignature, headOf, signRecovery, signRegistration } from "../../approval/index.ts";
import type { AuthorityFacts } from "../../approval/index.ts";
import { verifyRecord } from "../../approval/record.ts";
import { enrolledPasskeys } from "../../operations/enrolments.ts";
import { noticesOf } from "../../operations/notices.ts";
import { openLedger, recordOf } from "../../operations/records.ts";
import { unsignedRegistration } from "../../operations/register-approvers.ts";
import { proposeRegistration } from "../../operations/registrations.ts";
import { ines, joost, trustRoots } from "../approval/support.ts";
import { MARIEKE, PIETER, STACK } from "../operations/support.ts";
import { Authenticator } from "../support/authenticator.ts";
import { ORIGIN, startPortal, Visitor } from "./support/portal.ts";
import type { TestPortal } from "./support/portal.ts";

const marieke = new Authenticator("ES256", ORIGIN);
const pieter = new Authenticator("EdDSA", ORIGIN);
let portal: TestPortal;

beforeEach(async () => {
  portal = await startPortal();
  return async () => {
    await portal[Symbol.asyncDispose]();
  };
});

const signedIn = async (device = marieke): Promise<Visitor> => {
  const visitor = new Visitor(portal, device);
  expect((await visitor.signIn()).status).toBe(200);
  return visitor;
};

/** As the provider's engineer proposes it. */
async function proposed(change: (now: AuthorityFacts) => AuthorityFacts): Promise<string> {
  const { record } = await openLedger(portal.ports, STACK);
  const { authority, tenantId } = record.registrations.at(-1)?.predicate ?? never();
  const about = { stack: STACK, tenantId, authority: change(authority), now: new Date() };
  const envelope = unsignedRegistration(record, about);
  return await proposeRegistration(portal.ports, { stack: STACK, envelope });
}

const never = (): never => {
  throw new Error("nobody is registered");
};

const keysOf = ({ publicKey, passkey }: Authenticator) => ({ publicKey, passkey });

/** What the page's script does. */
async function sign(visitor: Visitor, id: string) {
  const page = await visitor.get(`/${STACK}/registrations/${id}`);
  const [, payload = ""] = /data-payload="([^"]+)"/.exec(page.text) ?? [];
  const { signature } = visitor.signed(payload);
  return await visitor.post(`/${STACK}/registrations/${id}/signature`, { signature });
}

const registrations = async (): Promise<number> =>
  (await openLedger(portal.ports, STACK)).record.registrations.length;

describe("a registration", () => {
  it("of somebody new is in force once those who decide now have signed it", async () => {
    await portal.register({ [MARIEKE]: marieke, [PIETER]: pieter }, 2);
    const cem = new Authenticator("ES256", ORIGIN);
    const id = await proposed(({ decisionMakers, ...rest }) => ({
      ...rest,
      decisionMakers: [
        ...decisionMakers,
        { name: "Cem Öz", email: "cem@contoso.com", ...keysOf(cem) },
      ],
    }));
    const visitor = await signedIn();
    expect((await visitor.get(`/${STACK}`)).text).toContain(`/registrations/${id}`);
    const page = await visitor.get(`/${STACK}/registrations/${id}`);
    expect(page.text).toContain("New passkey:");
    expect(page.text).toContain(cem.keyId.slice(0, 4));
    expect((await new Visitor(portal, cem).signIn()).status).toBe(422);
    expect((await sign(visitor, id)).text).toBe('{"isRegistered":false}');
    // The same person again is still one of two.
    expect((await sign(visitor, id)).text).toBe('{"isRegistered":false}');
    expect(await registrations()).toBe(1);
    expect((await sign(await signedIn(pieter), id)).text).toBe('{"isRegistered":true}');
    await signedIn(cem);
    const stored = await (await recordOf(portal.ports, STACK)).readEntries();
    expect(await verifyRecord(stored, { trustRoots })).toMatchObject({ ok: true });
    expect((await visitor.get(`/${STACK}/registrations/${id}`)).status).toBe(404);
  });

  it("takes the right of who leaves, and gives a deputy theirs for a while", async () => {
    await portal.register({ [MARIEKE]: marieke, [PIETER]: pieter });
    const deputy = new Authenticator("ES256", ORIGIN);
    const id = await proposed(({ decisionMakers, ...rest }) => ({
      ...rest,
      decisionMakers: decisionMakers.filter(({ email }) => email === MARIEKE),
      deputies: [
        {
          ...{ name: "Dirk", email: "dirk@contoso.com", deputyFor: MARIEKE, ...keysOf(deputy) },
          from: new Date().toISOString(),
          until: new Date(Date.now() + 60_000).toISOString(),
        },
      ],
    }));
    const leaving = await signedIn(pieter);
    const visitor = await signedIn();
    const page = await visitor.get(`/${STACK}/registrations/${id}`);
    expect(page.text).toContain("No longer decides");
    expect(page.text).toContain("Deputy for");
    expect((await sign(visitor, id)).status).toBe(200);
    expect((await leaving.get(`/${STACK}`)).status).toBe(401);
    // A deputy decides, and does not sign who decides.
    const standIn = await signedIn(deputy);
    expect((await standIn.decide(portal.digest)).status).toBe(200);
    const next = await proposed((now) => ({ ...now, deputies: [] }));
    const refused = await sign(standIn, next);
    expect(refused.text).toContain("Only the decision makers themselves");
    expect(await registrations()).toBe(2);
  });

  it("that another one overtook, or of another tenant, is not there to be signed", async () => {
    await portal.register({ [MARIEKE]: marieke });
    const add = (email: string) => (now: AuthorityFacts) => ({
      ...now,
      decisionMakers: [
        ...now.decisionMakers,
        { name: "X", email, ...keysOf(new Authenticator("EdDSA", ORIGIN)) },
      ],
    });
    const [one, other] = [
      await proposed(add("x@contoso.com")),
      await proposed(add("y@contoso.com")),
    ];
    const { record } = await openLedger(portal.ports, STACK);
    const { predicate } = record.registrations.at(-1) ?? never();
    const foreign = signRegistration(
      { ...predicate, tenantId: "99999999-2222-4333-8444-555555555555", seen: headOf(record) },
      [],
    );
    const elsewhere = await proposeRegistration(portal.ports, { stack: STACK, envelope: foreign });
    const visitor = await signedIn();
    expect((await visitor.get(`/${STACK}/registrations/${elsewhere}`)).status).toBe(404);
    expect((await sign(visitor, one)).status).toBe(200);
    expect((await visitor.get(`/${STACK}/registrations/${other}`)).status).toBe(404);
    const { signature } = visitor.signed("");
    const late = await visitor.post(`/${STACK}/registrations/${other}/signature`, { signature });
    expect(late.status).toBe(422);
  });

  it("is signed by the device, not by a session, and for nothing else", async () => {
    await portal.register({ [MARIEKE]: marieke });
    const thief = new Authenticator("EdDSA", ORIGIN);
    const id = await proposed((now) => ({
      ...now,
      decisionMakers: [{ name: "Marieke de Vries", email: MARIEKE, ...keysOf(thief) }],
    }));
    const visitor = await signedIn();
    const stolen = new Visitor(portal, thief);
    [stolen.cookie, stolen.csrf] = [visitor.cookie, visitor.csrf];
    expect((await sign(stolen, id)).text).toContain("did not sign");
    const forAnother = await visitor.statement(portal.digest);
    const { payload } = JSON.parse(forAnother.text) as { readonly payload: string };
    const { signature } = visitor.signed(payload);
    const replayed = await visitor.post(`/${STACK}/registrations/${id}/signature`, { signature });
    expect(replayed.status).toBe(422);
    expect(await registrations()).toBe(1);
  });
});

async function deviceOffer(visitor: Visitor): Promise<{ token: string; code: string }> {
  const { text } = await visitor.post(`/${STACK}/devices/offer`, {});
  const { link, code } = JSON.parse(text) as { readonly link: string; readonly code: string };
  return { token: link.split("/").at(-1) ?? "", code };
}

describe("a second device", () => {
  it("is enrolled from the first, signed by it, and then decides alike", async () => {
    await portal.register({ [MARIEKE]: marieke });
    const visitor = await signedIn();
    const offer = await deviceOffer(visitor);
    const spare = new Visitor(portal);
    expect((await spare.enrol(offer)).status).toBe(200);
    expect((await spare.signIn()).status).toBe(422);
    const page = await visitor.get(`/${STACK}/devices`);
    const [, add = ""] = /&quot;add&quot;:&quot;([0-9a-f]{64})/.exec(page.text) ?? [];
    const change = await visitor.post(`/${STACK}/devices/registration`, { add });
    const { id } = JSON.parse(change.text) as { readonly id: string };
    expect((await spare.signIn()).status).toBe(422);
    expect((await sign(visitor, id)).text).toBe('{"isRegistered":true}');

    expect((await spare.signIn()).status).toBe(200);
    const decided = await spare.decide(portal.digest);
    expect(decided.status, decided.text).toBe(200);
    // One person, one voice.
    expect((await visitor.decide(portal.digest)).text).toContain("decided already");
    const { sequence } = JSON.parse(decided.text) as { readonly sequence: number };
    expect((await visitor.get(`/${STACK}/receipts/${sequence}`)).status).toBe(200);

    // The first one is lost: the second takes it out.
    const removal = await spare.post(`/${STACK}/devices/registration`, { remove: marieke.keyId });
    const { id: without } = JSON.parse(removal.text) as { readonly id: string };
    expect((await sign(spare, without)).text).toBe('{"isRegistered":true}');
    expect((await visitor.get(`/${STACK}`)).status).toBe(401);
    const last = await spare.post(`/${STACK}/devices/registration`, {
      remove: spare.device.keyId,
    });
    expect(last.status).toBe(422);
    const stored = await (await recordOf(portal.ports, STACK)).readEntries();
    expect(await verifyRecord(stored, { trustRoots })).toMatchObject({ ok: true });
  });

  it("does not take the place of the first in a registration of the provider", async () => {
    await portal.register({ [MARIEKE]: marieke });
    const visitor = await signedIn();
    const offer = await deviceOffer(visitor);
    const spare = new Visitor(portal);
    await spare.enrol(offer);
    expect((await enrolledPasskeys(portal.ports, STACK)).size).toBe(0);
  });
});

it("an engineer who reads the mail enrols, and gains nothing: the decision makers sign who decides", async () => {
  await portal.register({ [MARIEKE]: marieke });
  const engineer = new Visitor(portal);
  expect((await engineer.enrol(await portal.offer())).status).toBe(200);
  expect((await engineer.signIn()).status).toBe(422);
  const ledger = await openLedger(portal.ports, STACK);
  const { record } = ledger;
  const { authority, tenantId } = record.registrations.at(-1)?.predicate ?? never();
  const decisionMakers = authority.decisionMakers.map((one) => ({
    ...one,
    ...keysOf(engineer.device),
  }));
  const forged = unsignedRegistration(record, {
    ...{ stack: STACK, tenantId, authority: { ...authority, decisionMakers }, now: new Date() },
  });
  const signed = [ines.key, joost.key].reduce(addSignature, forged);
  await expect(ledger.append(signed)).rejects.toMatchObject({ code: "unknown-signer" });
  expect((await engineer.signIn()).status).toBe(422);
});

it("a recovery that the provider announced is shown to who is left, who stops it with the device", async () => {
  await portal.register({ [MARIEKE]: marieke });
  const ledger = await openLedger(portal.ports, STACK);
  const { authority, tenantId } = ledger.record.registrations.at(-1)?.predicate ?? never();
  const decisionMakers = authority.decisionMakers.map((one) => ({ ...one, ...keysOf(pieter) }));
  const announced = signRecovery(
    {
      ...{ tenantId, stack: STACK, seen: headOf(ledger.record), reason: "Telefoon kwijt" },
      ...{ authority: { ...authority, decisionMakers }, evidence: "e5".repeat(32) },
      announcedAt: new Date().toISOString(),
    },
    [],
  );
  await ledger.append([ines.key, joost.key].reduce(addSignature, announced));
  const visitor = await signedIn();
  expect((await visitor.get(`/${STACK}`)).text).toContain("Telefoon kwijt");
  const drafted = await visitor.post(`/${STACK}/objection/statement`, {});
  const { payload } = JSON.parse(drafted.text) as { readonly payload: string };
  const thief = new Visitor(portal, pieter);
  [thief.cookie, thief.csrf] = [visitor.cookie, visitor.csrf];
  expect((await thief.post(`/${STACK}/objection`, thief.signed(payload))).status).toBe(422);
  const told = (await noticesOf(portal.ports, { stack: STACK, wasSent: [] })).filter(
    ({ kind }) => kind === "recovery",
  );
  expect(told.map(({ to }) => to)).toEqual([MARIEKE]);
  expect((await visitor.post(`/${STACK}/objection`, visitor.signed(payload))).status).toBe(200);
  expect((await visitor.get(`/${STACK}`)).text).not.toContain("Telefoon kwijt");
  expect((await visitor.post(`/${STACK}/objection/statement`, {})).status).toBe(422);
});

afterEach(() => {
  expect(JSON.stringify(portal.server.log)).not.toMatch(/contoso\.com/);
});
