/** What differs in a tenant, and the ways on from each finding. */
import { isolated } from "../../core/visible-text.ts";
import type { Status } from "../../operations/index.ts";
import { localeOf } from "../../core/i18n/format.ts";
import { historyTexts } from "./history-text.ts";
import { styleFor } from "./terminal.ts";

/** After an interrupted apply, what differs is its own half-done work; another line says what to do about it. */
export async function driftLines(status: Status): Promise<string[]> {
  // Loaded when it is used: the views are the larger part of a command.
  const { acceptedText, renderDrift } = await import("../../views/index.ts");
  const named = (entry: Accepted): string =>
    isolated(`${entry.name}, ${acceptedText(entry, localeOf("en"))} (${entry.reason})`);
  const { stack, objects, drift, interruptedApply } = status;
  if (objects === 0) return ["The tenant answers; there is nothing to compare yet."];
  const read = `${objects} objects read back`;
  const accepted = acceptedLines(
    status.accepted.map((entry) => `  until ${entry.until}: ${named(entry)}`),
  );
  if (drift.length === 0) return [`${read}; no drift in what was applied.`, ...accepted];
  if (interruptedApply !== undefined)
    return [`${read}; ${drift.length} differ (--json names them).`, ...accepted];
  const rendering = { language: "en", style: styleFor(process.stdout) } as const;
  return [
    `${read}; ${drift.length} differ from what was applied:`,
    ...drift.flatMap((one) => [
      ...renderDrift([one], rendering),
      ...historyTexts(one).map((text) => `      ${isolated(text)}`),
      ...wayLines(one, stack),
    ]),
    ...(status.auditLogNotRead === undefined
      ? []
      : [`Who changed it is in the audit log, which was not read: ${status.auditLogNotRead}.`]),
    ...status.ended.map(
      (entry) => `  Accepted until ${entry.until}, and drift again: ${named(entry)}`,
    ),
    `Undo all of it with \`tenantry plan ${stack} --refresh\`, take all of it over into the file with \`tenantry pull ${stack}\`.`,
    ...accepted,
  ];
}

type Accepted = Status["accepted"][number];
type Found = Status["drift"][number];

/** Undoing is a plan of everything that differs; these are of one finding. */
function wayLines(found: Found, stack: string): string[] {
  const { object, keys, acceptable, whyNotAcceptable } = found;
  if (object === undefined) return [];
  const one = isolated(object);
  return [
    ...(keys.length === 0 ? [] : [`      take over: \`tenantry pull ${stack} --object ${one}\``]),
    ...acceptable.map(
      (key) =>
        `      accept:    \`tenantry accept ${stack} --object ${one} --key ${key} --until <day> --reason <text>\``,
    ),
    ...(whyNotAcceptable === undefined
      ? []
      : [`      accept:    not possible: ${whyNotAcceptable}`]),
  ];
}

function acceptedLines(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const count = lines.length === 1 ? "1 deviation is" : `${lines.length} deviations are`;
  return [`${count} accepted:`, ...lines];
}
