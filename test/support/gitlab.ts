/**
 * A stand-in for GitLab's REST interface. Shapes by its documentation: notes as doc/api/notes.md of gitlabhq/gitlabhq (read
 * 2026-11-28); issues, merge requests of a commit and GET /user as their pages say, not read anew.
 */
import { z } from "zod";
import { jsonService, paged } from "./json-service.ts";
import type { JsonService, Route } from "./json-service.ts";

interface GitLabNote {
  readonly id: number;
  readonly on: string;
  readonly author: { readonly username: string };
  body: string;
}

interface GitLabIssue {
  readonly iid: number;
  readonly author: { readonly username: string };
  title: string;
  description: string;
  state: "opened" | "closed";
}

export interface GitLabStandIn extends JsonService {
  readonly environment: Readonly<Record<string, string>>;
  readonly notes: GitLabNote[];
  readonly issues: GitLabIssue[];
  /** Merge requests by commit. */
  readonly brought: Map<string, number[]>;
}

export const GITLAB_BOT = "project_4711_bot_abc";
const TOKEN = "glpat-of-tests";
const PAGING = ["page", "per_page"];
const note = z.strictObject({ body: z.string().min(1).max(1_000_000) });

export async function gitLabStandIn(): Promise<GitLabStandIn> {
  const [notes, issues]: [GitLabNote[], GitLabIssue[]] = [[], []];
  const brought = new Map<string, number[]>();
  const author = { username: GITLAB_BOT };
  const issueAt = (path: string): GitLabIssue => {
    const own = issues.find(({ iid }) => iid === Number(/issues\/(\d+)/.exec(path)?.[1]));
    if (own === undefined) throw new Error(`No issue ${path}`);
    return own;
  };
  const on = "(?:merge_requests|issues)/\\d+";
  const at = (rest: string): RegExp => new RegExp(`^/api/v4/projects/4711/${rest}$`);
  const routes: readonly Route[] = [
    {
      ...{ method: "GET", path: /^\/api\/v4\/user$/, query: [], status: 200 },
      answer: () => ({ id: 9, username: GITLAB_BOT }),
    },
    {
      ...{ method: "GET", path: at(`${on}/notes`), status: 200 },
      query: [...PAGING, "sort", "order_by"],
      answer: ({ path, query }) => {
        const own = notes.filter((one) => path.includes(`/${one.on}/`));
        return paged(query.get("sort") === "asc" ? own : own.toReversed(), query);
      },
    },
    {
      ...{ method: "POST", path: at(`${on}/notes`), query: [], request: note, status: 201 },
      answer: ({ path, body }) => {
        const where = new RegExp(on).exec(path)?.[0] ?? "";
        const made = { id: notes.length + 300, on: where, author, body: String(body.body) };
        notes.push(made);
        return made;
      },
    },
    {
      ...{ method: "PUT", path: at(`${on}/notes/\\d+`), query: [], request: note, status: 200 },
      answer: ({ path, body }) => {
        const own = notes.find(({ id }) => path.endsWith(`/${id}`));
        if (own === undefined) throw new Error(`No note ${path}`);
        own.body = String(body.body);
        return own;
      },
    },
    {
      ...{ method: "GET", path: at("repository/commits/\\w+/merge_requests"), status: 200 },
      query: PAGING,
      answer: ({ path }) =>
        (brought.get(/commits\/(\w+)/.exec(path)?.[1] ?? "") ?? []).map((iid) => ({ iid })),
    },
    {
      ...{ method: "GET", path: at("issues"), status: 200 },
      query: [...PAGING, "state", "scope", "author_username"],
      answer: ({ query }) =>
        paged(
          issues.filter(
            (one) =>
              one.state === query.get("state") &&
              one.author.username === query.get("author_username"),
          ),
          query,
        ),
    },
    {
      ...{ method: "POST", path: at("issues"), query: [], status: 201 },
      request: z.strictObject({ title: z.string().min(1).max(255), description: z.string() }),
      answer: ({ body }) => {
        const made = { iid: issues.length + 1, author, state: "opened" as const };
        issues.push({
          ...made,
          title: String(body.title),
          description: String(body.description),
        });
        return made;
      },
    },
    {
      ...{ method: "PUT", path: at("issues/\\d+"), query: [], status: 200 },
      request: z.strictObject({
        title: z.string().optional(),
        description: z.string().optional(),
        state_event: z.enum(["close", "reopen"]).optional(),
      }),
      answer: ({ path, body }) => {
        const { state_event: event, ...rest } = body;
        const own = Object.assign(issueAt(path), rest);
        if (event !== undefined) own.state = event === "close" ? "closed" : "opened";
        return own;
      },
    },
  ];
  const service = await jsonService(({ headers }) => headers["private-token"] === TOKEN, routes);
  return {
    ...service,
    ...{ notes, issues, brought },
    environment: {
      ...{ GITLAB_CI: "true", CI_API_V4_URL: `${service.url}/api/v4`, CI_PROJECT_ID: "4711" },
      ...{ CI_MERGE_REQUEST_IID: "7", TENANTRY_GITLAB_TOKEN: TOKEN },
    },
  };
}
