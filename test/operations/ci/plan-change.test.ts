/** Which tenants a pull request touches, and what is planned of them: with real clones, without an engine. */
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyMerged } from "../../../operations/ci/apply-merged.ts";
import { planChange } from "../../../operations/ci/plan-change.ts";
import { showPlan } from "../../../operations/show.ts";
import { fabrikam } from "../../tenant-file/contoso.ts";
import { aWorld, STACK } from "../support.ts";
import { aRepository, ENGINEER, gitAt, having } from "./repository.ts";
import type { Repository } from "./repository.ts";

const FILE = `stacks/${STACK}/tenant.yaml`;
const OTHER = "stacks/fabrikam/tenant.yaml";

const planned = async (repository: Repository, head: string) =>
  await planChange(repository.context, { base: "main", head });

describe("a pull request", () => {
  it("is planned as the merge would leave it: what was merged in between is not undone (36)", async () => {
    const repository = aRepository();
    const first = gitAt(repository.root, "rev-parse", "HEAD");
    repository.propose("one", { files: { [FILE]: `${having("anna")}\n# also: dora\n` } });
    const head = repository.propose("two", {
      from: first,
      files: { [FILE]: having("anna", "bram") },
    });
    repository.merge("one");
    const { base, tenants } = await planned(repository, head);
    expect(base).not.toBe(first);
    expect(tenants).toMatchObject([{ stack: STACK, outcome: "waiting" }]);
    const { plan } = await showPlan(repository.context, {
      ...{ stack: STACK, digest: tenants[0]?.planned?.digest },
    });
    expect(plan.changes.map(({ name }) => name)).toEqual(["anna", "bram", "dora"]);
    expect(tenants[0]?.planned?.facts).toMatchObject({ requestedBy: [ENGINEER], reason: "two" });
    // Nothing of the branch came into the working copy.
    expect(gitAt(repository.root, "status", "--porcelain", "--untracked-files=no")).toBe("");
  });

  it("that conflicts says where, and is planned once it is merged with main", async () => {
    const repository = aRepository();
    const first = gitAt(repository.root, "rev-parse", "HEAD");
    repository.propose("one", { files: { [FILE]: having("anna", "carla") } });
    const head = repository.propose("two", {
      from: first,
      files: { [FILE]: having("anna", "bram") },
    });
    repository.merge("one");
    const refused = await planned(repository, head);
    expect(refused).toMatchObject({
      failure: { code: "merge-conflict", details: [FILE] },
      tenants: [],
    });
    const mended = repository.propose("two", {
      files: { [FILE]: having("anna", "bram", "carla") },
    });
    expect(await planned(repository, mended)).toMatchObject({ failure: undefined });
  });

  it("touches the tenants whose files differ; a shared file touches all; a text touches none (39)", async () => {
    const repository = aRepository({ [OTHER]: fabrikam });
    const text = repository.propose("text", { files: { "README.md": "Hello" } });
    expect(await planned(repository, text)).toMatchObject({ failure: undefined, tenants: [] });
    const one = repository.propose("one", { files: { [OTHER]: `${fabrikam}\n# more\n` } });
    expect((await planned(repository, one)).tenants).toMatchObject([{ stack: "fabrikam" }]);
    const all = repository.propose("all", { files: { "tenantry.yaml": "service: microsoft\n" } });
    const change = await planned(repository, all);
    expect(change.shared).toEqual(["tenantry.yaml"]);
    expect(change.tenants.map(({ stack }) => stack)).toEqual([STACK, "fabrikam"]);
    // With the settings of main all the same.
    expect(existsSync(join(repository.root, "tenantry.yaml"))).toBe(false);
  });

  it("with a file that is not valid says line and column, and no place of this machine", async () => {
    const repository = aRepository({ [OTHER]: fabrikam });
    const head = repository.propose("wrong", {
      files: {
        [FILE]: having("anna").replace("version: 1", "version: 7"),
        [OTHER]: `${fabrikam}\n# more\n`,
      },
    });
    const { tenants } = await planned(repository, head);
    expect(tenants).toMatchObject([
      {
        ...{ stack: STACK, outcome: "invalid", failure: { code: "tenant-file-invalid" } },
        problems: [{ file: FILE, level: "error", line: expect.any(Number) as unknown }],
      },
      { stack: "fabrikam", outcome: expect.not.stringContaining("invalid") as unknown },
    ]);
    expect(JSON.stringify(tenants[0])).not.toContain(tmpdir());
    expect(JSON.stringify(tenants[0]?.failure?.message)).toContain(`${FILE} has`);
  });

  it("with a link in the place of a file is refused, and the link leads nowhere", async () => {
    const repository = aRepository();
    rmSync(join(repository.engineer, FILE));
    symlinkSync("/etc/passwd", join(repository.engineer, FILE));
    gitAt(repository.engineer, "checkout", "--quiet", "-B", "link");
    gitAt(repository.engineer, "commit", "--quiet", "--all", "--message", "link");
    gitAt(repository.engineer, "push", "--quiet", "origin", "link");
    gitAt(repository.root, "fetch", "--quiet", "origin");
    const { tenants } = await planned(repository, "origin/link");
    expect(tenants).toMatchObject([
      { outcome: "invalid", failure: { code: "tenant-file-misplaced" }, problems: [] },
    ]);
  });

  it("runs no filter, hook or merge driver that a branch asks for", async () => {
    const repository = aRepository();
    const proof = join(mkdtempSync(join(tmpdir(), "tenantry-proof-")), "ran");
    const head = repository.propose("filter", {
      files: {
        ".gitattributes": "*.yaml filter=evil merge=evil\n",
        ".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = ext::touch ran\n',
        [FILE]: having("anna", "bram"),
      },
    });
    gitAt(repository.root, "config", "filter.evil.smudge", `touch ${proof}`);
    expect((await planned(repository, head)).tenants).toHaveLength(1);
    expect(existsSync(proof)).toBe(false);
  });

  it("names release where it is deleted or renamed and still managed (38)", async () => {
    const repository = aRepository({ [OTHER]: fabrikam });
    const never = repository.propose("never", { files: { [OTHER]: undefined } });
    // Nobody ever worked with it.
    expect((await planned(repository, never)).tenants).toEqual([]);
    const first = repository.propose("first", { files: { [FILE]: having("anna", "bram") } });
    const [made] = (await planned(repository, first)).tenants;
    await repository.approve(made?.planned?.digest);
    repository.merge("first");
    await applyMerged(repository.context, { base: "main", tenants: [] });
    const gone = repository.propose("gone", {
      files: { [FILE]: undefined, "stacks/renamed/tenant.yaml": having("anna", "bram") },
    });
    const { tenants } = await planned(repository, gone);
    expect(tenants[0]).toMatchObject({
      ...{ stack: STACK, outcome: "invalid", failure: { code: "tenant-folder-gone" } },
    });
    expect(JSON.stringify(tenants[0]?.failure)).toMatch(/with 2 managed objects.*`release`/);
    // Put back, it is planned again.
    const back = repository.propose("gone", { files: { "stacks/README.md": "" } });
    expect((await planned(repository, back)).tenants).toEqual([]);
  });
});

