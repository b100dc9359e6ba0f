import { describe, expect, it } from "vitest";
import { addSignature, type Envelope } from "../../approval/dsse.ts";
import { generateKey } from "../../approval/keys.ts";
import { appendEntry, emptyRecord, verifyRecord } from "../../approval/record.ts";
import type { TrustRoots } from "../../approval/trust-roots.ts";
import {
  anna,
  application,
  bram,
  cas,
  clock,
  codeOf,
  decision,
  dirk,
  eva,
  facts,
  ines,
  joost,
  lockBreak,
  minute,
  registration,
  runner,
  Story,
  trustRoots,
  OTHER_PLAN,
} from "./support.ts";

const EMPTY = { sequence: 0, hash: "0".repeat(64) };

describe("a decision", () => {
  it("is signed by a registered key, and by the person who is named", () => {
    const story = Story.registered();
    expect(codeOf(() => story.decide(1, { by: eva }))).toBe("unknown-signer");
    expect(codeOf(() => story.decide(1, { by: { ...anna, key: bram.key } }))).toBe(
      "unknown-signer",
    );
    expect(codeOf(() => story.decide(1, { by: anna, key: generateKey() }))).toBe("unknown-signer");
    expect(codeOf(() => story.decide(1, { by: ines }))).toBe("unknown-signer");
  });

  it("names the key that signed it", () => {
    const story = Story.registered();
    const named = { decisionMaker: { email: bram.email, keyId: bram.key.keyId } };
    expect(codeOf(() => story.decide(1, { by: anna, with: named }))).toBe("unknown-signer");
  });

  it("has one signature and no other", () => {
    const story = Story.registered();
    const twice = () =>
      story.add(1, (seen) => addSignature(decision(seen, 1, { by: anna }), bram.key));
    expect(codeOf(twice)).toBe("surplus-signer");
  });

  it("is refused with a signature over something else", () => {
    const story = Story.registered();
    const forged = (seen: typeof EMPTY): Envelope => ({
      ...decision(seen, 1, { by: anna }),
      signatures: decision(seen, 2, { by: anna }).signatures,
    });
    expect(codeOf(() => story.add(2, forged))).toBe("signature");
  });
});

describe("what the provider signs", () => {
  it("is signed with a key for that purpose", () => {
    const story = Story.registered();
    const approvals = [story.decide(1, { by: anna })];
    const apply = (by: typeof ines) => () =>
      story.add(2, (seen) => application(seen, 2, { approvals, by }));
    expect(codeOf(apply(ines))).toBe("unknown-signer");
    expect(codeOf(apply(anna))).toBe("unknown-signer");
    expect(codeOf(() => story.add(2, (seen) => lockBreak(seen, 2, { by: runner })))).toBe(
      "unknown-signer",
    );
    const start = () => story.start(2, { approvals, by: ines });
    expect(codeOf(start)).toBe("unknown-signer");
    expect(apply(runner)).not.toThrow();
  });

  it("is not accepted from the moment on which the key was revoked", async () => {
    const story = Story.registered();
    story.add(10, (seen) => lockBreak(seen, 10));
    story.add(20, (seen) => lockBreak(seen, 20));
    const revokedAt = (at: number): TrustRoots => ({
      version: 1,
      keys: trustRoots.keys.map((key) => ({
        ...key,
        revokedAt: key.email === ines.email ? minute(at) : null,
      })),
    });
    expect(await verifyRecord(story.bytes, { trustRoots: revokedAt(21) })).toMatchObject({
      ok: true,
    });
    expect(await verifyRecord(story.bytes, { trustRoots: revokedAt(20) })).toMatchObject({
      break: { sequence: 3, reason: "unknown-signer" },
    });
  });
});

