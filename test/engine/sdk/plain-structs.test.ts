/** Next to Google's own code, which runs in a process where nothing was patched. */
import { execFileSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import { expect, test } from "vitest";
import "../../../engine/sdk/plain-structs.ts";

const { Struct, Value } = structProto;
const clone = fileURLToPath(new URL("../../../", import.meta.url));

interface Exchanged {
  readonly bytes: string;
  readonly plain: Record<string, JavaScriptValue>;
}

/** What Google's code makes of each value in bytes, and of each of ours in values. */
function byGoogle(plain: readonly unknown[], ours: readonly string[]): Exchanged[] {
  const program = `
    import structProto from "google-protobuf/google/protobuf/struct_pb.js";
    import { readFileSync } from "node:fs";
    const { plain, ours } = JSON.parse(readFileSync(0, "utf8"));
    const { Struct } = structProto;
    process.stdout.write(JSON.stringify(plain.map((value, at) => ({
      bytes: Buffer.from(Struct.fromJavaScript(value).serializeBinary()).toString("base64"),
      plain: Struct.deserializeBinary(Buffer.from(ours[at], "base64")).toJavaScript(),
    }))));`;
  const args = ["--input-type=module", "--eval", program];
  const input = JSON.stringify({ plain, ours });
  const options = { cwd: clone, input, maxBuffer: 1e9, encoding: "utf8" } as const;
  return JSON.parse(execFileSync(process.execPath, args, options)) as Exchanged[];
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
const read = (bytes: string): structProto.Struct =>
  Struct.deserializeBinary(Buffer.from(bytes, "base64"));
const fromPlain = (plain: unknown): structProto.Struct =>
  Struct.fromJavaScript(plain as Record<string, JavaScriptValue>);

const seed = randomInt(2 ** 31);

test(`any properties reach Google's code as they are, and come back from it (seed ${seed})`, () => {
  const properties = fc.dictionary(fc.string({ unit: "grapheme" }), fc.jsonValue(), {
    noNullPrototype: true,
  });
  // As JSON has them: without -0, which the process in between would not be given. A key `__proto__` is lost in
  // Google's code.
  const plain = fc
    .sample(properties, { numRuns: 500, seed })
    .map((value) => JSON.stringify(value))
    .filter((value) => !value.includes('"__proto__"'))
    .map((value) => JSON.parse(value) as unknown);
  const exchanged = byGoogle(
    plain,
    plain.map((value) => base64(fromPlain(value).serializeBinary())),
  );
  expect(exchanged.map((each) => each.plain)).toEqual(plain);
  expect(exchanged.map(({ bytes }) => read(bytes).toJavaScript())).toEqual(plain);
});

const SAMPLE = { name: "Daan", nested: { list: [1, null, { on: false }], none: {} }, empty: [] };

test("a struct whose fields somebody asks for gives them, and what they become counts", () => {
  const struct = read(base64(fromPlain(SAMPLE).serializeBinary()));
  const fields = struct.getFieldsMap();
  expect(fields.get("name")?.getStringValue()).toBe("Daan");
  expect(struct.toJavaScript()).toEqual(SAMPLE);
  fields.set("name", Value.fromJavaScript("Eva"));
  const changed = { ...SAMPLE, name: "Eva" };
  expect(struct.toJavaScript()).toEqual(changed);
  expect(read(base64(struct.serializeBinary())).toJavaScript()).toEqual(changed);
});

test("structs inside of other messages are plain, too", () => {
  const request = new providerProto.CheckRequest().setUrn("urn").setNews(fromPlain(SAMPLE));
  const received = providerProto.CheckRequest.deserializeBinary(request.serializeBinary());
  expect(received.getNews()?.toJavaScript()).toEqual(SAMPLE);
  // One of Google's maps of fields would give a new object each time.
  expect(received.getNews()?.toJavaScript()).toBe(received.getNews()?.toJavaScript());
});

test("what is no value is refused instead of lost", () => {
  const struct = fromPlain({ name: undefined });
  expect(() => struct.serializeBinary()).toThrow("A struct holds no undefined");
});