describe("the program of a pipeline", () => {
  it("takes a clone of a repository", async () => {
    const { context } = aWorld();
    await expect(planChange(context, { base: "main", head: "HEAD" })).rejects.toMatchObject({
      code: "no-repository",
    });
    await expect(planned(aRepository(), "HEAD")).resolves.toMatchObject({ tenants: [] });
  });

  it("takes a commit that was fetched", async () => {
    const repository = aRepository();
    for (const head of ["f".repeat(40), "nothing", "--all", "--output=x"]) {
      await expect(planned(repository, head)).rejects.toMatchObject({ code: "revision-unknown" });
    }
    const fetched = repository.propose("one", { files: { [FILE]: having("anna", "bram") } });
    await expect(planned(repository, fetched)).resolves.toMatchObject({ head: fetched });
  });

  it("runs what is merged and nothing else", async () => {
    const repository = aRepository();
    const head = repository.propose("one", { files: { "tenantry.yaml": "state: file\n" } });
    gitAt(repository.root, "checkout", "--quiet", "--detach", head);
    // A tag or a branch that is called as the remote's branch is not it.
    gitAt(repository.root, "tag", "origin/main", head);
    await expect(planned(repository, head)).rejects.toMatchObject({ code: "not-merged" });
    await expect(
      applyMerged(repository.context, { base: "main", tenants: [] }),
    ).rejects.toMatchObject({ code: "not-merged" });
    gitAt(repository.root, "checkout", "--quiet", "--detach", "refs/remotes/origin/main");
    await expect(planned(repository, head)).resolves.toMatchObject({ shared: ["tenantry.yaml"] });
  });

  it("takes histories that can be merged", async () => {
    const repository = aRepository();
    const { engineer } = repository;
    gitAt(engineer, "checkout", "--quiet", "--orphan", "other");
    writeFileSync(join(engineer, FILE), having("bram"));
    gitAt(engineer, "commit", "--quiet", "--all", "--message", "other");
    gitAt(engineer, "push", "--quiet", "origin", "other");
    gitAt(repository.root, "fetch", "--quiet", "origin");
    await expect(planned(repository, "origin/other")).rejects.toMatchObject({
      code: "merge-unknown",
    });
    const related = repository.propose("one", { files: { [FILE]: having("bram") } });
    await expect(planned(repository, related)).resolves.toMatchObject({ failure: undefined });
  });
});
