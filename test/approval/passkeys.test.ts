/** A decision that a passkey signs, and each way to pass something else off as one. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../core/canonical-json.ts";
import { addSignature, challengeOf, PAYLOAD_TYPE, withSignature } from "../../approval/dsse.ts";
import type { Envelope } from "../../approval/dsse.ts";
import { EMPTY } from "../../approval/entry.ts";
import type { RecordPosition } from "../../approval/fields.ts";
import { headOf } from "../../approval/ledger.ts";
import { readPasskeyKey } from "../../approval/passkeys.ts";
import { appendEntry, emptyRecord, verifyRecord } from "../../approval/record.ts";
import {
  readStatement,
  sha256,
  signPlanStatement,
  signRegistration,
} from "../../approval/statement.ts";
import type { Predicates } from "../../approval/statements.ts";
import { Authenticator } from "../support/authenticator.ts";
import type { Misuse } from "../support/authenticator.ts";
import {
  anna,
  bram,
  clock,
  codeOf,
  eva,
  ines,
  joost,
  minute,
  OTHER_PLAN,
  OTHER_TENANT,
  PLAN,
  registration,
  STACK,
  Story,
  TENANT,
  trustRoots,
} from "./support.ts";

type Key = Pick<Authenticator, "publicKey" | "passkey">;
const registering = ({ publicKey, passkey }: Key, required = 1) => ({
  decisionMakers: [
    { name: anna.name, email: anna.email, publicKey, passkey },
    { name: bram.name, email: bram.email, publicKey: bram.key.publicKey },
  ],
  deputies: [],
  required,
});

function storyWith(device: Key): Story {
  const story = new Story();
  story.add(0, (seen) =>
    registration(seen, 0, { by: [ines, joost], with: { authority: registering(device) } }),
  );
  return story;
}

interface Words {
  readonly plan?: string;
  readonly with?: Partial<Predicates["decision"]>;
}

function unsigned(seen: RecordPosition, device: Authenticator, words: Words = {}): Envelope {
  const predicate: Predicates["decision"] = {
    ...{ tenantId: TENANT, stack: STACK, seen, decision: "approved", remark: "" },
    decisionMaker: { email: anna.email, keyId: device.keyId },
    ...{ decidedAt: minute(1), validUntil: minute(60) },
    shown: {
      ...{ sha256: "d4".repeat(32), language: "nl", format: "html" },
      ...{ document: "d5".repeat(32), renderer: "tenantry.page/v1", asOf: minute(0) },
      ...{ requestedBy: [], reason: null },
    },
    ...words.with,
  };
  return signPlanStatement("decision", { planDigest: words.plan ?? PLAN, predicate }, []);
}

function signed(seen: RecordPosition, device: Authenticator, misuse: Misuse = {}): Envelope {
  const envelope = unsigned(seen, device);
  return withSignature(envelope, device.sign(challengeOf(envelope), misuse));
}

describe("a passkey", () => {
  it.each(["ES256", "EdDSA", "RS256"] as const)(
    "signs a decision with %s, which verifies from the stored bytes alone",
    async (algorithm) => {
      const device = new Authenticator(algorithm);
      const story = storyWith(device);
      story.add(1, (seen) => signed(seen, device));
      const verified = await verifyRecord(story.bytes, { trustRoots });
      expect(verified).toMatchObject({ ok: true });
    },
  );

  it("whose counter stays 0, as synced ones do, signs five times", () => {
    const device = new Authenticator();
    const story = storyWith(device);
    for (const at of [1, 2, 3, 4, 5]) {
      story.add(at, (seen) => {
        const envelope = unsigned(seen, device, { with: { decidedAt: minute(at) } });
        return withSignature(envelope, device.sign(challengeOf(envelope), { counter: 0 }));
      });
    }
    expect(story.record.statements).toHaveLength(6);
  });

  it("of a second device speaks for the same person, and counts for no other address", () => {
    const [device, spare] = [new Authenticator(), new Authenticator("EdDSA")];
    const { decisionMakers, ...rest } = registering(device);
    const [first, ...others] = decisionMakers;
    if (first === undefined) throw new Error("nobody decides");
    const { publicKey, passkey } = spare;
    const withSpare = { ...first, spares: [{ publicKey, passkey }] };
    const story = new Story();
    const authority = { ...rest, decisionMakers: [withSpare, ...others] };
    story.add(0, (seen) => registration(seen, 0, { by: [ines, joost], with: { authority } }));
    story.add(1, (seen) => signed(seen, spare));
    expect(story.record.registeredKeys.get(spare.keyId)?.email).toBe(anna.email);
    const twice = {
      ...rest,
      decisionMakers: [withSpare, { name: bram.name, email: bram.email, publicKey, passkey }],
    };
    const make = () => registration(EMPTY, 0, { by: [ines], with: { authority: twice } });
    expect(codeOf(make)).toBe("malformed");
    const stolen = { ...rest, decisionMakers: [{ name: "Eva", email: eva.email, publicKey }] };
    const take = () =>
      story.add(2, (seen) => registration(seen, 2, { by: [anna], with: { authority: stolen } }));
    expect(codeOf(take)).toBe("key-not-allowed");
  });

  it("signs a later registration beside a key of another kind", () => {
    const device = new Authenticator();
    const story = storyWith(device);
    const at = 2;
    story.add(at, (seen) => {
      const authority = registering(device, 2);
      const draft = registration(seen, at, { by: [bram], with: { authority } });
      return withSignature(draft, device.sign(challengeOf(draft)));
    });
    expect(story.record.registrations).toHaveLength(2);
  });
});

describe("an assertion is refused", () => {
  const other = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;

  it.each<[string, Misuse]>([
    ["of a key that only looks like it (forged)", { privateKey: other }],
    ["from another origin", { origin: "https://portal.example.com.evil.example" }],
    ["from another port", { origin: "https://portal.example.com:8443" }],
    ["from a frame of another site", { crossOrigin: true }],
    ["from within a site that is named", { topOrigin: "https://evil.example" }],
    ["for another relying party", { relyingPartyId: "evil.example" }],
    ["without user verification", { flags: 0x01 }],
    ["without user presence", { flags: 0x04 }],
    ["made when a passkey was created", { type: "webauthn.create" }],
  ])("%s", (_what, misuse) => {
    const device = new Authenticator();
    const story = storyWith(device);
    expect(codeOf(() => story.add(1, (seen) => signed(seen, device, misuse)))).toBe("signature");
    // The story went on but for that.
    expect(() => story.add(1, (seen) => signed(seen, device))).not.toThrow();
  });

  it.each<[string, Words]>([
    ["another plan", { plan: OTHER_PLAN }],
    ["a no turned into a yes", { with: { decision: "refused" } }],
    ["another tenant", { with: { tenantId: OTHER_TENANT } }],
    ["another remark", { with: { remark: "Except Piet" } }],
    ["another page", { with: { shown: { ...shownOf(), document: "e6".repeat(32) } } }],
  ])("when it was made for %s (replayed)", (_what, words) => {
    const device = new Authenticator();
    const story = storyWith(device);
    const replayed = (seen: RecordPosition): Envelope => {
      const theirs = unsigned(seen, device, words);
      return withSignature(unsigned(seen, device), device.sign(challengeOf(theirs)));
    };
    expect(codeOf(() => story.add(1, replayed))).toBe("signature");
  });

  function shownOf(): Predicates["decision"]["shown"] {
    return {
      ...{ sha256: "d4".repeat(32), language: "nl", format: "html" },
      ...{ document: "d5".repeat(32), renderer: "tenantry.page/v1", asOf: minute(0) },
      ...{ requestedBy: [], reason: null },
    };
  }

  it("in the record of another tenant, though the same passkey is registered there", () => {
    const device = new Authenticator();
    const story = storyWith(device);
    const elsewhere = (seen: RecordPosition): Envelope => {
      const envelope = unsigned(seen, device, { with: { tenantId: OTHER_TENANT } });
      return withSignature(envelope, device.sign(challengeOf(envelope)));
    };
    expect(codeOf(() => story.add(1, elsewhere))).toBe("foreign-tenant");
  });

  it("when it is recorded a second time", () => {
    const device = new Authenticator();
    const story = storyWith(device);
    const envelope = signed(headOf(story.record), device);
    story.add(1, () => envelope);
    expect(codeOf(() => story.add(2, () => envelope))).toBe("repeated");
  });

  it("of a credential that nobody registered, also when it claims the registered key", () => {
    const [device, stranger] = [new Authenticator(), new Authenticator()];
    const story = storyWith(device);
    expect(codeOf(() => story.add(1, (seen) => signed(seen, stranger)))).toBe("unknown-signer");
    const claimed = (seen: RecordPosition): Envelope => {
      const envelope = unsigned(seen, device);
      const signature = stranger.sign(challengeOf(envelope));
      return withSignature(envelope, { ...signature, keyid: device.keyId });
    };
    expect(codeOf(() => story.add(1, claimed))).toBe("signature");
  });

  it("when its signature is another one of the same device (swapped)", () => {
    const device = new Authenticator();
    const story = storyWith(device);
    const swapped = (seen: RecordPosition): Envelope => {
      const envelope = unsigned(seen, device);
      const one = device.sign(challengeOf(envelope));
      return withSignature(envelope, { ...one, sig: device.sign(Buffer.alloc(32)).sig });
    };
    expect(codeOf(() => story.add(1, swapped))).toBe("signature");
  });

  it("when it comes from a key that was registered to sign by itself, and the other way round", () => {
    const device = new Authenticator("EdDSA");
    const story = storyWith(device);
    const plain = (seen: RecordPosition): Envelope => {
      const { keyId, publicKey, privateKey } = device;
      return addSignature(unsigned(seen, device), { keyId, publicKey, privateKey });
    };
    expect(codeOf(() => story.add(1, plain))).toBe("signature");
    const dressed = (seen: RecordPosition): Envelope => {
      const decisionMaker = { email: bram.email, keyId: bram.key.keyId };
      const envelope = unsigned(seen, device, { with: { decisionMaker } });
      const { privateKey } = bram.key;
      const signature = device.sign(challengeOf(envelope), { privateKey });
      return withSignature(envelope, { ...signature, keyid: bram.key.keyId });
    };
    expect(codeOf(() => story.add(1, dressed))).toBe("signature");
  });
});

describe("a registration", () => {
  it("of before there were passkeys is read as before", () => {
    const authority = {
      decisionMakers: [{ name: anna.name, email: anna.email, publicKey: anna.key.publicKey }],
      ...{ deputies: [], required: 1 },
    };
    const envelopeOf = (people: object): Envelope => {
      const facts = { ...authority, ...people };
      const statement = {
        _type: "https://in-toto.io/Statement/v1",
        subject: [
          {
            name: `tenantry:registration:${STACK}`,
            digest: { sha256: sha256(canonicalJson(facts)) },
          },
        ],
        predicateType: "https://tenantry.dev/predicates/registration/v1",
        predicate: {
          ...{ tenantId: TENANT, stack: STACK, seen: EMPTY, authority: facts },
          ...{ validFrom: minute(0), validUntil: null, registeredAt: minute(0) },
        },
      };
      const payload = Buffer.from(canonicalJson(statement)).toString("base64");
      const draft: Envelope = { payload, payloadType: PAYLOAD_TYPE, signatures: [] };
      return [ines, joost].reduce((envelope, { key }) => addSignature(envelope, key), draft);
    };
    const at = { now: clock(0), trustRoots };
    const { record } = appendEntry(emptyRecord, envelopeOf({}), at);
    expect(record.registeredKeys.get(anna.key.keyId)?.passkey).toBeUndefined();
    const { publicKey, passkey } = new Authenticator();
    const later = [{ name: anna.name, email: anna.email, publicKey, passkey }];
    expect(codeOf(() => readStatement(envelopeOf({ decisionMakers: later })))).toBe("malformed");
  });

  it("takes no key of another kind for a passkey", () => {
    const device = new Authenticator();
    const kinds = [
      generateKeyPairSync("ec", { namedCurve: "secp384r1" }).publicKey,
      generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey,
      generateKeyPairSync("x25519").publicKey,
    ];
    for (const kind of kinds) {
      const publicKey = kind.export({ format: "der", type: "spki" }).toString("base64");
      expect(codeOf(() => readPasskeyKey(publicKey))).toBe("key-malformed");
      expect(codeOf(() => storyWith({ publicKey, passkey: device.passkey }))).toBe("malformed");
    }
    // A device's key is registered as a passkey, or not at all.
    const { passkey: _, ...bare } = { publicKey: device.publicKey, passkey: device.passkey };
    const people = [{ name: anna.name, email: anna.email, ...bare }];
    const authority = { decisionMakers: people, deputies: [], required: 1 };
    const add = () =>
      new Story().add(0, (seen) =>
        registration(seen, 0, { by: [ines, joost], with: { authority } }),
      );
    expect(codeOf(add)).toBe("malformed");
  });

  it("says in what it signs that a device is managed by the provider", () => {
    const device = new Authenticator();
    const managed = { ...device.passkey, isManaged: true };
    const draft = (passkey: typeof managed): string =>
      signRegistration(
        {
          ...{ tenantId: TENANT, stack: STACK, seen: EMPTY },
          authority: registering({ publicKey: device.publicKey, passkey }),
          ...{ validFrom: minute(0), validUntil: null, registeredAt: minute(0) },
        },
        [],
      ).payload;
    expect(draft(managed)).not.toBe(draft(device.passkey));
  });
});
