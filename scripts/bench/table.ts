/** The result as people read it. */
import type { Row } from "./part.ts";

export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [row.what, `${rounded(row.value)} ${row.unit}`, verdict(row)]);
  const width = (at: number): number => Math.max(...cells.map((line) => line[at]?.length ?? 0));
  return cells
    .map(([what = "", value = "", aim = ""]) =>
      `  ${what.padEnd(width(0))}  ${value.padStart(width(1))}  ${aim}`.trimEnd(),
    )
    .join("\n");
}

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);

function verdict({ value, unit, aim }: Row): string {
  if (aim === undefined) return "";
  const isMet = unit === "times" ? value >= aim : value <= aim;
  return `${isMet ? "aim met" : "aim missed"}: ${unit === "times" ? "≥" : "≤"} ${aim} ${unit}`;
}
