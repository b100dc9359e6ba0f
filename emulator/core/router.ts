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

/** Finds the workload by prefix and its route by Hono's router; the longest prefix wins. */
export class WorkloadRouter {
  readonly #mounted: MountedWorkload[];

  constructor(workloads: readonly Workload[]) {
    this.#mounted = workloads.map((workload) => {
      const router = new TrieRouter<Route | BatchRoute>();
      for (const route of workload.routes)
        router.add(route.method === "*" ? "ALL" : route.method, route.path, route);
      return { workload, router };
    });
  }

  workloadOf(path: string): { workload: Workload; prefix: string } | undefined {
    const found = this.#mountedAt(path);
    return found === undefined
      ? undefined
      : { workload: found.mounted.workload, prefix: found.prefix };
  }

  match(method: string, encodedPath: string): RouteMatch | undefined {
    const found = this.#mountedAt(encodedPath);
    if (found === undefined) return undefined;
    const { workload, router } = found.mounted;
    const inner = encodedPath.slice(found.prefix.length) || "/";
    const path = workload.rewritePath?.(inner) ?? inner;
    const [handlers] = router.match(method, path);
    const first = handlers[0];
    if (first === undefined) return undefined;
    const params: Record<string, string> = {};
    // The trie router gives parameters by name, with their values (never by index into a stash).
    for (const [name, value] of Object.entries(first[1] as Record<string, string>))
      params[name] = decode(value);
    return { workload, route: first[0], prefix: found.prefix, path: decode(path), params };
  }

  #mountedAt(path: string): { mounted: MountedWorkload; prefix: string } | undefined {
    return this.#mounted
      .flatMap((mounted) => mounted.workload.prefixes.map((prefix) => ({ mounted, prefix })))
      .filter(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))
      .sort((one, other) => other.prefix.length - one.prefix.length)[0];
  }
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
