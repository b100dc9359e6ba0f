import type * as RenderHtmlModule from "../../../views/render-html.tsx";
import type * as RenderMarkdownModule from "../../../views/render-markdown.ts";
import type * as RenderTextModule from "../../../views/render-text.ts";
import type * as DigestModule from "../../../plan/model/digest.ts";
import { median, timed } from "../measure.ts";
import type { Part } from "../part.ts";
import { compiled } from "../product.ts";
import { aLargePlan } from "../../../test/plan/support.ts";

const CHANGES = 5000;

export const renderings: Part = {
  name: "renderings",
  summary: `a plan of ${CHANGES} changes of people as page, Markdown, text, and its digest`,
  run: async ({ rounds }) => {
    const { renderHtml } = await compiled<typeof RenderHtmlModule>("views/render-html.js");
    const { renderMarkdown } = await compiled<typeof RenderMarkdownModule>(
      "views/render-markdown.js",
    );
    const { renderText } = await compiled<typeof RenderTextModule>("views/render-text.js");
    const { planDigest } = await compiled<typeof DigestModule>("plan/model/digest.js");
    const plan = aLargePlan(CHANGES);
    const works = {
      page: () => renderHtml(plan),
      Markdown: () => renderMarkdown(plan),
      text: () => renderText(plan, { language: "nl" }),
      digest: () => planDigest(plan),
    };
    const rows = [];
    for (const [name, work] of Object.entries(works)) {
      const runs = [];
      for (let round = 0; round < rounds; round++) runs.push(await timed(work));
      rows.push({
        what: name,
        value: median(runs.map(({ ms }) => ms)),
        unit: "ms" as const,
        aim: 1000,
      });
    }
    const kb = Buffer.byteLength(works.page()) / 1000;
    return [...rows, { what: "size of the page", value: kb, unit: "kB", aim: 2000 }];
  },
};
