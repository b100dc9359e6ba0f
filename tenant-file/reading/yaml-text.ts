/** Reads YAML as plain data with positions: the part of YAML that is data only, one way to write each thing. */
import { isScalar, LineCounter, type Document } from "yaml";
import type { Finding, Path } from "../diagnostic.ts";
import { checkCharacters, type Unplaced } from "./characters.ts";
import { inQuotes } from "./show.ts";
import {
  MAX_FILE_BYTES,
  parseDocuments,
  TOO_MANY_TOKENS,
  type SyntaxFault,
} from "./yaml-document.ts";
import { offsetOf, sourceOf, toPlainData, tooDeep } from "./yaml-walk.ts";

const MAX_LINE_LENGTH = 1000;

const BYTE_ORDER_MARK = "\uFEFF";

/** Both from 1; columns in UTF-16 code units. */
interface Position {
  line: number;
  column: number;
}

export interface PlacedFinding extends Finding {
  position: Position;
}

export interface YamlData {
  data: unknown;
  /** Problems that leave the data usable, so that the rest can be checked in the same run. */
  findings: PlacedFinding[];
  /** Numbers that others would read otherwise; of no interest where another finding says what is wrong. */
  ambiguous: PlacedFinding[];
  /** How a value that is not text is written, and what of a value YAML took for a comment. */
  sourceOf: (path: Path) => string | undefined;
  /** Where a value, or its key, stands; for what is missing, where the nearest thing around it starts. */
  locate: (path: Path, at?: "key" | "value") => Position;
}

/** The data of a text, or what makes it unreadable. Aliases are never followed, so nothing can be blown up. */
export function readYaml(source: string): YamlData | { unreadable: PlacedFinding[] } {
  // How some editors mark UTF-8; a second mark is a hidden character like any other.
  const text = source.startsWith(BYTE_ORDER_MARK) ? source.slice(1) : source;
  const lines = lineCounterOf(text);
  const place = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: Math.max(col, 1) };
  };
  const placed = ({ offset, ...finding }: Finding & { offset: number }): PlacedFinding => ({
    ...finding,
    position: place(offset),
  });

  const characters = checkCharacters(text);
  if (characters.length > 0) {
    return { unreadable: characters.map((finding) => placed({ path: [], ...finding })) };
  }

  const documents = parseDocuments(text);
  const syntax =
    "error" in documents ? explainSyntax(documents.error, text) : checkSyntax(documents);
  if (syntax !== undefined) return { unreadable: [placed({ path: [], ...syntax })] };

  const root = "error" in documents ? null : (documents[0]?.contents ?? null);
  const { data, findings, ambiguous, isBlocked } = toPlainData(root, text);
  if (isBlocked) return { unreadable: findings.map(placed) };
  return {
    data,
    findings: findings.map(placed),
    ambiguous: ambiguous.map(placed),
    sourceOf: (path) => sourceOf(root, path),
    locate: (path, at = "value") => place(offsetOf(root, path, at)),
  };
}

/** A file that is too large to be read, told without reading it. */
export function tooLarge(sizeBytes: number): PlacedFinding {
  return {
    path: [],
    position: { line: 1, column: 1 },
    message: "The file is too large for a tenant file",
    received: `${sizeBytes} bytes`,
    allowed: `at most ${MAX_FILE_BYTES} bytes (4 MiB)`,
  };
}

function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    lines.addNewLine(end + 1);
  }
  return lines;
}

function checkSyntax(documents: readonly Document.Parsed[]): Unplaced | undefined {
  const [document, second] = documents;
  if (document?.directives.yaml.explicit === true) {
    return {
      offset: 0,
      message: "A %YAML directive changes how the file is read",
      allowed: "none",
    };
  }
  if (second !== undefined) {
    return {
      offset: second.range[0],
      message: "A second document starts here",
      allowed: "one document in a file, one file for each tenant",
    };
  }
  const contents: unknown = document?.contents ?? null;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return { offset: 0, message: "The file is empty", allowed: "a tenant file" };
  }
  return undefined;
}

function explainSyntax({ offset, code, message }: SyntaxFault, text: string): Unplaced {
  if (code === "RESOURCE_EXHAUSTION") return { ...tooDeep, offset };
  if (code === TOO_MANY_TOKENS) {
    return {
      offset,
      message: "The file has more entries than a tenant file may have",
      allowed: "as many as 5,000 people need",
    };
  }
  const [value] = /(?<=^\s*(?:- +)?[A-Za-z]+: +)[^\s"'].*/.exec(lineAt(text, offset)) ?? [];
  return {
    offset,
    message: `This is not YAML: ${message}`,
    ...(value === undefined ? {} : { allowed: inQuotes(value.trimEnd()) }),
  };
}

/** The line around an offset, as far as it is worth looking at. */
function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? undefined : end).slice(0, MAX_LINE_LENGTH);
}
