import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gitHeads } from "../../../operations/local/git-heads.ts";
import { allHeads, knownHeads } from "../../../state/index.ts";

let root: string;
const head = (sequence: number) => ({ sequence, hash: String(sequence).padStart(64, "0") });

const git = (folder: string, ...args: string[]): string =>
  execFileSync("git", ["-C", folder, ...args], { encoding: "utf8" }).trim();

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "tenantry-heads-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

describe("the newest head that was seen of a record (P5)", () => {
  it("is a ref that another clone fetches", async () => {
    git(root, "init", "--quiet");
    await gitHeads(root).write("contoso", head(7));
    const clone = join(root, "clone");
    git(root, "clone", "--quiet", root, clone);
    expect(await gitHeads(clone).read("contoso")).toBeUndefined();
    git(clone, "fetch", "--quiet", "origin", "refs/tenantry/*:refs/tenantry/*");
    expect(await gitHeads(clone).read("contoso")).toEqual(head(7));
  });

  it("only moves on", async () => {
    git(root, "init", "--quiet");
    const heads = gitHeads(root);
    await heads.write("contoso", head(7));
    await heads.write("contoso", head(3));
    expect(await heads.read("contoso")).toEqual(head(7));
    expect(await heads.read("fabrikam")).toBeUndefined();
  });

  it("is not guessed where the ref holds something else", async () => {
    git(root, "init", "--quiet");
    const user = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
    const other = git(
      root,
      ...user,
      "commit-tree",
      "-m",
      "words",
      git(root, "hash-object", "-w", "-t", "tree", "/dev/null"),
    );
    git(root, "update-ref", "refs/tenantry/heads/contoso", other);
    await expect(gitHeads(root).read("contoso")).rejects.toMatchObject({
      code: "known-head-malformed",
    });
  });

  it("is known nowhere where there is no repository", async () => {
    await gitHeads(root).write("contoso", head(7));
    expect(await gitHeads(root).read("contoso")).toBeUndefined();
  });

  it("is the newest of all places, and kept in each", async () => {
    git(root, "init", "--quiet");
    const places = [knownHeads(join(root, "known-heads")), gitHeads(root)];
    await places[1]?.write("contoso", head(5));
    await places[0]?.write("contoso", head(4));
    const heads = allHeads(places);
    expect(await heads.read("contoso")).toEqual(head(5));
    await heads.write("contoso", head(6));
    expect(await Promise.all(places.map((place) => place.read("contoso")))).toEqual([
      head(6),
      head(6),
    ]);
  });
});
