/**
 * What a proposal tells people, as a value: every line in both languages, so that its hash is the same whatever
 * language was read. A pure function of the plan and of who asks, why and as of when. Whoever approved names the hash,
 * and apply makes the document again from its own plan: what was read must be what is applied.
 */
import { createHash } from "node:crypto";
import { canonicalJson } from "../core/canonical-json.ts";
import type { Json } from "../core/json.ts";
import { LANGUAGES } from "../core/language.ts";
import type { Language } from "../core/language.ts";
import type { Plan } from "../plan/index.ts";
import type { PageFacts } from "./page-facts.ts";
import { viewOf } from "./plan-view.ts";

/** Changes with every change of what the document holds. */
export const RENDERER = "tenantry.page/v2";

/** SHA-256 of the document, 64 hexadecimal digits. */
export const documentHash = (plan: Plan, facts: PageFacts): string =>
  createHash("sha256")
    .update(canonicalJson(pageDocument(plan, facts)))
    .digest("hex");

/** Without what an apply to other objects may change: what stays as it is, and how much of a list. */
function pageDocument(plan: Plan, facts: PageFacts): Json {
  const inLanguage = (language: Language): Json => {
    const view = viewOf(plan, { language, facts });
    const { title, summary, facts: screen, warnings, net } = view;
    return plainJson({ title, summary, screen, warnings, net });
  };
  return {
    renderer: RENDERER,
    asOf: facts.asOf,
    ...Object.fromEntries(LANGUAGES.map((language) => [language, inLanguage(language)])),
  };
}

const plainJson = (value: object): Json =>
  JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === "keptCount" ? undefined : part)),
  ) as Json;
