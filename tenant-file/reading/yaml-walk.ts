/** From YAML's tree to plain data, refusing what is more than data, and from a path back to a place in the text. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { Finding, Path } from "../diagnostic.ts";
import { inQuotes, quote, show } from "./show.ts";

/** The format itself is 6 levels deep. */
const MAX_DEPTH = 16;

export const tooDeep = {
  message: "The file is nested too deeply for a tenant file",
  allowed: `at most ${MAX_DEPTH} levels`,
};

type OffsetFinding = Finding & { offset: number };

interface Walk {
  findings: OffsetFinding[];
  /** Numbers that others would read otherwise. */
  ambiguous: OffsetFinding[];
  /** Set when part of the data is unknown, so that checking the rest would mislead. */
  isBlocked: boolean;
}

interface TextWalk extends Walk {
  text: string;
}

/** The data of a tree, without following aliases, and everything in it that a tenant file may not hold. */
export function toPlainData(root: Node | null, text: string): Walk & { data: unknown } {
  const walk: TextWalk = { text, findings: [], ambiguous: [], isBlocked: false };
  const data = readNode(root, [], walk);
  return { data, ...walk };
}

/** How a scalar that is not text is written; for a key without value, the comment in the value's place. */
export function sourceOf(root: Node | null, path: Path): string | undefined {
  let node: unknown = root;
  for (const step of path) {
    if (isMap(node)) node = pairsByKey(node).get(step)?.value;
    else if (isSeq(node)) node = node.items[Number(step)];
  }
  if (!isScalar(node) || typeof node.value === "string") return undefined;
  const comment = typeof node.comment === "string" ? `#${node.comment}` : undefined;
  return node.source === "" || node.source === undefined ? comment : node.source;
}

/** Offset of a value or of its key. What is not there is looked for at the nearest thing around it. */
export function offsetOf(root: Node | null, path: Path, at: "key" | "value"): number {
  let node: unknown = root;
  let offset = startOf(root);
  for (const [index, step] of path.entries()) {
    const isLast = index === path.length - 1;
    if (isMap(node)) {
      const pair = pairsByKey(node).get(step);
      if (pair === undefined) return offset;
      offset = isLast && at === "value" ? valueOffset(pair) : startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = isNode(node) ? startOf(node) : offset;
    }
  }
  return offset;
}

const pairsByMap = new WeakMap<YAMLMap, Map<unknown, Pair>>();

/** Indexed once a map: a hostile file can have as many problems as keys. */
function pairsByKey(map: YAMLMap): Map<unknown, Pair> {
  const known = pairsByMap.get(map);
  if (known !== undefined) return known;
  const pairs = new Map<unknown, Pair>();
  for (const pair of map.items) {
    const name = isScalar(pair.key) ? pair.key.value : undefined;
    if (!pairs.has(name)) pairs.set(name, pair);
  }
  pairsByMap.set(map, pairs);
  return pairs;
}

function readNode(node: unknown, path: Path, walk: TextWalk): unknown {
  if (!isNode(node)) return null;
  if (path.length > MAX_DEPTH) {
    block(walk, { ...tooDeep, path, offset: startOf(node) });
    return undefined;
  }
  if (isAlias(node)) {
    block(walk, {
      path,
      offset: startOf(node),
      message: "YAML aliases are not supported",
      received: quote(`*${node.source}`),
      allowed: `the value itself, written out; ${inQuotes(`*${node.source}`)}`,
    });
    return undefined;
  }
  const decorated = refuseDecoration(node, path, walk);
  if (isMap(node)) return readMap(node, path, walk);
  if (isSeq(node)) return node.items.map((item, i) => readNode(item, [...path, i], walk));
  if (!isScalar(node)) return undefined;
  if (typeof node.value === "number") noteAmbiguous(node, path, walk);
  // A tag or an anchor with nothing behind it is mostly a name that starts with ! or &.
  return decorated !== undefined && isEmpty(node) ? decorated : node.value;
}

/** A leading zero means eight to some readers of YAML, and hardly anybody means base 8 or 16. */
function noteAmbiguous(node: Scalar, path: Path, walk: TextWalk): void {
  const source = node.source ?? "";
  if (/^-?(0|[1-9]\d*)(\.\d+)?$|^[-+]?\.(inf|nan)$/i.test(source)) return;
  walk.ambiguous.push({
    path,
    offset: startOf(node),
    message: "This number is ambiguous",
    received: source.slice(0, 40),
    allowed: show(node.value),
  });
}

function readMap(map: YAMLMap, path: Path, walk: TextWalk): unknown {
  const seen = new Map<string, unknown>();
  for (const { key, value } of map.items) {
    const offset = startOf(key);
    if (!isScalar(key) || typeof key.value !== "string") {
      block(walk, {
        path,
        offset,
        message: "This key is not a plain word",
        received: show(isScalar(key) ? key.value : {}),
      });
      continue;
    }
    const name = key.value;
    refuseDecoration(key, [...path, name], walk);
    if (name === "<<") {
      block(walk, {
        path,
        offset,
        message: "YAML merge keys are not supported",
        allowed: "keys written out",
      });
    } else if (seen.has(name)) {
      walk.findings.push({
        path: [...path, name],
        offset,
        message: `Duplicate key ${quote(name)}`,
      });
    } else {
      seen.set(name, readNode(value, [...path, name], walk));
    }
  }
  return Object.fromEntries(seen);
}

/** Refuses a tag or an anchor; gives the text as it is written, from there on. */
function refuseDecoration(node: Node, path: Path, walk: TextWalk): string | undefined {
  const anchor = "anchor" in node ? node.anchor : undefined;
  const decoration =
    anchor === undefined ? node.tag?.replace("tag:yaml.org,2002:", "!!") : `&${anchor}`;
  if (decoration === undefined) return undefined;
  const start = walk.text.lastIndexOf(decoration, startOf(node));
  const end = Math.max(endOf(node), start + decoration.length);
  const written = start < 0 ? decoration : walk.text.slice(start, end);
  walk.findings.push({
    path,
    offset: startOf(node),
    message:
      anchor === undefined ? "YAML tags are not supported" : "YAML anchors are not supported",
    received: quote(decoration),
    allowed: isScalar(node) ? `the value alone; ${inQuotes(written)}` : "the value alone",
  });
  return written;
}

function block(walk: Walk, finding: OffsetFinding): void {
  walk.isBlocked = true;
  walk.findings.push(finding);
}

function valueOffset({ key, value }: Pair): number {
  // `key:` without a value has an empty node behind the colon; the key is what the eye looks for.
  return startOf(!isNode(value) || isEmpty(value) ? key : value);
}

const isEmpty = (node: Node): boolean => node.range?.[0] === node.range?.[1];

const endOf = (node: Node): number => node.range?.[1] ?? 0;

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
