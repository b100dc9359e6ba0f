/** The plans that were shown: as values, and as the pages that people read. Never changed once written. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parsePlan, planDigest } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import { renderHtml, renderMarkdown } from "../views/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { LANGUAGES } from "../core/language.ts";
import type { Language } from "../core/language.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";

export interface StoredPlan {
  readonly plan: Plan;
  readonly digest: string;
  /** The preview page as the decision maker sees it. */
  readonly htmlPath: string;
  /** The same for a pull request, one file a language. */
  readonly markdownPaths: Readonly<Record<Language, string>>;
}

const LATEST = "latest";

const folderOf = (workspace: Workspace, stack: string): string =>
  join(workspace.dataDirectory, "plans", stack);

const pathsOf = (folder: string, digest: string) => {
  const name = digest.replace(":", "-");
  return {
    json: join(folder, `${name}.json`),
    html: join(folder, `${name}.html`),
    markdown: { nl: join(folder, `${name}.nl.md`), en: join(folder, `${name}.en.md`) },
  };
};

/** Keeps the plan with its pages, and remembers it as the newest of this tenant. */
export function storePlan(workspace: Workspace, plan: Plan): StoredPlan {
  const folder = folderOf(workspace, plan.tenant.stack);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const digest = planDigest(plan);
  const paths = pathsOf(folder, digest);
  // The same digest is the same plan: what was shown first stays what was shown.
  if (!isComplete(paths, digest)) {
    writeFileSync(paths.html, renderHtml(plan));
    for (const language of LANGUAGES) {
      writeFileSync(paths.markdown[language], renderMarkdown(plan, { language }));
    }
    writeFileSync(paths.json, JSON.stringify(plan));
  }
  writeFileSync(join(folder, LATEST), digest);
  return { plan, digest, htmlPath: paths.html, markdownPaths: paths.markdown };
}

type Paths = ReturnType<typeof pathsOf>;

/** Whether everything is there and the plan is what its digest says; the page is compared before it is signed. */
function isComplete(paths: Paths, digest: string): boolean {
  if (!existsSync(paths.json) || !arePagesThere(paths)) return false;
  try {
    return planDigest(parsePlan(readJsonFile(paths.json))) === digest;
  } catch (error) {
    if (error instanceof ExpectedError) return false;
    throw error;
  }
}

const arePagesThere = ({ html, markdown }: Paths): boolean =>
  [html, ...LANGUAGES.map((language) => markdown[language])].every((path) => existsSync(path));

/** The plan with this digest, or the newest one; checked, since it was a file. */
export function readPlan(workspace: Workspace, stack: string, digest?: string): StoredPlan {
  const folder = folderOf(workspace, stack);
  const wanted = digest ?? readLatest(folder, stack);
  const paths = pathsOf(folder, wanted);
  if (!/^sha256:[0-9a-f]{64}$/.test(wanted) || !existsSync(paths.json)) {
    throw new ExpectedError("plan-unknown", `There is no plan ${wanted} of ${stack} here.`, {
      hint: `Make one with \`tenantry plan ${stack}\`.`,
    });
  }
  const plan = parsePlan(readJsonFile(paths.json));
  if (planDigest(plan) !== wanted || !arePagesThere(paths)) {
    throw new ExpectedError("plan-damaged", "The stored plan is not the one that was made.", {
      hint: `Make it again with \`tenantry plan ${stack}\`.`,
    });
  }
  return {
    plan,
    digest: wanted,
    htmlPath: paths.html,
    markdownPaths: paths.markdown,
  };
}

/** A page that says something else than the plan would make a decision maker sign what they never saw. */
export function refuseChangedPage(stored: StoredPlan): void {
  if (readFileSync(stored.htmlPath, "utf8") === renderHtml(stored.plan)) return;
  const { stack } = stored.plan.tenant;
  throw new ExpectedError("page-differs", "The preview page does not show what the plan holds.", {
    hint: `Remove ${stored.htmlPath} and make the plan again with \`tenantry plan ${stack}\`.`,
  });
}

/** Hash of a page as it was shown, for the statement that a decision maker signs. */
export const hashOfFile = (path: string): string =>
  createHash("sha256").update(readFileSync(path)).digest("hex");

function readLatest(folder: string, stack: string): string {
  const path = join(folder, LATEST);
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  throw new ExpectedError("no-plan", `${stack} has not been planned here yet.`, {
    hint: `Make a plan with \`tenantry plan ${stack}\`.`,
  });
}
