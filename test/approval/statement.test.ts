import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../core/canonical-json.ts";
import { PAYLOAD_TYPE, signEnvelope } from "../../approval/dsse.ts";
import { readStatement } from "../../approval/statement.ts";
import type { Predicates } from "../../approval/statements.ts";
import {
  anna,
  application,
  applicationStart,
  bram,
  cas,
  codeOf,
  decision,
  dirk,
  eva,
  ines,
  lockBreak,
  minute,
  PLAN,
  registration,
  runner,
  STACK,
  TENANT,
  withdrawal,
} from "./support.ts";

const SEEN = { sequence: 0, hash: "0".repeat(64) };
const ID = "e5".repeat(32);

interface Written {
  _type: string;
  subject: { name: string; digest: Record<string, string> }[];
  predicateType: string;
  predicate: Record<string, unknown>;
}

/** The decision as it is signed, with something changed, signed again by the same person. */
function resigned(change: (statement: Written) => object): () => unknown {
  const { payload } = decision(SEEN, 1, { by: anna });
  const statement = JSON.parse(Buffer.from(payload, "base64").toString()) as Written;
  const text = canonicalJson(
    JSON.parse(JSON.stringify(change(statement))) as Record<string, string>,
  );
  return () => readStatement(signEnvelope(Buffer.from(text), [anna.key]));
}

describe("a statement", () => {
  it("is an in-toto Statement v1 about the plan, in a DSSE envelope", () => {
    const envelope = decision(SEEN, 1, { by: anna });
    expect(envelope.payloadType).toBe(PAYLOAD_TYPE);
    const statement = JSON.parse(Buffer.from(envelope.payload, "base64").toString()) as Written;
    expect(statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      subject: [{ name: `tenantry:plan:${STACK}`, digest: { sha256: PLAN.slice(7) } }],
      predicateType: "https://tenantry.dev/predicates/decision/v1",
      predicate: { tenantId: TENANT, stack: STACK, decision: "approved" },
    });
  });

  it.each([
    ["decision", decision(SEEN, 1, { by: anna })],
    ["withdrawal", withdrawal(SEEN, 1, { by: anna, withdraws: ID })],
    ["registration", registration(SEEN, 1, { by: [ines] })],
    ["application", application(SEEN, 1, { approvals: [ID] })],
    ["application-start", applicationStart(SEEN, 1, { approvals: [ID] })],
    ["lock-break", lockBreak(SEEN, 1)],
  ])("of the kind %s is read back", (kind, envelope) => {
    expect(readStatement(envelope).kind).toBe(kind);
  });

  it("has the same id whoever signs it", () => {
    const one = decision(SEEN, 1, { by: anna });
    const payload = Buffer.from(one.payload, "base64");
    expect(readStatement(signEnvelope(payload, [bram.key])).id).toBe(readStatement(one).id);
  });

  it.each<[string, (statement: Written) => object]>([
    ["another type", (s) => ({ ...s, _type: "https://in-toto.io/Statement/v0.1" })],
    [
      "an unknown kind",
      (s) => ({ ...s, predicateType: s.predicateType.replace("decision", "opinion") }),
    ],
    ["an unknown field", (s) => ({ ...s, note: "" })],
    [
      "an unknown field in the predicate",
      (s) => ({ ...s, predicate: { ...s.predicate, force: true } }),
    ],
    ["a second subject", (s) => ({ ...s, subject: [...s.subject, ...s.subject] })],
    [
      "a subject of another stack",
      (s) => ({ ...s, predicate: { ...s.predicate, stack: "fabrikam" } }),
    ],
    [
      "a second digest",
      (s) => ({
        ...s,
        subject: s.subject.map((one) => ({ ...one, digest: { ...one.digest, sha1: "00" } })),
      }),
    ],
    [
      "a day that does not exist",
      (s) => ({
        ...s,
        predicate: { ...s.predicate, decidedAt: "2026-02-30T09:00:00.000Z" },
      }),
    ],
    [
      "a time in another zone",
      (s) => ({
        ...s,
        predicate: { ...s.predicate, decidedAt: "2026-11-22T09:00:00.000+01:00" },
      }),
    ],
    [
      "a validity that ends before it starts",
      (s) => ({
        ...s,
        predicate: { ...s.predicate, validUntil: minute(0) },
      }),
    ],
    [
      "hidden characters in the remark",
      (s) => ({
        ...s,
        predicate: { ...s.predicate, remark: "akkoord\u202e" },
      }),
    ],
    [
      "a missing remark",
      ({ predicate: { remark: _remark, ...predicate }, ...s }) => ({
        ...s,
        predicate,
      }),
    ],
    [
      "an address in capitals",
      (s) => ({
        ...s,
        predicate: { ...s.predicate, decisionMaker: { email: "Anna@contoso.example", keyId: ID } },
      }),
    ],
  ])("is refused with %s", (_name, change) => {
    expect(resigned((same) => same)).not.toThrow();
    expect(codeOf(resigned(change))).toBe("malformed");
  });

  it("is refused when it is not in canonical form", () => {
    const { payload } = decision(SEEN, 1, { by: anna });
    const spaced = Buffer.from(` ${Buffer.from(payload, "base64").toString()}`);
    expect(codeOf(() => readStatement(signEnvelope(spaced, [anna.key])))).toBe("malformed");
  });

  it("is not signed when it could not be read back", () => {
    const approvals: string[] = [];
    expect(codeOf(() => application(SEEN, 1, { approvals }))).toBe("malformed");
  });
});

