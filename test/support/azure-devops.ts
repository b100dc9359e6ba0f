/**
 * A stand-in for the REST interface of Azure Repos. Shapes and names by specification/git/7.2/git.json of
 * MicrosoftDocs/vsts-rest-api-specs (2026-05-12, read 2026-11-28); `connectionData` as azure-devops-node-api 17.0.1 reads it.
 */
import { z } from "zod";
import { jsonService } from "./json-service.ts";
import type { JsonService, Route } from "./json-service.ts";

interface AzureThread {
  readonly id: number;
  readonly pullRequest: number;
  readonly status: string;
  readonly comments: {
    readonly id: number;
    readonly author: { readonly id: string };
    content: string;
  }[];
}

export interface AzureStandIn extends JsonService {
  readonly environment: Readonly<Record<string, string>>;
  readonly threads: AzureThread[];
  /** Pull requests by commit. */
  readonly brought: Map<string, number[]>;
}

const BUILD_SERVICE = "0c0ffee0-0000-4000-8000-000000000001";
const TOKEN = "azure-token-of-tests";
const VERSIONED = ["api-version"];
const content = z.string().max(150_000);
const status = z.enum(["unknown", "active", "fixed", "wontFix", "closed", "byDesign", "pending"]);

export async function azureStandIn(): Promise<AzureStandIn> {
  const threads: AzureThread[] = [];
  const brought = new Map<string, number[]>();
  const author = { id: BUILD_SERVICE };
  const repo = "^/acme/project-1/_apis/git/repositories/repo-1";
  const numbers = (path: string): number[] =>
    [...path.matchAll(/\/(\d+)(?=\/|$)/g)].map(([, digits]) => Number(digits));
  const threadsAt = new RegExp(`${repo}/pullRequests/\\d+/threads$`);
  const routes: readonly Route[] = [
    {
      ...{ method: "GET", path: /^\/acme\/_apis\/connectionData$/, query: [], status: 200 },
      answer: () => ({ authenticatedUser: author }),
    },
    {
      ...{ method: "GET", path: threadsAt, query: VERSIONED, status: 200 },
      answer: ({ path }) => {
        const value = threads.filter(({ pullRequest }) => pullRequest === numbers(path)[0]);
        return { value, count: value.length };
      },
    },
    {
      ...{ method: "POST", path: threadsAt, query: VERSIONED, status: 200 },
      request: z.strictObject({
        comments: z
          .array(
            z.strictObject({
              parentCommentId: z.int(),
              content,
              commentType: z.enum(["unknown", "text", "codeChange", "system"]),
            }),
          )
          .min(1),
        status,
      }),
      answer: ({ path, body }) => {
        const comments = body.comments as readonly { readonly content: string }[];
        const made = {
          ...{ id: threads.length + 40, pullRequest: numbers(path)[0] ?? 0 },
          status: String(body.status),
          comments: comments.map((one, at) => ({ id: at + 1, author, content: one.content })),
        };
        threads.push(made);
        return made;
      },
    },
    {
      ...{ method: "PATCH", query: VERSIONED, status: 200 },
      path: new RegExp(`${repo}/pullRequests/\\d+/threads/\\d+/comments/\\d+$`),
      request: z.strictObject({ content }),
      answer: ({ path, body }) => {
        const [, thread, comment] = numbers(path);
        const own = threads
          .find(({ id }) => id === thread)
          ?.comments.find(({ id }) => id === comment);
        if (own === undefined) throw new Error(`No comment ${path}`);
        own.content = String(body.content);
        return own;
      },
    },
    {
      ...{ method: "POST", path: new RegExp(`${repo}/pullrequestquery$`), query: VERSIONED },
      status: 200,
      request: z.strictObject({
        queries: z.array(
          z.strictObject({
            type: z.enum(["lastMergeCommit", "commit"]),
            items: z.array(z.string()),
          }),
        ),
      }),
      answer: ({ body }) => ({
        ...body,
        results: (body.queries as { readonly items: readonly string[] }[]).map(({ items }) =>
          Object.fromEntries(
            items.flatMap((commit) => {
              const found = brought.get(commit);
              return found === undefined
                ? []
                : [[commit, found.map((number) => ({ pullRequestId: number }))]];
            }),
          ),
        ),
      }),
    },
  ];
  const isKnown: Parameters<typeof jsonService>[0] = ({ headers }) =>
    headers.authorization === `Bearer ${TOKEN}`;
  const service = await jsonService(isKnown, routes);
  return {
    ...service,
    ...{ threads, brought },
    environment: {
      ...{ TF_BUILD: "True", SYSTEM_ACCESSTOKEN: TOKEN, SYSTEM_TEAMPROJECTID: "project-1" },
      ...{ SYSTEM_COLLECTIONURI: `${service.url}/acme/`, BUILD_REPOSITORY_ID: "repo-1" },
      ...{ BUILD_REPOSITORY_PROVIDER: "TfsGit", SYSTEM_PULLREQUEST_PULLREQUESTID: "7" },
    },
  };
}
