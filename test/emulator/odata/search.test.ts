import { describe, expect, it } from "vitest";
import { matchesSearch, parseSearch } from "../../../emulator/odata/search.ts";
import { createUser, startTestEmulator } from "../support/emulator.ts";
import { graphClient } from "../support/graph-client.ts";
import { refusalOf } from "../support/graph-error.ts";

function finds(search: string, object: Record<string, unknown>): boolean | undefined {
  const expression = parseSearch(search);
  return expression === undefined ? undefined : matchesSearch(expression, object);
}

describe("$search", () => {
  it.each([
    ['"displayName:video"', { displayName: "OneVideo" }, true],
    ['"displayName:OneVideo"', { displayName: "Video one" }, true],
    ['"displayName:helloworld"', { displayName: "hello-world" }, true],
    ['"displayName:123"', { displayName: "hello123world" }, true],
    ['"displayName:ideo"', { displayName: "OneVideo" }, false],
    ['"displayName:David"', { displayName: "李四(David Li)" }, true],
    ['"mail:contoso"', { mail: "jan@contoso.com" }, false],
    ['"mail:JAN"', { mail: "jan@contoso.com" }, true],
    ['"displayName:a" OR "displayName:b"', { displayName: "bert" }, true],
    ['"displayName:a" AND "displayName:b"', { displayName: "anna bert" }, true],
    [
      '"description:one" AND ("displayName:video" OR "displayName:drive")',
      { description: "one", displayName: "drive" },
      true,
    ],
    [
      '"description:one" AND ("displayName:video" OR "displayName:drive")',
      { description: "two", displayName: "drive" },
      false,
    ],
    ['"displayName:a\\"b"', { displayName: 'a"b' }, true],
    ["displayName:x", {}, undefined],
    ['"displayName:x" and "displayName:y"', {}, undefined],
    ['("displayName:x"', {}, undefined],
    ['"x"', {}, undefined],
  ])("%s in %j: %s", (search, object, expected) => {
    expect(finds(search, object)).toBe(expected);
  });

  it("works with a filter in Microsoft's client, without $count, and not on properties that do not exist", async () => {
    const emulator = await startTestEmulator();
    await createUser(emulator, { displayName: "Jan de Vries", accountEnabled: false });
    await createUser(emulator, { displayName: "Piet de Vries" });
    const search = (text: string) =>
      graphClient(emulator)
        .api("/users")
        .header("ConsistencyLevel", "eventual")
        .search(text)
        .filter("accountEnabled eq true")
        .select("displayName");
    expect(await search('"displayName:vries"').get()).toMatchObject({
      value: [{ displayName: "Piet de Vries" }],
    });
    expect(await refusalOf(search('"shoeSize:4"').get())).toEqual([
      400,
      "BadRequest",
      "Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    ]);
  });
});
