/**
 * A stand-in for GitHub's REST interface on loopback. Each request and each answer is checked with GitHub's own OpenAPI
 * description, trimmed by scripts/generate-github-schema.ts.
 */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import schema from "../generated/github-schema.json" with { type: "json" };

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

interface Part {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Part[];
  readonly properties?: Readonly<Record<string, Part>>;
  readonly required?: readonly string[];
  readonly items?: Part;
}

interface Operation {
  readonly status: number;
  readonly query: readonly string[];
  readonly request?: Part;
  readonly response: Part;
}

const operations = schema.operations as unknown as Readonly<Record<string, Operation>>;
const definitions = schema.$defs as unknown as Readonly<Record<string, Part>>;

const validatorOf = (part: Part): z.ZodType =>
  z.fromJSONSchema({ ...part, $defs: schema.$defs } as unknown as JsonSchema);

/** The least that a schema asks for. */
function leastOf(part: Part): unknown {
  if (part.$ref !== undefined) return leastOf(definitions[part.$ref.split("/").at(-1) ?? ""] ?? {});
  if (part.enum !== undefined) return part.enum[0];
  if (part.anyOf?.[0] !== undefined) return leastOf(part.anyOf[0]);
  if (Array.isArray(part.type) && part.type.includes("null")) return null;
  switch (part.type) {
    case "string":
      return "x";
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return false;
    case "array":
      return [];
    case undefined:
    default:
      return Object.fromEntries(
        (part.required ?? []).map((name) => [name, leastOf(part.properties?.[name] ?? {})]),
      );
  }
}

const user = (login: string) => ({
  ...(leastOf({ $ref: "#/$defs/simple-user" }) as object),
  login,
});

interface StandInComment {
  readonly id: number;
  readonly issue: number;
  readonly login: string;
  body: string;
}

interface StandInIssue {
  readonly number: number;
  readonly login: string;
  title: string;
  body: string;
  state: string;
}

interface StandInCheck {
  readonly name: string;
  readonly head_sha: string;
  readonly conclusion: string;
  readonly output: {
    readonly title: string;
    readonly summary: string;
    readonly annotations: readonly Readonly<Record<string, unknown>>[];
  };
}

export interface GitHubStandIn extends AsyncDisposable {
  /** For the program: where it is, and who it is there. */
  readonly environment: Readonly<Record<string, string>>;
  readonly comments: StandInComment[];
  readonly issues: StandInIssue[];
  readonly checks: StandInCheck[];
  /** Pull requests by the commit that they brought. */
  readonly pulls: Map<string, number[]>;
  /** Method and path of each request. */
  readonly requests: string[];
  /** Answers that come instead of the next ones. */
  readonly failures: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
  }[];
}

export const BOT = "github-actions[bot]";
const TOKEN = "ghs_secretOfTheRun";
const REPO = "/repos/acme-it/tenants";

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, string>>;
}

