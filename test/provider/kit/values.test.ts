import { describe, expect, it } from "vitest";
import { decode, encode } from "../../../provider/kit/values.ts";
import { UNKNOWN } from "../../../core/engine-markers.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown): object => ({
  [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const output = (parts: object): object => ({
  [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  ...parts,
});

describe("decode", () => {
  it("unwraps secrets at any depth and remembers under which key they stood", () => {
    const decoded = decode({ password: secret("x"), nested: { list: [secret("y")] }, open: "z" });
    expect(decoded.values).toEqual({ password: "x", nested: { list: ["y"] }, open: "z" });
    expect([...decoded.secretKeys].sort()).toEqual(["nested", "password"]);
  });

  it("keeps unknowns as they are and remembers under which key they stood", () => {
    const decoded = decode({ id: UNKNOWN, grants: [{ groupId: UNKNOWN }], known: "a" });
    expect([...decoded.unknownKeys].sort()).toEqual(["grants", "id"]);
    expect(decoded.values.id).toBe(UNKNOWN);
  });

  it("reads an output with its value, its secrecy, or nothing known", () => {
    const decoded = decode({ a: output({ value: "v", secret: true }), b: output({}) });
    expect(decoded.values).toEqual({ a: "v", b: UNKNOWN });
    expect([...decoded.secretKeys]).toEqual(["a"]);
    expect([...decoded.unknownKeys]).toEqual(["b"]);
  });

  it("leaves out nulls and the bookkeeping of SDKs, at any depth", () => {
    const wire = { a: null, __defaults: [], b: { c: null, __defaults: ["c"], d: 1 }, __meta: "{}" };
    expect(decode(wire).values).toEqual({ b: { d: 1 }, __meta: "{}" });
  });
});

describe("encode", () => {
  it("wraps the named keys and leaves out what is undefined", () => {
    expect(encode({ a: "x", b: undefined, c: { d: undefined, e: 1 } }, ["a"])).toEqual({
      a: secret("x"),
      c: { e: 1 },
    });
  });

  it("gives back what decode read", () => {
    const wire = { password: secret("x"), members: ["a", "b"], location: { country: "NL" } };
    const { values, secretKeys } = decode(wire);
    expect(encode(values, secretKeys)).toEqual(wire);
  });
});
