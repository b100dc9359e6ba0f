/**
 * The page for a decision maker: one file without script, fonts, pictures or any request; Dutch and English in
 * one, switched by the style sheet; printable. Every text of the tenant is escaped and isolated.
 */
import { createHash } from "node:crypto";
import { planDigest } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import { both, escapeHtml } from "./html.ts";
import type { Both } from "./html.ts";
import type { Language } from "../core/language.ts";
import { changeItem } from "./render-html-change.ts";
import type { Views } from "./render-html-change.ts";
import { STYLE } from "./render-html-style.ts";
import { nl } from "../core/i18n/nl.ts";
import { en } from "../core/i18n/en.ts";
import type { Texts } from "../core/i18n/nl.ts";
import { viewOf } from "./plan-view.ts";

/** From this many changes on, properties go by their technical names, so that the page stays small. */
const LARGE = 1000;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A whole HTML document. The tenant's language shows first. */
export function renderHtml(plan: Plan): string {
  const first = plan.tenant.language;
  const digest = planDigest(plan);
  const views: Views = {
    nl: viewOf(plan, "nl", digest),
    en: viewOf(plan, "en", digest),
    first,
    isLarge: plan.changes.length > LARGE,
  };
  const say = (pick: (texts: Texts) => string): string => both(each(pick), first);
  return [
    `<!doctype html><html lang=${first}><head><meta charset=utf-8>`,
    `<meta http-equiv=Content-Security-Policy content="${POLICY}">`,
    "<meta name=viewport content='width=device-width,initial-scale=1'>",
    "<meta name=referrer content=no-referrer><meta name=robots content=noindex>",
    `<title>${escapeHtml(views[first].title)}</title><style>${STYLE}</style></head><body>`,
    `<a class=skip href="#changes">${say((texts) => texts.skip)}</a>`,
    `<header>${languageChoice(first)}<p>${say((texts) => texts.heading)}</p>`,
    `<h1>${both({ nl: views.nl.title, en: views.en.title }, first)}</h1></header><main>`,
    summarySection(views, say),
    warningSection(views, say),
    changeSections(views, say),
    staysSection(views, say),
    "</main><footer>",
    aboutSection(views, say),
    "</footer></body></html>\n",
  ].join("\n");
}

type Say = (pick: (texts: Texts) => string) => string;

const each = (pick: (texts: Texts) => string): Both => ({ nl: pick(nl), en: pick(en) });

function languageChoice(first: Language): string {
  const choice = (language: Language, name: string): string =>
    `<label lang=${language}><input type=radio name=language id=language-${language}${
      language === first ? " checked" : ""
    }>${name}</label>`;
  return `<fieldset class=choice><legend>${escapeHtml(`${nl.chooseLanguage} / ${en.chooseLanguage}`)}</legend>${choice(
    "nl",
    nl.languageName,
  )}${choice("en", en.languageName)}</fieldset>`;
}

/** Pairs of lines that the two languages have in the same order. */
const pairs = (dutch: readonly string[], english: readonly string[]): Both[] =>
  dutch.map((line, index) => ({ nl: line, en: english[index] ?? line }));

function summarySection(views: Views, say: Say): string {
  const lines = pairs(views.nl.summary, views.en.summary).map(
    (line) => `<li>${both(line, views.first)}`,
  );
  return `<section class=summary aria-labelledby=h-summary><h2 id=h-summary>${say(
    (texts) => texts.summary,
  )}</h2><ul>${lines.join("")}</ul></section>`;
}

function warningSection(views: Views, say: Say): string {
  const heading = `<h2 id=h-warnings>${say((texts) => texts.warnings)}</h2>`;
  const open = "<section class=warnings aria-labelledby=h-warnings>";
  if (views.nl.warnings.length === 0) {
    return `${open}${heading}<p>${say((texts) => texts.noWarnings)}</p></section>`;
  }
  const blocked = views.nl.isBlocked
    ? `<li class=s><strong>${say((texts) => texts.blocked)}</strong>`
    : "";
  const items = views.nl.warnings.map(({ blocks, text }, index) => {
    const english = views.en.warnings[index]?.text ?? text;
    return `<li${blocks ? " class=s" : ""}>${both({ nl: text, en: english }, views.first)}`;
  });
  return `${open}${heading}<ul>${blocked}${items.join("")}</ul></section>`;
}

function changeSections(views: Views, say: Say): string {
  const { sections } = views.nl;
  const parts = sections.map(({ section, title, changes }, index) => {
    const english = views.en.sections[index];
    const items = changes.map((change, position) =>
      changeItem({ nl: change, en: english?.changes[position] ?? change }, views),
    );
    const heading = both({ nl: title, en: english?.title ?? title }, views.first);
    return `<section aria-labelledby=h-${section}><h3 id=h-${section}>${heading}</h3><ol class=c>${items.join(
      "\n",
    )}</ol></section>`;
  });
  const nothing = sections.length === 0 ? `<p>${say((texts) => texts.nothing)}</p>` : "";
  const remark = views.isLarge ? `<p class=n>${say((texts) => texts.labelsAsInFile)}</p>` : "";
  return `<section aria-labelledby=changes><h2 id=changes tabindex=-1>${say(
    (texts) => texts.changes,
  )}</h2>${nothing}${remark}${parts.join("\n")}</section>`;
}

function staysSection(views: Views, say: Say): string {
  const items = views.nl.stays.map(({ line, names }, index) => {
    const english = views.en.stays[index] ?? { line, names };
    const count = both({ nl: line, en: english.line }, views.first);
    if (names.length === 0) return `<li>${count}`;
    const listed = pairs(names, english.names).map((name) => `<li>${both(name, views.first)}`);
    return `<li><details><summary>${count}</summary><ul>${listed.join("")}</ul></details>`;
  });
  if (items.length === 0) return "";
  return `<section class=stays aria-labelledby=h-stays><h2 id=h-stays>${say(
    (texts) => texts.stays,
  )}</h2><ul>${items.join("")}</ul></section>`;
}

function aboutSection(views: Views, say: Say): string {
  const rows = views.nl.about.map(([label, text], index) => {
    const [englishLabel, englishText] = views.en.about[index] ?? [label, text];
    const shown = text.startsWith("sha256:")
      ? `<code>${escapeHtml(text)}</code>`
      : both({ nl: text, en: englishText }, views.first);
    return `<dt>${both({ nl: label, en: englishLabel }, views.first)}<dd>${shown}`;
  });
  return `<section class=about aria-labelledby=h-about><h2 id=h-about>${say(
    (texts) => texts.about,
  )}</h2><p>${say((texts) => texts.noValidity)}</p><dl>${rows.join("")}</dl></section>`;
}
