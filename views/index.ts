/** A plan as people read it. Pure functions of the plan. */
export { Both, Value } from "./html.tsx";
export { htmlDocument, PageFrame } from "./page-frame.tsx";
export { STYLE } from "./render-html-style.ts";
export { PlanContent } from "./render-html.tsx";
export { documentHash, RENDERER } from "./page-document.ts";
export { decideBy } from "./page-facts.ts";
export type { PageFacts } from "./page-facts.ts";
export { acceptedText } from "./rules-view.ts";
export { renderDns } from "./render-dns.ts";
export { renderDrift } from "./render-drift.ts";
export { renderHtml } from "./render-html.tsx";
export { escapeMarkdown, renderMarkdown } from "./render-markdown.ts";
export { renderOrder } from "./render-order.ts";
export type { OrderToSend } from "./render-order.ts";
export { renderMigration } from "./render-migration.tsx";
export { renderObservation } from "./render-observation.tsx";
export { tenantView } from "./tenant-view.ts";
export { renderSummary, renderText, summaryOf, titleOf } from "./render-text.ts";
