/** The report on a tenant that was looked at, as files for its owner. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import type { Language } from "../../core/language.ts";
import type { Observed } from "../../operations/index.ts";
import { renderObservation } from "../../views/index.ts";
import type { Workspace } from "../../workspace/index.ts";
import { printPdf } from "./pdf.ts";

/**
 * @param target a page (.html) or a PDF (.pdf); anything else is a folder that gets both
 * @returns the paths that were written
 * @throws ExpectedError `no-browser`, `pdf-failed`
 */
export async function writeReport(
  { dataDirectory }: Pick<Workspace, "dataDirectory">,
  observed: Observed,
  { target, language }: { readonly target: string; readonly language: Language },
): Promise<readonly string[]> {
  const { stack } = observed;
  const path = resolve(target);
  const ending = extname(path);
  const isFile = [".html", ".pdf"].includes(ending);
  const pdf = ending === ".pdf" ? path : isFile ? undefined : join(path, `${stack}.pdf`);
  const page = ending === ".html" ? path : isFile ? undefined : join(path, `${stack}.html`);
  // A PDF is printed from a page, which lies beside the look where nobody asked for it.
  const source = page ?? join(dataDirectory, "observed", `${stack}.html`);
  await mkdir(dirname(source), { recursive: true });
  await writeFile(source, renderObservation(observed, language));
  if (pdf === undefined) return [source];
  await mkdir(dirname(pdf), { recursive: true });
  await printPdf(source, pdf);
  return [...(page === undefined ? [] : [page]), pdf];
}