describe("an application", () => {
  it.each<[string, Partial<Predicates["application"]>]>([
    ["success with something left", { remaining: { changes: 1, digest: PLAN } }],
    ["a commit that is abbreviated", { commit: "a1b2c3d" }],
    ["success without the tenant file's facts", { facts: null }],
    ["no author of the change", { changeAuthors: [] }],
  ])("is refused with %s", (_name, change) => {
    const make = () => application(SEEN, 1, { by: runner, approvals: [ID], with: change });
    expect(codeOf(make)).toBe("malformed");
  });
});

describe("a registration", () => {
  const from = minute(0);
  const until = minute(60);
  const make = (options: Partial<Parameters<typeof registration>[2]>) => () =>
    registration(SEEN, 1, { by: [ines], ...options });

  it.each<[string, () => unknown]>([
    ["nobody", make({ decisionMakers: [] })],
    ["more required than there are people", make({ required: 3 })],
    ["none required", make({ required: 0 })],
    ["one person twice", make({ decisionMakers: [anna, anna] })],
    ["two people with one key", make({ decisionMakers: [anna, { ...bram, key: anna.key }] })],
    ["a decision maker as deputy", make({ deputies: [{ who: bram, for: anna, from, until }] })],
    ["a deputy of nobody", make({ deputies: [{ who: dirk, for: cas, from, until }] })],
    [
      "a period that ends before it starts",
      make({
        deputies: [{ who: dirk, for: anna, from: until, until: from }],
      }),
    ],
    [
      "a deputy of two people at once",
      make({
        deputies: [
          { who: dirk, for: anna, from, until },
          { who: dirk, for: bram, from: minute(59), until: minute(90) },
        ],
      }),
    ],
    [
      "two deputies with one key",
      make({
        deputies: [
          { who: dirk, for: anna, from, until },
          { who: { ...eva, key: dirk.key }, for: bram, from: until, until: minute(90) },
        ],
      }),
    ],
  ])("is refused with %s", (_name, register) => {
    expect(codeOf(register)).toBe("malformed");
  });

  it("may name one deputy for two people one after the other", () => {
    const deputies = [
      { who: dirk, for: anna, from, until },
      { who: dirk, for: bram, from: until, until: minute(90) },
    ];
    expect(readStatement(make({ deputies })()).kind).toBe("registration");
  });

  it("is refused when its subject is not the hash of what it registers", () => {
    const { payload } = registration(SEEN, 1, { by: [ines] });
    const text = Buffer.from(payload, "base64").toString();
    const changed = Buffer.from(text.replace('"required":1', '"required":2'));
    expect(codeOf(() => readStatement(signEnvelope(changed, [ines.key])))).toBe("malformed");
  });
});
