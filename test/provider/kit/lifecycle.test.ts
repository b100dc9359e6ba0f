import { describe, expect, it } from "vitest";
import { z } from "zod";
import { namedLocation } from "../../../provider/azuread/conditional-access/named-location.ts";
import { defineResource } from "../../../provider/kit/define.ts";
import type { ResourceContext } from "../../../provider/kit/define.ts";
import * as lifecycle from "../../../provider/kit/lifecycle.ts";
import { UNKNOWN } from "../../../core/engine-markers.ts";

const live = { label: "A", note: "seen", books: ["x"] };

/** What the definition's own functions were asked, in order. */
const asked: unknown[] = [];

const shelf = defineResource({
  token: "m365:test:Shelf",
  summary: "A shelf.",
  inputs: z.strictObject({
    label: z.string().min(1),
    books: z.array(z.string()).transform((books) => [...books].sort()),
    note: z.string().optional(),
    key: z.string().optional(),
  }),
  outputs: z.strictObject({ shelfId: z.string(), remark: z.string().optional() }),
  permissions: { read: [], write: [] },
  sources: [],
  replaceOn: ["label"],
  writeOnly: ["key"],
  validate: (wanted, previous) =>
    previous !== undefined && wanted.books.length < previous.books.length
      ? [{ property: "books", reason: "may not become fewer" }]
      : [],
  read: async (_context, { id }) =>
    id === "gone" ? undefined : { id, inputs: live, outputs: { shelfId: id } },
  reconcile: async (_context, change) => {
    asked.push(change);
    return { id: "shelf", outputs: { shelfId: "shelf" } };
  },
  remove: async (_context, target) => {
    asked.push(target);
  },
  describe: () => ({ section: "other", nl: "", en: "", severity: "routine", affected: [] }),
});

const context = {} as ResourceContext;
const none: ReadonlySet<string> = new Set();
const known = (values: Record<string, unknown>): Parameters<typeof lifecycle.check>[1] => ({
  values,
  secretKeys: none,
  unknownKeys: none,
});

describe("a check", () => {
  it("gives the normal form of what was declared", () => {
    const { inputs, failures } = lifecycle.check(
      shelf,
      known({ label: "A", books: ["b", "a"] }),
      undefined,
    );
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ label: "A", books: ["a", "b"] });
  });

  it("gives all failures, with the path of each", () => {
    const { failures } = lifecycle.check(shelf, known({ label: "", books: [1] }), undefined);
    expect(failures.map(({ property }) => property)).toEqual(["label", "books[0]"]);
  });

  it("holds the wish against what was declared before", () => {
    const news = known({ label: "A", books: [] });
    const check = (olds: Record<string, unknown> | undefined) =>
      lifecycle.check(shelf, news, olds).failures;
    expect(check({ label: "A", books: ["x"] })).toMatchObject([{ property: "books" }]);
    expect(check(undefined)).toEqual([]);
  });

  it("lets an unknown stand for a value of another shape, and still checks the rest", () => {
    const unknownKeys = new Set(["books"]);
    const accepted = lifecycle.check(
      shelf,
      { values: { label: "A", books: UNKNOWN }, secretKeys: none, unknownKeys },
      undefined,
    );
    expect(accepted).toEqual({ inputs: { label: "A", books: UNKNOWN }, failures: [] });
    const refused = lifecycle.check(
      shelf,
      { values: { label: "", books: UNKNOWN }, secretKeys: none, unknownKeys },
      undefined,
    );
    expect(refused.failures).toMatchObject([{ property: "label" }]);
  });
});

describe("a difference", () => {
  const diff = (
    oldInputs: Record<string, unknown>,
    news: Record<string, unknown>,
    ignoreChanges: readonly string[] = [],
  ) => lifecycle.diff(shelf, { oldInputs, news, ignoreChanges });

  it("is none between two ways of writing the same", () => {
    const { paths } = diff({ label: "A", books: ["b", "a"] }, { label: "A", books: ["a", "b"] });
    expect([...paths]).toEqual([]);
  });

  it("lets an object that cannot become another one change inside", () => {
    const replacesOf = (before: Record<string, unknown>, after: Record<string, unknown>) => {
      const versions = {
        oldInputs: { displayName: "A", ...before },
        news: { displayName: "A", ...after },
      };
      return [...lifecycle.diff(namedLocation, { ...versions, ignoreChanges: [] }).replaces];
    };
    const ip = (...ipRanges: string[]) => ({ ip: { ipRanges } });
    expect(replacesOf(ip("203.0.113.0/24"), ip("198.51.100.0/24"))).toEqual([]);
    expect(replacesOf(ip("203.0.113.0/24"), {})).toEqual(["ip"]);
  });

  it("says what forces a new object", () => {
    const { paths, replaces } = diff({ label: "A", books: [] }, { label: "B", books: ["x"] });
    expect([...paths.keys()].sort()).toEqual(["books[0]", "label"]);
    expect([...replaces]).toEqual(["label"]);
  });

  it("leaves out what is to be ignored, also below it", () => {
    const { paths } = diff({ label: "A", books: [] }, { label: "A", books: ["x"] }, ["books"]);
    expect(paths.size).toBe(0);
  });
});

describe("a preview", () => {
  it("promises unknowns only for what the service surely adds", () => {
    expect(lifecycle.previewCreate(shelf, { label: "A" })).toEqual({
      label: "A",
      shelfId: UNKNOWN,
    });
  });

  it("keeps what the service assigned when an object changes", () => {
    const olds = { label: "A", note: "old", shelfId: "1" };
    expect(lifecycle.previewUpdate(shelf, { label: "A" }, olds)).toEqual({
      label: "A",
      shelfId: "1",
    });
  });
});

describe("a read", () => {
  it("at a refresh leaves undeclared what was not declared, and keeps what nobody can read", async () => {
    const oldInputs = { label: "B", books: [], key: "k" };
    const found = await lifecycle.read(shelf, context, { id: "1", oldInputs });
    expect(found?.inputs).toEqual({ label: "A", books: ["x"], key: "k" });
    expect(found?.state).toMatchObject({ shelfId: "1" });
  });

  it("at an import takes everything over", async () => {
    const found = await lifecycle.read(shelf, context, { id: "1", oldInputs: {} });
    expect(found?.inputs).toEqual(live);
  });

  it("gives nothing for what does not exist", async () => {
    expect(
      await lifecycle.read(shelf, context, { id: "gone", oldInputs: undefined }),
    ).toBeUndefined();
  });
});

describe("a change", () => {
  it("leads from the live object, not from the state, and leaves there what was not planned", async () => {
    asked.length = 0;
    const oldInputs = { label: "A", books: ["old"] };
    await lifecycle.update(shelf, context, {
      id: "1",
      news: { label: "A", books: ["new"] },
      oldInputs,
    });
    expect(asked).toMatchObject([
      { wanted: { books: ["x", "new"] }, previous: { books: ["old"] }, observed: { inputs: live } },
    ]);
  });

  it("of an object that is gone is refused, and says so", async () => {
    const change = { id: "gone", news: live, oldInputs: live };
    await expect(lifecycle.update(shelf, context, change)).rejects.toMatchObject({
      code: "resource-gone",
    });
  });

  it("to nothing removes by what was declared", async () => {
    asked.length = 0;
    await lifecycle.remove(shelf, context, { id: "1", oldInputs: live });
    expect(asked).toEqual([{ id: "1", previous: live }]);
  });
});
