/** The portal by its requests: what a decision maker does, and what others try. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { challengeOf, headOf, signRegistration, withSignature } from "../../approval/index.ts";
import { verifyRecord } from "../../approval/record.ts";
import { enrolledPasskeys } from "../../operations/enrolments.ts";
import { openLedger, recordOf } from "../../operations/records.ts";
import { trustRoots } from "../approval/support.ts";
import { MARIEKE, PIETER, planOf, STACK } from "../operations/support.ts";
import { Authenticator } from "../support/authenticator.ts";
import { ORIGIN, PORTAL, startPortal, trustRootsFile, Visitor } from "./support/portal.ts";
import type { TestPortal } from "./support/portal.ts";
import { startServer } from "./support/server.ts";

const marieke = new Authenticator("ES256", ORIGIN);
const pieter = new Authenticator("EdDSA", ORIGIN);
let portal: TestPortal;

beforeAll(async () => {
  portal = await startPortal();
  await portal.register({ [MARIEKE]: marieke, [PIETER]: pieter });
});

afterAll(async () => {
  await portal[Symbol.asyncDispose]();
});

const entries = async (at = portal): Promise<number> =>
  (await at.ports.records.list(`${STACK}/entries/`)).length;
const signedIn = async (device = marieke, at = portal): Promise<Visitor> => {
  const visitor = new Visitor(at, device);
  expect((await visitor.signIn()).status).toBe(200);
  return visitor;
};

describe("enrolling", () => {
  it("takes link, code and passkey, and is kept as a request until others register it", async () => {
    const visitor = new Visitor(portal);
    const offer = await portal.offer();
    const done = await visitor.enrol(offer);
    expect(JSON.parse(done.text)).toEqual({
      fingerprint: expect.stringMatching(/^([0-9a-f]{4} ?){8}$/) as unknown,
    });
    const found = (await enrolledPasskeys(portal.ports, STACK)).get(MARIEKE);
    expect(found).toMatchObject({
      publicKey: visitor.device.publicKey,
      passkey: visitor.device.passkey,
    });
    // It gives no right to anything yet.
    expect((await visitor.signIn()).status).toBe(422);
  });

  it("is not used up or begun by whoever opens the link: mail scanners do", async () => {
    const offer = await portal.offer();
    const keys = await portal.ports.records.list("");
    const scanner = new Visitor(portal);
    const link = `/${STACK}/enrol/${offer.token}`;
    expect((await scanner.get(link, "HEAD")).status).toBe(200);
    const pages = await Promise.all(Array.from({ length: 10 }, () => scanner.get(link)));
    expect(pages.map(({ headers }) => headers.get("set-cookie"))).toEqual(Array(10).fill(null));
    expect(await portal.ports.records.list("")).toEqual(keys);
    expect((await new Visitor(portal).enrol(offer)).status).toBe(200);
  });

  it("works once, and for nobody who guesses", async () => {
    const offer = await portal.offer();
    const [one, other] = [new Visitor(portal), new Visitor(portal)];
    const answers = await Promise.all([one.enrol(offer), other.enrol(offer)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    expect((await one.get(`/${STACK}/enrol/${offer.token}`)).text).toContain("al gebruikt");
    const guessed = { token: "A".repeat(43), code: offer.code };
    expect((await one.enrol(guessed)).status).toBe(422);
    const elsewhere = `/fabrikam/enrol/${(await portal.offer()).token}`;
    expect((await one.get(elsewhere)).status).toBe(422);
  });

  it("of whoever reads the mail stops at the code: a wrong code five times ends the link", async () => {
    const offer = await portal.offer();
    const visitor = new Visitor(portal);
    for (let attempt = 0; attempt < 5; attempt++) {
      const wrong = offer.code === "00000000" ? "00000001" : "00000000";
      expect((await visitor.enrol({ ...offer, code: wrong })).text).toContain("code");
    }
    expect((await visitor.enrol(offer)).text).toContain("expired");
  });

  it("always says which passkeys the person has already", async () => {
    const { token, code } = await portal.offer();
    const begun = await new Visitor(portal).post(`/${STACK}/enrol/${token}/begin`, { code });
    expect(JSON.parse(begun.text)).toMatchObject({ exclude: [marieke.passkey.credentialId] });
  });

  it("takes no passkey that did not sign the request itself", async () => {
    const { token, code } = await portal.offer();
    const [visitor, link] = [new Visitor(portal), `/${STACK}/enrol/${token}`];
    const { publicKey, passkey } = visitor.device;
    const { credentialId } = passkey;
    const asked = await visitor.post(`${link}/request`, {
      code,
      publicKey,
      credentialId,
      isManaged: true,
    });
    const { enrolment, challenge } = JSON.parse(asked.text) as {
      readonly enrolment: object;
      readonly challenge: string;
    };
    const { sig, webauthn } = visitor.device.sign(Buffer.from(challenge, "base64url"));
    const changed = { ...enrolment, passkey: { ...passkey, isManaged: false } };
    const answer = await visitor.post(`${link}/proof`, {
      code,
      enrolment: changed,
      signature: { sig, webauthn },
    });
    expect(answer.text).toContain("did not sign");
  });
});

describe("signing in", () => {
  it("takes a registered passkey, and its challenge once", async () => {
    const visitor = new Visitor(portal, marieke);
    const { challenge } = JSON.parse((await visitor.post(`/${STACK}/sign-in/begin`, {})).text) as {
      readonly challenge: string;
    };
    const { sig, webauthn } = marieke.sign(Buffer.from(challenge, "base64url"));
    const signed = { credentialId: marieke.passkey.credentialId, signature: { sig, webauthn } };
    // Begun for another tenant, it is none here.
    expect((await visitor.post("/fabrikam/sign-in/finish", signed)).status).toBe(422);
    expect((await visitor.post(`/${STACK}/sign-in/finish`, signed)).status).toBe(200);
    expect((await visitor.post(`/${STACK}/sign-in/finish`, signed)).status).toBe(422);
  });

  it.each([
    ["another origin", { origin: "https://tenantry.example.com.evil.example" }],
    ["a frame of another site", { crossOrigin: true }],
    ["no user verification", { flags: 0x01 }],
    ["another key", { privateKey: new Authenticator().privateKey }],
  ])("is refused from %s", async (_what, misuse) => {
    expect((await new Visitor(portal, marieke).signIn(STACK, misuse)).status).toBe(422);
  });

  it("is asked for on every page, and over at once after signing out", async () => {
    const visitor = await signedIn();
    const pages = [`/${STACK}`, `/${STACK}/plans/${portal.digest}`, `/${STACK}/receipts/1`];
    for (const page of pages) expect((await new Visitor(portal).get(page)).status, page).toBe(401);
    const { cookie } = visitor;
    expect((await visitor.post(`/${STACK}/sign-out`, {})).status).toBe(200);
    visitor.cookie = cookie;
    expect((await visitor.get(`/${STACK}`)).status).toBe(401);
  });

  it("to one tenant opens no other", async () => {
    const visitor = await signedIn();
    expect((await visitor.get("/fabrikam")).status).toBe(401);
  });
});

describe("a decision", () => {
  it("is signed by the passkey, and recorded with a receipt that anybody can verify", async () => {
    const visitor = await signedIn();
    const list = await visitor.get(`/${STACK}`);
    expect(list.text).toContain(`/portal/${STACK}/plans/${portal.digest}`);
    expect((await visitor.get(`/${STACK}/plans/${portal.digest}`)).text).toContain(
      'data-action="decide"',
    );
    // What was signed for something else is not taken: another remark than was sent to be signed.
    const drafted = JSON.parse((await visitor.statement(portal.digest)).text) as {
      readonly payload: string;
    };
    const swapped = Buffer.from(
      Buffer.from(drafted.payload, "base64").toString().replace('"remark":""', '"remark":"x"'),
    ).toString("base64");
    const path = `/${STACK}/plans/${portal.digest}/decision`;
    const replayed = { ...visitor.signed(swapped), payload: drafted.payload };
    expect((await visitor.post(path, replayed)).status).toBe(422);

    const decided = await visitor.decide(portal.digest, { remark: "Welkom, Anna" });
    expect(decided.status, decided.text).toBe(200);
    const { sequence } = JSON.parse(decided.text) as { readonly sequence: number };
    const stored = await (await recordOf(portal.ports, STACK)).readEntries();
    expect(await verifyRecord(stored, { trustRoots })).toMatchObject({ ok: true });
    const receipt = await visitor.get(`/${STACK}/receipts/${sequence}`);
    expect(receipt.text).toContain("Welkom, Anna");
    expect((await (await signedIn(pieter)).get(`/${STACK}/receipts/${sequence}`)).status).toBe(404);
    expect((await visitor.decide(portal.digest)).text).toContain("decided already");
  });

  it("of a statement that this server did not make for this plan and person is not recorded", async () => {
    const digest = await portal.plan(planOf(["cem"]), "Cem joins");
    const visitor = await signedIn();
    const before = await entries();
    const drafted = JSON.parse((await visitor.statement(digest)).text) as {
      readonly payload: string;
    };
    const text = Buffer.from(drafted.payload, "base64").toString();
    const changes = [
      text.replace(digest.slice(7), portal.digest.slice(7)),
      text.replace(/"document":"[0-9a-f]{4}/, '"document":"0000'),
      text.replace(/"validUntil":"20\d\d/, '"validUntil":"2099'),
      text.replace(MARIEKE, PIETER),
    ];
    for (const changed of changes) {
      expect(changed).not.toBe(text);
      const signed = visitor.signed(Buffer.from(changed).toString("base64"));
      expect((await visitor.post(`/${STACK}/plans/${digest}/decision`, signed)).status).toBe(422);
    }
    const other = (await signedIn(pieter)).signed(drafted.payload);
    expect((await visitor.post(`/${STACK}/plans/${digest}/decision`, other)).status).toBe(422);
    expect(await entries()).toBe(before);
  });

  it("takes more than a session that was stolen: the device, our pages and the token in them", async () => {
    const digest = await portal.plan(planOf(["dirk"]), "Dirk joins");
    const visitor = await signedIn();
    const before = await entries();
    const path = `/${STACK}/plans/${digest}/statement`;
    const words = { decision: "approved", remark: "" };
    expect((await visitor.post(path, words, { origin: "https://evil.example" })).status).toBe(403);
    expect((await visitor.post(path, words, { "x-csrf-token": "" })).status).toBe(403);
    const { payload } = JSON.parse((await visitor.statement(digest)).text) as {
      readonly payload: string;
    };
    const thief = new Visitor(portal);
    [thief.cookie, thief.csrf] = [visitor.cookie, visitor.csrf];
    const forged = thief.signed(payload);
    expect((await thief.post(`/${STACK}/plans/${digest}/decision`, forged)).status).toBe(422);
    expect(await entries()).toBe(before);
  });

  it("is withdrawn by who made it, with the device, as long as it was not applied", async () => {
    // A portal of its own: who is refused too often is not heard for a while.
    await using own = await startPortal();
    await own.register({ [MARIEKE]: marieke, [PIETER]: pieter });
    const { digest } = own;
    const visitor = await signedIn(marieke, own);
    const { sequence } = JSON.parse((await visitor.decide(digest)).text) as {
      readonly sequence: number;
    };
    const path = `/${STACK}/receipts/${sequence}`;
    expect((await visitor.get(path)).text).toContain('data-action="withdraw"');
    expect((await visitor.get(`/${STACK}`)).text).toContain(`href="/portal${path}"`);
    const drafted = JSON.parse((await visitor.post(`${path}/withdrawal/statement`, {})).text) as {
      readonly payload: string;
    };
    const before = await entries(own);
    // Neither another decision maker, nor a stolen session, nor what was signed for something else.
    const other = await signedIn(pieter, own);
    expect((await other.post(`${path}/withdrawal/statement`, {})).status).toBe(422);
    const signedByOther = other.signed(drafted.payload);
    expect((await visitor.post(`${path}/withdrawal`, signedByOther)).status).toBe(422);
    expect((await other.post(`${path}/withdrawal`, signedByOther)).status).toBe(422);
    const said = Buffer.from(drafted.payload, "base64").toString();
    const later = said.replace(/"withdrawnAt":"20\d\d/, '"withdrawnAt":"2099');
    const forged = visitor.signed(Buffer.from(later).toString("base64"));
    expect((await visitor.post(`${path}/withdrawal`, forged)).status).toBe(422);
    expect(await entries(own)).toBe(before);

    const withdrawn = await visitor.post(`${path}/withdrawal`, visitor.signed(drafted.payload));
    expect(withdrawn.status, withdrawn.text).toBe(200);
    const page = await visitor.get(path);
    expect(page.text).toContain("You withdrew this decision");
    expect(page.text).not.toContain('data-action="withdraw"');
    expect((await visitor.post(`${path}/withdrawal/statement`, {})).status).toBe(422);
    const stored = await (await recordOf(own.ports, STACK)).readEntries();
    expect(await verifyRecord(stored, { trustRoots })).toMatchObject({ ok: true });
    expect((await visitor.get(`/${STACK}/plans/${digest}`)).text).toContain('data-action="decide"');
  });

  it("of fifty at once is recorded for each, without an error", async () => {
    await using busy = await startPortal();
    const people = Array.from({ length: 50 }, (_, at) => `person${at}@contoso.com`);
    const devices = people.map(() => new Authenticator("EdDSA", ORIGIN));
    await busy.register(
      Object.fromEntries(people.map((email, at) => [email, devices[at] ?? marieke])),
    );
    const statuses = await Promise.all(
      devices.map(async (device) => {
        const visitor = new Visitor(busy, device);
        return [(await visitor.signIn()).status, (await visitor.get(`/${STACK}`)).status];
      }),
    );
    expect(new Set(statuses.flat())).toEqual(new Set([200]));
  }, 60_000);
});

describe("the pages", () => {
  it("run no script but our own, load nothing from elsewhere and are framed by nobody", async () => {
    const visitor = await signedIn();
    const { token } = await portal.offer();
    const pages = [
      `/${STACK}`,
      `/${STACK}/plans/${portal.digest}`,
      `/${STACK}/sign-in`,
      `/${STACK}/enrol/${token}`,
      "/nobody/plans",
    ];
    for (const path of pages) {
      const { text, headers } = await visitor.get(path);
      expect(headers.get("content-security-policy"), path).toMatch(
        /^default-src 'self'; .*frame-ancestors 'none'/,
      );
      expect(text, path).not.toMatch(
        /<script(?! src="\/portal\/portal\.js")|<style|\sstyle=|\son[a-z]+=/,
      );
      expect(text, path).not.toMatch(/(src|href)="(?!\/portal|#)/);
      expect(text.length, path).toBeLessThan(100_000);
    }
  });

  it("show what a tenant holds as text, whatever it is", async () => {
    const nasty = `<img src=x onerror=alert(1)>"'</script>`;
    await using attacked = await startPortal(planOf([nasty]));
    await attacked.register({ [MARIEKE]: marieke });
    const visitor = new Visitor(attacked, marieke);
    await visitor.signIn();
    const digest = await attacked.plan(planOf([nasty, "more"]), nasty);
    expect((await visitor.decide(digest, { remark: nasty })).status).toBe(200);
    const pages = [`/${STACK}`, `/${STACK}/plans/${digest}`, `/${STACK}/receipts/2`];
    for (const page of pages) expect((await visitor.get(page)).text, page).not.toContain("<img");
    expect((await visitor.get(pages[2] ?? "")).text).toContain("&lt;img");
  });

  it("end for who does not decide any more", async () => {
    await using changed = await startPortal();
    await changed.register({ [MARIEKE]: marieke });
    const visitor = new Visitor(changed, marieke);
    await visitor.signIn();
    const ledger = await openLedger(changed.ports, STACK);
    expect(ledger.record.registrations).toHaveLength(1);
    const [registered] = ledger.record.registrations;
    const at = new Date().toISOString();
    const { publicKey, passkey } = pieter;
    const decisionMakers = [{ name: "Pieter Jansen", email: PIETER, publicKey, passkey }];
    const draft = signRegistration(
      {
        ...{
          tenantId: registered?.predicate.tenantId ?? "",
          stack: STACK,
          seen: headOf(ledger.record),
        },
        authority: { decisionMakers, deputies: [], required: 1 },
        ...{ validFrom: at, validUntil: null, registeredAt: at },
      },
      [],
    );
    await ledger.append(withSignature(draft, marieke.sign(challengeOf(draft))));
    expect((await visitor.get(`/${STACK}`)).status).toBe(401);
    expect((await visitor.signIn()).status).toBe(422);
  });
});

describe("a server", () => {
  it("is not started under another name than the passkeys are of, and says whom that shuts out", async () => {
    const { file } = portal.server;
    const moved = { relyingPartyId: "example.com", trustRoots: trustRootsFile() };
    await expect(startServer({ file, url: ORIGIN, portal: moved })).rejects.toMatchObject({
      ...{ code: "portal-moved", message: expect.stringMatching(/^2 decision makers/) as unknown },
      details: [`${STACK}: ${MARIEKE}`, `${STACK}: ${PIETER}`],
    });
    await expect(
      startServer({ portal: { ...PORTAL, relyingPartyId: "other.example" } }),
    ).rejects.toMatchObject({ code: "server-settings-invalid" });
    await expect(startServer({ portal: PORTAL })).rejects.toMatchObject({ code: "no-trust-roots" });
  });

  it("without a portal has no such pages", async () => {
    await using bare = await startServer();
    expect((await fetch(`${bare.url}/portal/${STACK}/sign-in`)).status).toBe(404);
  });

  it("writes no address, code, link or remark of the portal into its log", () => {
    const log = JSON.stringify(portal.server.log);
    expect(log).toContain('"what":"portal"');
    expect(log).not.toMatch(/contoso|enrol|Welkom|marieke/i);
  });
});
