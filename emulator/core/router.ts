import { TrieRouter } from "hono/router/trie-router";
import type { BatchRoute, Route, Workload } from "./workload.ts";

export interface RouteMatch {
  workload: Workload;
  route: Route | BatchRoute;
  prefix: string;
  /** Percent-decoded path after the prefix, in the one spelling that routes know. */
  path: string;
  params: Record<string, string>;
}

interface MountedWorkload {
  workload: Workload;
  router: TrieRouter<Route | BatchRoute>;
}

/** What a route's method stands for, where it is not one alone. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  "*": ["ALL"],
  WRITE: ["POST", "PUT", "PATCH", "DELETE", "MERGE"],
};

/** Quoted text, which may hold addresses, or slashes that stand where one is enough. */
const QUOTED_OR_SLASHES = /'(?:[^']|'')*'|\/{2,}/g;

/**
 * Finds the workload by prefix and its route by Hono's router; the longest prefix wins. As at the services, letter case
 * counts in parameters only, doubled slashes are one, and a trailing slash is ignored.
 */
export class WorkloadRouter {
  readonly #mounted: MountedWorkload[];

  constructor(workloads: readonly Workload[]) {
    this.#mounted = workloads.map((workload) => {
      const router = new TrieRouter<Route | BatchRoute>();
      for (const route of workload.routes) {
        const path = segmentsOf(route.path)
          .map((segment) => (isLiteral(segment) ? segment.toLowerCase() : segment))
          .join("/");
        for (const method of METHODS[route.method] ?? [route.method])
          router.add(method, path, route);
      }
      return { workload, router };
    });
  }

  workloadOf(path: string): { workload: Workload; prefix: string } | undefined {
    const found = this.#mountedAt(tidy(path));
    return found === undefined
      ? undefined
      : { workload: found.mounted.workload, prefix: found.prefix };
  }

  match(method: string, encodedPath: string): RouteMatch | undefined {
    const tidied = tidy(encodedPath);
    const found = this.#mountedAt(tidied);
    if (found === undefined) return undefined;
    const { workload, router } = found.mounted;
    const inner = tidied.slice(found.prefix.length) || "/";
    const given = workload.rewritePath?.(inner, found.prefix) ?? inner;
    const [handlers] = router.match(method, given.toLowerCase());
    const route = handlers[0]?.[0];
    if (route === undefined) return undefined;
    return { workload, route, prefix: found.prefix, ...inSpellingOf(route, given) };
  }

  #mountedAt(path: string): { mounted: MountedWorkload; prefix: string } | undefined {
    const lower = path.toLowerCase();
    return this.#mounted
      .flatMap((mounted) => mounted.workload.prefixes.map((prefix) => ({ mounted, prefix })))
      .filter(({ prefix }) => lower === prefix || lower.startsWith(`${prefix}/`))
      .sort((one, other) => other.prefix.length - one.prefix.length)[0];
  }
}

function tidy(path: string): string {
  const single = path.replace(QUOTED_OR_SLASHES, (part) => (part.startsWith("/") ? "/" : part));
  return single.length > 1 ? single.replace(/\/$/, "") : single;
}

/** A pattern in braces may hold slashes. */
function segmentsOf(routePath: string): string[] {
  return routePath.split(/\/(?![^{]*\})/);
}

function isLiteral(segment: string): boolean {
  return !segment.startsWith(":") && segment !== "*";
}

/** The path with the route's own spelling, and the parameters as the client wrote them. */
function inSpellingOf(
  route: Route | BatchRoute,
  given: string,
): Pick<RouteMatch, "path" | "params"> {
  const spelled = segmentsOf(route.path);
  const params: Record<string, string> = {};
  const segments = given.split("/").map((segment, index) => {
    const name = spelled[index];
    if (name === undefined || name === "*") return decode(segment);
    if (isLiteral(name)) return name;
    const value = decode(segment);
    params[name.slice(1).replace(/\{.*$/, "")] = value;
    return value;
  });
  return { path: segments.join("/"), params };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    // A stray percent sign is data, not an escape.
    if (error instanceof URIError) return text;
    throw error;
  }
}
