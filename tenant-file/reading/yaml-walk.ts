/** From YAML's tree to plain data, refusing what is more than data, and from a path back to a place in the text. */
import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Finding, Path } from "../diagnostic.ts";
import { quote, show } from "./show.ts";

/** The format itself is 6 levels deep. */
const MAX_DEPTH = 16;

export const tooDeep = {
  message: "The file is nested too deeply for a tenant file",
  allowed: `at most ${MAX_DEPTH} levels`,
};

type OffsetFinding = Finding & { offset: number };

interface Walk {
  findings: OffsetFinding[];
  /** Set when part of the data is unknown, so that checking the rest would mislead. */
  isBlocked: boolean;
}

/** The data of a tree, without following aliases, and everything in it that a tenant file may not hold. */
export function toPlainData(root: Node | null): Walk & { data: unknown } {
  const walk: Walk = { findings: [], isBlocked: false };
  const data = readNode(root, [], walk);
  return { data, ...walk };
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

function readNode(node: unknown, path: Path, walk: Walk): unknown {
  if (!isNode(node)) return null;
  if (path.length > MAX_DEPTH) {
    block(walk, { ...tooDeep, path, offset: startOf(node) });
    return undefined;
  }
  if (isAlias(node)) {
    block(walk, {
      path,
      offset: startOf(node),
      message: "An alias stands here",
      received: quote(`*${node.source}`),
      allowed: "the value itself, written out",
    });
    return undefined;
  }
  refuseDecoration(node, path, walk);
  if (isMap(node)) return readMap(node, path, walk);
  if (isSeq(node)) return node.items.map((item, i) => readNode(item, [...path, i], walk));
  return node.value;
}

function readMap(map: YAMLMap, path: Path, walk: Walk): unknown {
  const seen = new Map<string, unknown>();
  for (const { key, value } of map.items) {
    const offset = startOf(key);
    if (!isScalar(key) || typeof key.value !== "string") {
      block(walk, {
        path,
        offset,
        message: "This key is no plain word",
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
        message: "A merge key stands here",
        allowed: "keys written out",
      });
    } else if (seen.has(name)) {
      walk.findings.push({
        path: [...path, name],
        offset,
        message: `The key ${quote(name)} is there twice`,
      });
    } else {
      seen.set(name, readNode(value, [...path, name], walk));
    }
  }
  return Object.fromEntries(seen);
}

function refuseDecoration(node: Node, path: Path, walk: Walk): void {
  const anchor = "anchor" in node ? node.anchor : undefined;
  const decoration =
    anchor === undefined ? node.tag?.replace("tag:yaml.org,2002:", "!!") : `&${anchor}`;
  if (decoration === undefined) return;
  walk.findings.push({
    path,
    offset: startOf(node),
    message:
      anchor === undefined
        ? "A tag stands before this value"
        : "An anchor stands before this value",
    received: quote(decoration),
    allowed: "the value alone",
  });
}

function block(walk: Walk, finding: OffsetFinding): void {
  walk.isBlocked = true;
  walk.findings.push(finding);
}

function valueOffset({ key, value }: Pair): number {
  // `key:` without a value has an empty node behind the colon; the key is what the eye looks for.
  const isEmpty = !isNode(value) || value.range?.[0] === value.range?.[1];
  return startOf(isEmpty ? key : value);
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
