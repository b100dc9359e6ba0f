/** Reads YAML as plain data with positions: the part of YAML that is data only, one way to write each thing. */
import { isScalar, LineCounter, parseAllDocuments, type Document } from "yaml";
import type { Finding, Path } from "../diagnostic.ts";
import { findHiddenCharacters } from "../schema/hidden-characters.ts";
import { offsetOf, toPlainData, tooDeep } from "./yaml-walk.ts";

/** The largest tenant file, in bytes: room for some 4,000 people. */
export const MAX_FILE_BYTES = 1024 * 1024;

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
  /** Where a value, or its key, stands; for what is missing, where the nearest thing around it starts. */
  locate: (path: Path, at?: "key" | "value") => Position;
}

/** The data of a text, or what makes it unreadable. Aliases are never followed, so nothing can be blown up. */
export function readYaml(text: string): YamlData | { unreadable: PlacedFinding[] } {
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
  if (characters.length > 0) return { unreadable: characters.map(placed) };

  // Unique keys are checked in the walk: the library's own check takes quadratic time.
  const documents = parseAllDocuments(text, {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
  });
  const syntax = checkSyntax([...documents] as Document.Parsed[]);
  if (syntax !== undefined) return { unreadable: [placed({ path: [], ...syntax })] };

  const root = documents[0]?.contents ?? null;
  const { data, findings, isBlocked } = toPlainData(root);
  if (isBlocked) return { unreadable: findings.map(placed) };
  return {
    data,
    findings: findings.map(placed),
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
    allowed: `at most ${MAX_FILE_BYTES} bytes (1 MiB)`,
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

type Unplaced = Omit<Finding, "path"> & { offset: number };

function checkCharacters(text: string): (Finding & { offset: number })[] {
  // A byte order mark at the very start is how some editors mark UTF-8.
  const hidden = findHiddenCharacters(text).filter(
    ({ offset, name }) => offset > 0 || name !== "U+FEFF",
  );
  const tabs = text.split("\n").filter((line) => line.includes("\t")).length;
  const tab: Unplaced = {
    offset: text.indexOf("\t"),
    message: `Tabs stand on ${tabs === 1 ? "this line" : `${tabs} lines, the first here`}`,
    allowed: "spaces, two for each level",
  };
  return [
    ...hidden.map(({ offset, name }) => ({
      offset,
      message: `The hidden character ${name} can make the file look different from what it is`,
      allowed: "visible characters, of any script",
    })),
    ...(tabs > 0 ? [tab] : []),
  ].map((finding) => ({ path: [], ...finding }));
}

function checkSyntax(documents: Document.Parsed[]): Unplaced | undefined {
  const [document, second] = documents;
  const error = document?.errors[0];
  if (error?.code === "RESOURCE_EXHAUSTION") return { ...tooDeep, offset: error.pos[0] };
  // One error, because those behind it are mostly its consequences.
  if (error) return { offset: error.pos[0], message: `This is not YAML: ${error.message}` };
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