export async function gitHubStandIn(): Promise<GitHubStandIn> {
  const world = {
    ...{ comments: [], issues: [], checks: [], requests: [], failures: [] },
    pulls: new Map(),
  } as Pick<GitHubStandIn, "comments" | "issues" | "checks" | "requests" | "failures" | "pulls">;
  const server = createServer((request, response) => {
    void answer(world, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...world,
    environment: {
      GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      GITHUB_REPOSITORY: "acme-it/tenants",
      GITHUB_TOKEN: TOKEN,
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type World = Pick<
  GitHubStandIn,
  "comments" | "issues" | "checks" | "requests" | "failures" | "pulls"
>;

async function answer(world: World, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "", "http://127.0.0.1");
  const { method = "" } = request;
  world.requests.push(`${method} ${url.pathname}`);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const say = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  const failure = world.failures.shift();
  if (failure !== undefined) {
    say(failure.status, { message: "No" }, failure.headers);
    return;
  }
  if (request.headers.authorization !== `Bearer ${TOKEN}`) {
    say(401, { message: "Bad credentials" });
    return;
  }
  const found = ROUTES.find((route) => route.method === method && route.path.test(url.pathname));
  const operation = operations[found?.name ?? ""];
  if (found === undefined || operation === undefined) {
    say(404, { message: "Not Found" });
    return;
  }
  const body = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Asked["body"];
  const isKnown = [...url.searchParams.keys()].every((name) => operation.query.includes(name));
  const checked = operation.request && validatorOf(operation.request).safeParse(body);
  if (!isKnown || checked?.success === false) {
    say(422, { message: `Validation failed: ${checked?.error?.message ?? "query"}` });
    return;
  }
  const made = found.run(world, { path: url.pathname, query: url.searchParams, body });
  say(operation.status, validatorOf(operation.response).parse(made));
}

const numberIn = (path: string): number => Number(/\/(\d+)(?:\/comments)?$/.exec(path)?.[1]);

const paged = <T>(all: readonly T[], query: URLSearchParams): T[] => {
  const size = Number(query.get("per_page") ?? 30);
  const start = (Number(query.get("page") ?? 1) - 1) * size;
  return all.slice(start, start + size);
};

const asComment = ({ id, login, body }: StandInComment): object => ({
  ...(leastOf({ $ref: "#/$defs/issue-comment" }) as object),
  ...{ id, user: user(login), body },
});

const asIssue = ({ number, login, title, body, state }: StandInIssue): object => ({
  ...(leastOf({ $ref: "#/$defs/issue" }) as object),
  ...{ number, user: user(login), title, body, state },
});

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly run: (world: World, asked: Asked) => unknown;
}

const route = (name: string, run: Route["run"]): Route => {
  const [method = "", path = ""] = name.split(" ");
  const pattern = path.replace("/repos/{owner}/{repo}", REPO).replaceAll(/\{\w+\}/g, "[^/]+");
  return { name, method, path: new RegExp(`^${pattern}$`), run };
};

const ROUTES: readonly Route[] = [
  route(
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    ({ comments }, { path, query }) =>
      paged(
        comments.filter(({ issue }) => issue === numberIn(path)),
        query,
      ).map(asComment),
  ),
  route(
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    ({ comments }, { path, body }) => {
      const made = {
        ...{ id: comments.length + 100, issue: numberIn(path), login: BOT },
        body: body.body ?? "",
      };
      comments.push(made);
      return asComment(made);
    },
  ),
  route(
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    ({ comments }, { path, body }) => {
      const own = comments.find(({ id }) => id === numberIn(path));
      if (own === undefined) throw new Error(`No comment ${path}`);
      own.body = body.body ?? "";
      return asComment(own);
    },
  ),
  route("POST /repos/{owner}/{repo}/check-runs", ({ checks }, { body }) => {
    checks.push(body as unknown as StandInCheck);
    return leastOf({ $ref: "#/$defs/check-run" });
  }),
  route("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", ({ pulls }, { path }) =>
    (pulls.get(/commits\/(\w+)\//.exec(path)?.[1] ?? "") ?? []).map((number) => ({
      ...(leastOf({ $ref: "#/$defs/pull-request-simple" }) as object),
      number,
    })),
  ),
  route("GET /repos/{owner}/{repo}/issues", ({ issues }, { query }) =>
    paged(
      issues.filter(
        ({ state, login }) => state === query.get("state") && login === query.get("creator"),
      ),
      query,
    ).map(asIssue),
  ),
  route("POST /repos/{owner}/{repo}/issues", ({ issues }, { body }) => {
    const made = {
      ...{ number: issues.length + 1, login: BOT, state: "open" },
      ...{ title: body.title ?? "", body: body.body ?? "" },
    };
    issues.push(made);
    return asIssue(made);
  }),
  route("PATCH /repos/{owner}/{repo}/issues/{issue_number}", ({ issues }, { path, body }) => {
    const own = issues.find(({ number }) => number === numberIn(path));
    if (own === undefined) throw new Error(`No issue ${path}`);
    Object.assign(own, body);
    return asIssue(own);
  }),
];