describe("the first registration", () => {
  const start = (by: (typeof ines)[]) => () => new Story().register(0, { by });

  it("is signed by two people of the provider", () => {
    expect(codeOf(start([ines]))).toBe("too-few-signers");
    expect(codeOf(start([ines, anna]))).toBe("unknown-signer");
    expect(codeOf(start([anna, bram]))).toBe("unknown-signer");
    expect(codeOf(start([ines, runner]))).toBe("unknown-signer");
    expect(start([ines, joost])).not.toThrow();
  });

  it("is not signed by one person with two keys", () => {
    const second = { ...ines, key: generateKey() };
    const roots: TrustRoots = {
      version: 1,
      keys: trustRoots.keys.map((key) =>
        key.email === joost.email
          ? { ...key, email: ines.email, publicKey: second.key.publicKey }
          : key,
      ),
    };
    const envelope = registration(EMPTY, 0, { by: [ines, second] });
    const add = () => appendEntry(emptyRecord, envelope, { now: clock(0), trustRoots: roots });
    expect(codeOf(add)).toBe("too-few-signers");
  });

  it("takes the signatures one after the other", () => {
    const half = registration(EMPTY, 0, { by: [ines] });
    const story = new Story();
    story.add(0, () => addSignature(half, joost.key));
    expect(story.record.statements[0]?.signedBy).toHaveLength(2);
  });

  it("registers nobody of the provider, with neither key nor address", () => {
    const story = new Story();
    const withKey = { ...eva, key: joost.key };
    const withAddress = { ...eva, email: joost.email };
    for (const one of [withKey, withAddress]) {
      const register = () => story.register(0, { by: [ines, joost], decisionMakers: [anna, one] });
      expect(codeOf(register)).toBe("key-not-allowed");
    }
  });

  it("registers only keys that can be used", () => {
    const broken = { ...eva, key: { ...eva.key, publicKey: "AAAA" } };
    const register = () => new Story().register(0, { by: [ines, joost], decisionMakers: [broken] });
    expect(codeOf(register)).toBe("malformed");
  });
});

describe("a later registration", () => {
  const two = () => Story.registered({ decisionMakers: [anna, bram, cas], required: 2 });

  it("is signed by as many decision makers as were required before", () => {
    const change = (by: (typeof anna)[]) => () =>
      two().register(10, { by, decisionMakers: [anna, bram, eva], required: 1 });
    expect(codeOf(change([anna]))).toBe("too-few-signers");
    expect(codeOf(change([eva]))).toBe("unknown-signer");
    expect(codeOf(change([anna, eva]))).toBe("unknown-signer");
    expect(codeOf(change([anna, bram, ines]))).toBe("unknown-signer");
    expect(codeOf(change([ines, joost]))).toBe("unknown-signer");
    expect(change([anna, cas])).not.toThrow();
  });

  it("is not signed by a deputy", () => {
    const story = Story.registered({
      deputies: [{ who: dirk, for: anna, from: minute(0), until: minute(60) }],
    });
    expect(codeOf(() => story.register(10, { by: [dirk] }))).toBe("unknown-signer");
  });

  it("is not signed by somebody whom the applied tenant file no longer names", () => {
    const story = Story.registered({ decisionMakers: [anna, bram, cas] });
    const approval = story.decide(1, { by: anna, plan: OTHER_PLAN });
    const removed = { facts: facts([anna, cas], 1) };
    story.apply(2, { plan: OTHER_PLAN, approvals: [approval], with: removed });
    expect(codeOf(() => story.register(10, { by: [bram] }))).toBe("unknown-signer");
    expect(() => story.register(10, { by: [cas] })).not.toThrow();
  });

  it("can still be signed by those whose registration has expired", () => {
    const story = new Story();
    story.register(0, { by: [ines, joost], with: { validUntil: minute(5) } });
    expect(() => story.register(10, { by: [anna] })).not.toThrow();
  });

  it("does not give a key to another person", () => {
    const register = () =>
      two().register(10, { by: [anna, bram], decisionMakers: [anna, { ...eva, key: cas.key }] });
    expect(codeOf(register)).toBe("key-not-allowed");
  });
});
