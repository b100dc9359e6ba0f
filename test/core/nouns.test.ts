import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { KINDS, kindOf, nameOfList, NOUNS, nounOf, ownerOfList } from "../../core/nouns.ts";
import type { Noun } from "../../core/nouns.ts";
import { azureadPackage, m365Package } from "../../provider/registry.ts";
import { tenantSchema } from "../../tenant-file/tenant-schema.ts";

const nouns: readonly Noun[] = Object.values(NOUNS);
const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the table of nouns", () => {
  it("has every resource of our own provider", () => {
    for (const { token } of m365Package.resources) expect(nounOf(token)?.type, token).toBe(token);
  });

  it("names nothing that no provider serves, and only properties that its resource has", () => {
    const served = [...m365Package.resources, ...azureadPackage.resources];
    for (const noun of nouns) {
      const resource = served.find(({ token }) => token === noun.type);
      const { inputs, outputs } = resource ?? {};
      const properties = Object.keys({ ...inputs?.shape, ...outputs?.shape });
      const { naming, unique, people = {}, counted } = noun;
      const lost = typeof counted?.lost === "object" ? Object.values(counted.lost) : [];
      for (const key of [...naming, ...unique, ...Object.keys(people), ...lost]) {
        expect(properties, noun.type).toContain(key);
      }
    }
  });

  it("names sections of the tenant file that there are", () => {
    const keys = Object.keys(tenantSchema.shape);
    for (const { listedIn } of nouns) if (listedIn !== undefined) expect(keys).toContain(listedIn);
  });

  it("tells what people count from relations and settings", () => {
    expect(KINDS).toEqual(["people", "guests", "sites", "groups", "mailboxes", "contacts"]);
    expect(kindOf(NOUNS.user.type)).toBe("people");
    expect(kindOf(NOUNS.userLicense.type)).toBeUndefined();
  });

  it("names a list after its owner, and the owner after its list", () => {
    for (const { list } of nouns) {
      if (list !== undefined)
        expect(ownerOfList({ list }, nameOfList({ list }, "x-y"))).toBe("x-y");
    }
  });
});

/** Where a noun may be called by its literal name: the table, the resource itself, and policies. */
/** The demo writes a tenant file; prose of the field, and the parts that are looked at, use the same words. */
const AT_HOME = /^(core\/(nouns|finding-words)\.ts$|core\/i18n\/|cli\/demo\/)/;
const ROOMS = "approval bin cli components core engine operations plan setup stacks state views";
const LITERAL = new RegExp(
  [
    String.raw`["'\`$](azuread|m365):[a-z/]+:[A-Z]\w+["'\`:]`,
    ...nouns.flatMap(({ list }) => (list === undefined ? [] : [`${list.suffix}["'\`]`])),
    String.raw`section: "(?!other")\w+"`,
    `"(${nouns.flatMap(({ listedIn }) => listedIn ?? []).join("|")})"`,
  ].join("|"),
);

describe("literal names of nouns", () => {
  const files = ROOMS.split(" ").flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(room, name).replaceAll("\\", "/")),
  );

  it.each([
    `x === "azuread:index/user:User"`,
    "urn.includes(`$m365:sharepoint:Site::`)",
    "`${name}-members`",
    `section: "people",`,
    `["users", "groups"]`,
  ])("are known when they are seen: %s", (line) => {
    expect(line).toMatch(LITERAL);
  });

  it("stand in the table and nowhere else", () => {
    const found = files
      .filter((file) => !AT_HOME.test(file))
      .flatMap((file) =>
        readFileSync(join(root, file), "utf8")
          .split("\n")
          .filter((line) => LITERAL.test(line) && !/^\s*(\*|\/\*\*|\/\/)/.test(line))
          .map((line) => `${file}: ${line.trim()}`),
      );
    expect(found).toEqual([]);
  });
});
