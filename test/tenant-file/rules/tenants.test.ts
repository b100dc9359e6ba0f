import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ExpectedError } from "../../../core/expected-error.ts";
import { sentenceIn } from "../../../core/language.ts";
import { readIdentities } from "../../../tenant-file/identities.ts";
import { loadTenant } from "../../../tenant-file/load.ts";
import { contoso, fabrikam } from "../contoso.ts";

let stacksDirectory: string;

beforeEach(async () => {
  stacksDirectory = await mkdtemp(path.join(tmpdir(), "tenantry-stacks-"));
  await write("fabrikam", fabrikam);
});
afterEach(async () => {
  await rm(stacksDirectory, { recursive: true });
});

async function write(tenant: string, text: string): Promise<void> {
  await mkdir(path.join(stacksDirectory, tenant), { recursive: true });
  await writeFile(path.join(stacksDirectory, tenant, "tenant.yaml"), text);
}

async function refusalOf(tenant: string): Promise<string[]> {
  const error: unknown = await loadTenant({ stacksDirectory, tenant }).catch(
    (thrown: unknown) => thrown,
  );
  return error instanceof ExpectedError ? error.details.map((line) => sentenceIn(line, "en")) : [];
}

const ID = "0c6b5e1d-3f2a-4e0f-8b7c-5a9d2e4f6b81";
const OTHER_ID = "1c6b5e1d-3f2a-4e0f-8b7c-5a9d2e4f6b81";
const copy = (...changes: [string, string][]): string =>
  changes.reduce(
    (text, [from, to]) => text.replace(from, to),
    fabrikam
      .replace(ID, OTHER_ID)
      .replace("initialDomain: fabrikam", "initialDomain: copy")
      .replace("[fabrikam.com]", "[copy.example]"),
  );

describe("two files of one folder", () => {
  it("may be those of two tenants", async () => {
    await write("copy", copy());
    await write("contoso", contoso);
    expect(await refusalOf("copy")).toEqual([]);
    expect(await refusalOf("fabrikam")).toEqual([]);
  });

  it.each([
    ["one id", copy([OTHER_ID, ID.toUpperCase()]), /:8:7 tenant\.id: The file of \S+ describes/],
    [
      "one initial domain",
      copy(["copy.onmicrosoft", "Fabrikam.onmicrosoft"]),
      /:10:18 tenant\.initialDomain: The file of \S+ has this domain too/,
    ],
    [
      "one domain that is managed",
      `${copy()}\ndomains:\n- name: FABRIKAM.com\n`,
      /domains\[0\]\.name: The file of \S+ has this domain too/,
    ],
    ["one domain", copy(["[copy.example]", "[FABRIKAM.com]"]), /:11:13 tenant\.domains\[0\]: /],
    [
      "the section in a flow",
      copy([OTHER_ID, ID]).replace(/tenant:\n[^]*?\n\n/, `tenant: { id: ${ID} }\n\n`),
      /tenant\.id: The file of \S+ describes this tenant too/,
    ],
    [
      "one id, in a file with other problems",
      copy([OTHER_ID, ID], ["nl", "xx"]),
      /tenant\.id: The/,
    ],
  ])("are refused with %s, both of them", async (_what, text, expected) => {
    await write("copy", text);
    expect((await refusalOf("copy")).join("\n")).toMatch(expected);
    expect((await refusalOf("fabrikam")).join("\n")).toContain("The file of copy ");
  });

  it("are compared though others cannot be read", async () => {
    await write("copy", copy([OTHER_ID, ID]));
    await write("broken", "tenant: [\n");
    await mkdir(path.join(stacksDirectory, "folder", "tenant.yaml"), { recursive: true });
    expect(await refusalOf("fabrikam")).toHaveLength(1);
    expect(await readIdentities(stacksDirectory)).toContainEqual({
      name: "broken",
      id: undefined,
      domains: [],
    });
  });
});
