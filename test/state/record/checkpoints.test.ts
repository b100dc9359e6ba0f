import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { knownHeads } from "../../../state/record/checkpoints.ts";
import { testFolder } from "./folder.ts";

const head = (sequence: number) => ({ sequence, hash: String(sequence % 10).repeat(64) });

describe("the heads that this machine knows", () => {
  it("start with nothing and move forward only", async () => {
    const heads = knownHeads(path.join(await testFolder(), "heads"));
    expect(await heads.read("contoso")).toBeUndefined();
    await heads.write("contoso", head(3));
    await heads.write("contoso", head(2));
    expect(await heads.read("contoso")).toEqual(head(3));
    await heads.write("contoso", head(4));
    expect(await heads.read("contoso")).toEqual(head(4));
    expect(await heads.read("fabrikam")).toBeUndefined();
  });

  it("leave one file per stack", async () => {
    const folder = await testFolder();
    await knownHeads(folder).write("contoso", head(1));
    await knownHeads(folder).write("contoso", head(2));
    expect(await readdir(folder)).toEqual(["contoso.json"]);
  });

  it.each(["", "{", '{"sequence":1}', "null"])("refuse a damaged file: %j", async (text) => {
    const folder = await testFolder();
    await writeFile(path.join(folder, "contoso.json"), text);
    await expect(knownHeads(folder).read("contoso")).rejects.toMatchObject({
      code: "known-head-malformed",
    });
  });
});
