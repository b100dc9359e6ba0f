/** Drift for a terminal: what happened to which object, and each value as it was applied and as it is now. */
import { localeOf } from "../core/i18n/format.ts";
import { isolated } from "../core/visible-text.ts";
import type { Drift } from "../plan/index.ts";
import { propertyView } from "./property-view.ts";
import { propertyLine } from "./render-text.ts";
import type { Styler, TextOptions } from "./render-text.ts";

const plain: Styler = (_style, text) => text;

/** Lines without a line break. */
export function renderDrift(drift: readonly Drift[], options: TextOptions): string[] {
  const { language, style = plain } = options;
  const locale = localeOf(language);
  return drift.flatMap(({ kind, description, properties }) => [
    `  ${kind === "gone" ? style("red", "-") : style("yellow", "~")} ${isolated(description[language])}`,
    ...properties.map(
      (property) => `      ${propertyLine(propertyView(property, locale), { locale, style })}`,
    ),
  ]);
}
