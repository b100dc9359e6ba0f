import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isScalar, parseDocument, visit, type Scalar } from "yaml";
import { findSku } from "../../core/sku-catalogue.ts";
import { tenantJsonSchema } from "../../tenant-file/json-schema.ts";
import { tenantSchema } from "../../tenant-file/tenant-schema.ts";
import {
  fabrikam,
  problemsOf,
  sample as contoso,
  tenantOf,
  voorbeeld,
  warningsOf,
} from "./contoso.ts";

const samples = { contoso, fabrikam };

describe.each(Object.entries(samples))("the sample %s", (_, text) => {
  it("is valid and points editors at the schema", () => {
    tenantOf(text);
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=../tenant.schema.json");
  });

  it("names only domains that are reserved for examples", () => {
    const domains = [
      ...text.matchAll(/[@ [](?<domain>[a-z]+\.(?:com|nl|example|onmicrosoft\.com))\b/g),
    ];
    const names = new Set(domains.map((match) => match.groups?.domain));
    for (const name of names) {
      expect(name).toMatch(/^(contoso|fabrikam)(\.onmicrosoft)?\.com$|\.example$/);
    }
    expect(names.size).toBeGreaterThan(1);
  });

  it("is refused at the key, whichever key is misspelt and however", () => {
    const keys = keysOf(text);
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.nat(),
        fc.constantFrom("drop", "double", "swap"),
        (key, at, slip) => {
          const wrong = misspell(key.name, at, slip);
          fc.pre(wrong !== key.name && !key.siblings.includes(wrong));
          const misspelt =
            text.slice(0, key.offset) + wrong + text.slice(key.offset + key.name.length);
          const before = text.slice(0, key.offset).split("\n");
          expect(problemsOf(misspelt)).toContainEqual(
            expect.objectContaining({
              line: before.length,
              column: (before.at(-1) ?? "").length + 1,
              message: `Unknown key "${wrong}"`,
            }),
          );
        },
      ),
      { seed: 20261122, numRuns: 200 },
    );
  }, 60_000);
});

it("the sample voorbeeld is what an import wrote of a firm of 60, valid and without a warning", () => {
  const { users = [], groups = [], unmanaged } = tenantOf(voorbeeld);
  expect([users.length, groups.length, unmanaged?.users?.length]).toEqual([57, 9, 2]);
  expect(warningsOf(voorbeeld)).toEqual([]);
});

describe("contoso", () => {
  const tenant = tenantOf(contoso);

  it("uses every section that a new tenant can have", () => {
    const { shape } = tenantSchema;
    const left = Object.keys(shape).filter((section) => !Object.hasOwn(tenant, section));
    expect(left).toEqual(["dnsZones", "unmanaged", "accepted", "release"]);
  });

  it("shows every key of the format, in use or in a comment", () => {
    const comments = contoso.split("\n").map((line) => line.split("#").slice(1).join("#"));
    const shown = new Set([
      ...keysOf(contoso).map(({ name }) => name),
      ...comments.flatMap((comment) => comment.match(/\w+/g) ?? []),
    ]);
    expect([...namesIn(tenantJsonSchema())].filter((name) => !shown.has(name))).toEqual([]);
  });

  it("gives every person a mailbox, directly or through a group", () => {
    const throughGroups = new Set(
      tenant.groups?.filter(({ licenses }) => licenses?.length).flatMap(({ members }) => members),
    );
    const { emergencyAccounts = [] } = tenant.tenant;
    for (const user of tenant.users ?? []) {
      if (emergencyAccounts.includes(user.userPrincipalName)) continue;
      const hasDirect = (user.licenses ?? []).some((sku) => findSku(sku)?.hasMailbox);
      expect(hasDirect || throughGroups.has(user.userPrincipalName)).toBe(true);
    }
  });

  it("has its service level in English, also from Dutch", () => {
    expect(tenant.contract.serviceLevel).toBe("silver");
    const dutch = contoso.replace("serviceLevel: silver", "serviceLevel: goud");
    expect(tenantOf(dutch).contract.serviceLevel).toBe("gold");
  });

  it("has decision makers of the customer, none of the provider", () => {
    for (const { email } of tenant.approval?.decisionMakers ?? []) {
      expect(email).toMatch(/@contoso\.com$/);
    }
  });
});

/** Names of properties anywhere in a JSON Schema. */
function namesIn(schema: unknown, found = new Set<string>()): Set<string> {
  if (typeof schema !== "object" || schema === null) return found;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") for (const name of Object.keys(value as object)) found.add(name);
    namesIn(value, found);
  }
  return found;
}

interface Key {
  name: string;
  offset: number;
  siblings: string[];
}

function keysOf(text: string): Key[] {
  const keys: Key[] = [];
  visit(parseDocument(text), {
    Map(_, map) {
      const names = map.items.map(({ key }) => (key as Scalar<string>).value);
      for (const { key } of map.items) {
        if (!isScalar<string>(key)) continue;
        keys.push({ name: key.value, offset: key.range?.[0] ?? 0, siblings: names });
      }
    },
  });
  return keys;
}

function misspell(name: string, at: number, slip: string): string {
  const index = at % name.length;
  const letter = name[index] ?? "";
  if (slip === "drop") return name.slice(0, index) + name.slice(index + 1);
  if (slip === "double") return name.slice(0, index) + letter + name.slice(index);
  return name.slice(0, index) + (name[index + 1] ?? "") + letter + name.slice(index + 2);
}
