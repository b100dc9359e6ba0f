/** The pages of a plan as files that people open: the preview page, and Markdown for a pull request. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGES } from "../../core/language.ts";
import type { Language } from "../../core/language.ts";
import { showPlan } from "../../operations/index.ts";
import type { KeptPlan, OperationContext } from "../../operations/index.ts";
import { renderHtml, renderMarkdown } from "../../views/index.ts";
import type { Workspace } from "../../workspace/index.ts";

export interface Pages {
  /** The preview page as the decision maker sees it. */
  readonly html: string;
  readonly markdown: Readonly<Record<Language, string>>;
}

function pagesOf({ dataDirectory }: Workspace, { plan, digest }: KeptPlan): Pages {
  const path = (ending: string): string =>
    join(dataDirectory, "plans", plan.tenant.stack, `${digest.replace(":", "-")}.${ending}`);
  return { html: path("html"), markdown: { nl: path("nl.md"), en: path("en.md") } };
}

/** Written where they do not match the plan, so that `show` only reads what `plan` has left. */
export function writePages(workspace: Workspace, kept: KeptPlan): Pages {
  const pages = pagesOf(workspace, kept);
  mkdirSync(join(workspace.dataDirectory, "plans", kept.plan.tenant.stack), {
    recursive: true,
    mode: 0o700,
  });
  writePage(pages.html, renderHtml(kept.plan, kept.facts));
  for (const language of LANGUAGES) {
    writePage(pages.markdown[language], renderMarkdown(kept.plan, { language, facts: kept.facts }));
  }
  return pages;
}

/**
 * Those of a plan that was just made. Where others made the same one at the same moment, the pages are in the end those
 * of whoever was last to make it, as they are signed, whoever writes last.
 */
export async function writeNewestPages(
  context: Pick<OperationContext, "workspace" | "records" | "now">,
  kept: KeptPlan,
): Promise<Pages> {
  const pages = writePages(context.workspace, kept);
  const { digest, plan } = kept;
  const last = await showPlan(context, { stack: plan.tenant.stack, digest });
  const isLast = last.at === kept.at && last.plan.createdAt === plan.createdAt;
  return isLast ? pages : await writeNewestPages(context, last);
}

function writePage(path: string, content: string): void {
  if (existsSync(path) && readFileSync(path, "utf8") === content) return;
  writeFileSync(path, content);
}

/** Hashes of the pages as they lie there, which is what a decision maker saw; none where none were written. */
export function shownPages(workspace: Workspace, kept: KeptPlan): string[] {
  const { html, markdown } = pagesOf(workspace, kept);
  return [html, ...Object.values(markdown)]
    .filter((path) => existsSync(path))
    .map((path) => createHash("sha256").update(readFileSync(path)).digest("hex"));
}
