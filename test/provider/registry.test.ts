import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DescribedChange, Operation } from "../../provider/kit/define.ts";
import { azureadPackage, m365Package } from "../../provider/registry.ts";
import { UNKNOWN } from "../../core/engine-markers.ts";

const definitions = [...m365Package.resources, ...azureadPackage.resources];

const FOLDER = fileURLToPath(new URL("../../provider", import.meta.url));

const sources = (): string[] =>
  readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(`${FOLDER}/${name}`, "utf8"));

describe("the registry", () => {
  it("has every resource that is defined, once", () => {
    const defined = sources()
      .flatMap((source) => [...source.matchAll(/^ {2}token: "([^"]+)",$/gm)])
      .map(([, token]) => token);
    expect(definitions.map(({ token }) => token).sort()).toEqual(defined.sort());
  });
});

const operations: Operation[] = ["create", "update", "replace", "delete", "adopt"];

/** Values as a plan holds them: JSON, in which anything may be unknown or secret. */
const value = fc.letrec((tie) => ({
  leaf: fc.oneof(
    fc.constant(UNKNOWN),
    fc.constant("[secret]"),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  ),
  any: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("name", "kind", "principal", "role", "sku", "until"), tie("any")),
  ),
})).any;

describe.each(definitions)("$token", (definition) => {
  const keys = [...Object.keys(definition.inputs.shape), ...Object.keys(definition.outputs.shape)];
  const properties = fc.dictionary(fc.constantFrom(...keys), value);

  it("names only its own inputs where it names inputs", () => {
    const inputs = Object.keys(definition.inputs.shape);
    expect(inputs).toEqual(expect.arrayContaining([...definition.replaceOn]));
    expect(inputs).toEqual(expect.arrayContaining([...(definition.writeOnly ?? [])]));
    const assigned = (definition.assignedByService ?? []).map((path) => path.split(/[.[]/)[0]);
    expect(inputs).toEqual(expect.arrayContaining(assigned));
  });

  it("says where its facts come from", () => {
    expect(definition.sources.length).toBeGreaterThan(0);
    const all = [
      ...definition.sources.map(({ url }) => url),
      ...(definition.limits ?? []).map(({ source }) => source),
    ];
    for (const url of all) expect(url).toMatch(/^https:\/\//);
  });

  it("has a sentence in both languages for every change, whatever is in it", () => {
    fc.assert(
      fc.property(
        fc.record({
          operation: fc.constantFrom(...operations),
          before: properties,
          after: properties,
          changedPaths: fc.array(fc.constantFrom(...keys)),
        }),
        ({ operation, before, after, changedPaths }) => {
          const change: DescribedChange = {
            operation,
            before: operation === "create" || operation === "adopt" ? undefined : before,
            after: operation === "delete" ? undefined : after,
            changedPaths: operation === "update" ? changedPaths : [],
          };
          const { nl, en, affected } = definition.describe(change);
          for (const sentence of [nl, en]) {
            expect(sentence.trim()).not.toBe("");
            expect(sentence).not.toContain(UNKNOWN);
            expect(sentence).not.toMatch(/undefined|\[object /);
          }
          expect(affected.every((name) => typeof name === "string")).toBe(true);
        },
      ),
      { seed: 7, numRuns: 200 },
    );
  });
});
