import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExpectedError } from "../../core/expected-error.ts";
import {
  addSignature,
  decodeEnvelope,
  encodeEnvelope,
  isValid,
  type PAYLOAD_TYPE,
  preAuthenticationEncoding,
  signatureCheck,
  signEnvelope,
  type Envelope,
} from "../../approval/dsse.ts";
import { generateKey, readPublicKey, type SigningKey } from "../../approval/keys.ts";
import { readStatement } from "../../approval/statement.ts";
import { codeOf, anna, decision } from "./support.ts";

const EMPTY = { sequence: 0, hash: "0".repeat(64) };

function verifies(envelope: Envelope, key: SigningKey): boolean {
  const check = signatureCheck(envelope, key.keyId, { key: readPublicKey(key.publicKey) });
  return check !== undefined && !("flaw" in check) && isValid(check);
}

describe("the pre-authentication encoding", () => {
  it("is that of the protocol's example", () => {
    const encoded = preAuthenticationEncoding(
      "http://example.com/HelloWorld",
      Buffer.from("hello world"),
    );
    expect(encoded.toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });

  it("counts bytes, not characters", () => {
    const encoded = preAuthenticationEncoding("é", Buffer.from("€"));
    expect(encoded.toString()).toBe("DSSEv1 2 é 3 €");
  });
});

describe("an envelope", () => {
  it("holds for its signers and for nobody else", () => {
    const [one, two, other] = [generateKey(), generateKey(), generateKey()];
    const envelope = addSignature(signEnvelope(Buffer.from("{}"), [one]), two);
    expect(verifies(envelope, one)).toBe(true);
    expect(verifies(envelope, two)).toBe(true);
    expect(verifies(envelope, other)).toBe(false);
  });

  it("has one spelling, in whatever order people sign, also when one signs twice", () => {
    const [one, two] = [generateKey(), generateKey()];
    const payload = Buffer.from("{}");
    const there = addSignature(signEnvelope(payload, [one, two]), one);
    const back = signEnvelope(payload, [two, one]);
    expect(encodeEnvelope(there)).toEqual(encodeEnvelope(back));
    expect(decodeEnvelope(encodeEnvelope(back))).toEqual(back);
  });

  it("does not hold for another type of payload", () => {
    const key = generateKey();
    const envelope = signEnvelope(Buffer.from("{}"), [key]);
    expect(verifies({ ...envelope, payloadType: "text/plain" as typeof PAYLOAD_TYPE }, key)).toBe(
      false,
    );
  });

  it.each<[string, (envelope: Envelope) => unknown]>([
    ["an unknown field", (envelope) => ({ ...envelope, extra: true })],
    ["no signature", (envelope) => ({ ...envelope, signatures: [] })],
    ["a missing payload", ({ payload: _payload, ...rest }) => rest],
    ["another payload type", (envelope) => ({ ...envelope, payloadType: "text/plain" })],
    [
      "an unknown field beside a signature",
      ({ signatures, ...rest }) => ({
        ...rest,
        signatures: signatures.map((signature) => ({ ...signature, cert: "" })),
      }),
    ],
    [
      "the same signature twice",
      ({ signatures, ...rest }) => ({
        ...rest,
        signatures: [...signatures, ...signatures],
      }),
    ],
  ])("is refused with %s", (_name, spoil) => {
    const envelope = signEnvelope(Buffer.from("{}"), [generateKey()]);
    const bytes = Buffer.from(JSON.stringify(spoil(envelope)));
    expect(codeOf(() => decodeEnvelope(bytes))).toBe("malformed");
  });

  it("is refused when its signatures are not sorted", () => {
    const envelope = signEnvelope(Buffer.from("{}"), [generateKey(), generateKey()]);
    const bytes = Buffer.from(
      JSON.stringify({ ...envelope, signatures: envelope.signatures.toReversed() }),
    );
    expect(codeOf(() => decodeEnvelope(bytes))).toBe("malformed");
  });

  it("is refused with white space, a second key of one name, or another spelling of base64", () => {
    const text = Buffer.from(encodeEnvelope(signEnvelope(Buffer.from("ab"), [generateKey()])));
    const spoilt = [
      ` ${text.toString()}`,
      text.toString().replace("{", '{"payload":"YWI=",'),
      text.toString().replace('"YWI="', '"YWJ="'),
      text.toString().replace('"YWI="', '"YWI"'),
    ];
    for (const one of spoilt) {
      expect(codeOf(() => decodeEnvelope(Buffer.from(one)))).toBe("malformed");
    }
  });

  it("never passes with one byte changed, wherever it is", () => {
    const bytes = Buffer.from(encodeEnvelope(decision(EMPTY, 1, { by: anna })));
    const accepted = (changed: Uint8Array) => {
      try {
        const envelope = decodeEnvelope(changed);
        const statement = readStatement(envelope);
        return statement.kind === "decision" && verifies(envelope, anna.key);
      } catch (error) {
        if (error instanceof ExpectedError) return false;
        throw error;
      }
    };
    expect(accepted(bytes)).toBe(true);
    const place = fc.integer({ min: 0, max: bytes.length - 1 });
    const change = fc.integer({ min: 1, max: 255 });
    fc.assert(
      fc.property(place, change, (index, mask) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8(changed.readUInt8(index) ^ mask, index);
        expect(accepted(changed)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
