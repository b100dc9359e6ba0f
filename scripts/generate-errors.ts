/**
 * Writes docs/reference/errors.md: every expected failure with its sentence and what to do, read from the places
 * where the sources make one. With --check it writes nothing and exits with 1 when the file is not fresh. A code
 * of the table that nothing makes is refused.
 */
import { readdirSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import ts from "typescript";
import { BREAKS, refusal, REFUSAL_CODES } from "../approval/index.ts";
import { ERROR_AREAS } from "../core/error-codes.ts";
import { FINDING_REMEDIES } from "../plan/index.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const ROOMS = [
  ...[
    "approval",
    "cli",
    "core",
    "engine",
    "migration",
    "operations",
    "plan",
    "provider",
    "server",
    "state",
  ],
  ...["tenant-file", "workspace"],
];

interface Failure {
  readonly code: string;
  readonly sentence: string;
  readonly hint: string;
}

/** Every failure that a source file makes with its code written out. */
function failuresOf(file: string): Failure[] {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = new Map<string, ts.Expression>();
  const found: Failure[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      constants.set(node.name.text, node.initializer);
    }
    ts.forEachChild(node, visit);
    if (!ts.isNewExpression(node) || node.expression.getText() !== "ExpectedError") return;
    const [code, message, more] = node.arguments ?? [];
    if (code === undefined || !ts.isStringLiteral(code)) return;
    const said = (part: ts.Expression | undefined): string =>
      part === undefined ? "…" : wordsOf(part, constants);
    const hint = said(memberOf(more, "hint"));
    refuseMissingRemedy(`${file}: ${code.text}`, hint, memberOf(more, "remedy"));
    found.push({ code: code.text, sentence: said(message), hint });
  };
  visit(source);
  return found;
}

function memberOf(more: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (more === undefined || !ts.isObjectLiteralExpression(more)) return undefined;
  for (const property of more.properties) {
    if (property.name?.getText() !== name) continue;
    if (ts.isPropertyAssignment(property)) return property.initializer;
    if (ts.isShorthandPropertyAssignment(property)) return property.name;
  }
  return undefined;
}

/** Each action in braces needs its arguments, else a surface could not word it. */
function refuseMissingRemedy(where: string, hint: string, remedy: ts.Expression | undefined): void {
  for (const [, action = ""] of hint.matchAll(/\{([a-z-]+)\}/g)) {
    if (remedy?.getText().includes(action) !== true)
      throw new Error(`${where}: no remedy ${action}`);
  }
}

/** The text with an ellipsis for what is only known when it happens. */
function wordsOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join("");
  }
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].map((one) => wordsOf(one, constants)).join(" Or: ");
  }
  const value = ts.isIdentifier(node) ? constants.get(node.text) : undefined;
  return value === undefined ? "…" : wordsOf(value, constants);
}

const sources = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(ROOT, room, name)),
);
const ofApproval = REFUSAL_CODES.map((code) => {
  const { sentence, hint } = refusal(code, { who: "…" });
  return { code, sentence: sentence.en, hint: hint.en };
});
const ofEntries = Object.entries(BREAKS).map(([code, hint]) => ({
  code,
  sentence: "An entry of the record, or a statement to be added, is not valid.",
  hint,
}));
/** Guards make their sentences out of the plan. */
const ofGuards = ERROR_AREAS.findings.map((code) => ({
  code,
  sentence: "The plan has a finding that blocks it; the sentence names it.",
  hint: FINDING_REMEDIES[code],
}));
/** The provider has classes of its own for what a service refuses. */
const ofProvider = [{ code: "no-credential", sentence: "…", hint: "…" }];
const all = [...sources.flatMap(failuresOf), ...ofApproval, ...ofEntries, ...ofGuards];
const byCode = Object.groupBy([...all, ...ofProvider], ({ code }) => code);

const line = (texts: readonly string[]): string =>
  [...new Set(texts)]
    .filter((text, _index, others) => text !== "…" || others.length === 1)
    .map((text) => text.replaceAll(/[<*_]/g, "\\$&").replaceAll("\n", " "))
    .join(" · ");

function entryOf(code: string): string {
  const failures = byCode[code];
  if (failures === undefined) throw new Error(`Nothing makes ${code}; take it out of the table`);
  const sentences = line(failures.map(({ sentence }) => sentence));
  return `- \`${code}\`: ${sentences}\\\n  → ${line(failures.map(({ hint }) => hint))}`;
}

const areas = Object.entries(ERROR_AREAS).map(
  ([area, codes]) =>
    `## ${area.charAt(0).toUpperCase()}${area.slice(1)}\n\n${[...codes].sort().map(entryOf).join("\n")}`,
);

const page = `<!-- Generated by scripts/generate-errors.ts: change the failure, then run it. -->

# What can be refused

Every expected failure ends with exit code 2, and has a code that does not change, a sentence and what to do; with
\`--json\` as \`error.code\`, \`error.message\`, \`error.hint\`, \`error.remedy\` and \`error.details\`. An ellipsis stands for
what is known only then; a word in braces stands for a command, which the message writes out and \`error.remedy\` holds
as an action with its arguments. Failures of the services (Microsoft, the backup vendor) are details of \`apply-failed\`
and \`read-back-failed\`. Where one code has several sentences or hints, a dot stands between them. More on those of
approvals: [approval.md](../approval.md).

${areas.join("\n\n")}
`;

const target = join(ROOT, "docs", "reference", "errors.md");
const wanted = await format(page, { ...(await resolveConfig(target)), parser: "markdown" });
if (!process.argv.includes("--check")) {
  await writeFile(target, wanted);
} else if ((await readFile(target, "utf8").catch(() => "")) !== wanted) {
  process.stderr.write(`${target} is not fresh. Run: node scripts/generate-errors.ts\n`);
  process.exitCode = 1;
}
