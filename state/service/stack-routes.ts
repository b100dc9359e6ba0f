/**
 * Stacks in the engine's protocol.
 * Source: pulumi 3.250.0, pkg/backend/httpstate/client/client.go and api_endpoints.go (checked 2026-11-26).
 */
import { randomUUID } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { Hono } from "hono";
import type { Context } from "hono";
import { isDeployment } from "../journal/entry.ts";
import type { VersionedDeployment } from "../journal/deployment.ts";
import { pack } from "../stacks/packing.ts";
import type { StackInfo } from "../stacks/stack-info.ts";
import type { Guard } from "../stacks/stacks.ts";
import { leaseNameOf } from "../stacks/updates.ts";
import { ApiError, conflict } from "./api-error.ts";
import { isRecord, jsonOf } from "./body.ts";
import type { ServiceContext } from "./context.ts";

const DEFAULT_PAGE = 10;
const NEWEST_SCHEMA = 4;

/** `<organisation>/<project>/<name>` of a request below `/api/stacks`. */
export const stackOf = (c: Context): string =>
  ["org", "project", "stack"].map((name) => c.req.param(name) ?? "").join("/");

export const notFound = (stack: string): ApiError =>
  new ApiError(404, `Not Found: Stack '${stack}' not found.`);

export function stackRoutes({ database, fence }: ServiceContext): Hono {
  const routes = new Hono();
  const guardOf = (stack: string): Guard => ({ lease: leaseNameOf(stack), fence: fence() });
  const found = async (c: Context): Promise<StackInfo> => {
    const stack = stackOf(c);
    const info = await database.run("getStack", { stack });
    if (info === undefined) throw notFound(stack);
    return info;
  };

  // The engine asks with HEAD, which Hono takes for a GET without its body.
  routes.get("/:org/:project", async (c) => {
    const stacks = await database.run("listStacks", undefined);
    const prefix = `${c.req.param("org")}/${c.req.param("project")}/`;
    return c.body(null, stacks.some((stack) => stack.startsWith(prefix)) ? 200 : 404);
  });

  routes.post("/:org/:project", async (c) => {
    const { stackName, tags } = await jsonOf(c);
    if (typeof stackName !== "string" || !/^[A-Za-z0-9._-]+$/.test(stackName)) {
      throw new ApiError(400, "Bad Request: not a valid stack name.");
    }
    const stack = `${c.req.param("org")}/${c.req.param("project")}/${stackName}`;
    const created = await database.run("createStack", { stack, tags: tagsOf(tags) });
    if (!created) throw new ApiError(409, `Conflict: Stack '${stack}' already exists.`);
    return c.json({});
  });

  routes.get("/:org/:project/:stack", async (c) => {
    const { stack, tags, version, latestUpdate, running } = await found(c);
    const [orgName, projectName, stackName] = stack.split("/");
    return c.json({
      id: stack,
      ...{ orgName, projectName, stackName, tags, version },
      // Of the last update, also when it has ended: an empty one makes `cancel` fail.
      activeUpdate: latestUpdate ?? "none",
      ...(running === undefined
        ? {}
        : {
            currentOperation: {
              kind: running.kind,
              author: "tenantry",
              started: Math.floor(running.started.getTime() / 1000),
            },
          }),
    });
  });

  routes.delete("/:org/:project/:stack", async (c) => {
    const stack = stackOf(c);
    const isForced = c.req.query("force") === "true";
    const removal = await database.run("deleteStack", { stack, isForced, guard: guardOf(stack) });
    if (removal === "missing") throw notFound(stack);
    if (removal === "held") throw conflict();
    // The engine knows these words.
    if (removal === "filled")
      throw new ApiError(400, "Bad Request: Stack still contains resources.");
    return c.body(null, 204);
  });

  routes.patch("/:org/:project/:stack/tags", async (c) => {
    const stack = stackOf(c);
    const changed = await database.run("setTags", { stack, tags: tagsOf(await jsonOf(c)) });
    if (!changed) throw notFound(stack);
    return c.json({});
  });

  routes.get("/:org/:project/:stack/export/:version?", async (c) => {
    const stack = stackOf(c);
    const asked = c.req.param("version");
    const version = asked === undefined ? undefined : positive(asked);
    const content = await database.run("exportStack", { stack, version });
    if (content === undefined) throw notFound(stack);
    const takesGzip = c.req.header("accept-encoding")?.includes("gzip") === true;
    return c.body(Uint8Array.from(takesGzip ? content : gunzipSync(content)), 200, {
      "content-type": "application/json",
      ...(takesGzip ? { "content-encoding": "gzip" } : {}),
    });
  });

  routes.post("/:org/:project/:stack/import", async (c) => {
    const stack = stackOf(c);
    const content = pack(checkedImport(await jsonOf(c)));
    const id = randomUUID();
    const told = await database.run("importStack", { stack, id, content, guard: guardOf(stack) });
    if (told === "missing") throw notFound(stack);
    if (told === "held") throw conflict();
    return c.json({ updateId: id });
  });

  routes.get("/:org/:project/:stack/updates", async (c) => {
    const { stack } = await found(c);
    const limit = positive(c.req.query("pageSize") ?? String(DEFAULT_PAGE));
    const page = positive(c.req.query("page") ?? "1");
    const updates = await database.run("history", { stack, limit, offset: (page - 1) * limit });
    return c.json({ updates });
  });

  routes.get("/:org/:project/:stack/updates/latest", async (c) => {
    const { stack } = await found(c);
    const [info] = await database.run("history", { stack, limit: 1, offset: 0 });
    if (info === undefined) throw new ApiError(404, "Not Found: no update yet.");
    return c.json({ info });
  });

  return routes;
}

/** A state in the schema that this engine writes; older ones have to go through an engine first. */
function checkedImport(sent: Readonly<Record<string, unknown>>): VersionedDeployment {
  const { version, deployment } = sent;
  if (version !== 3 && version !== NEWEST_SCHEMA) {
    throw new ApiError(400, "Bad Request: not a state of schema version 3 or 4.");
  }
  // An empty state is sent without resources, or as null.
  if (deployment === null || !isDeployment(deployment)) {
    throw new ApiError(400, "Bad Request: not a state of Pulumi.");
  }
  return sent as unknown as VersionedDeployment;
}

function tagsOf(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw new ApiError(400, "Bad Request: tags are not an object.");
  return Object.fromEntries(Object.entries(value).map(([name, tag]) => [name, String(tag)]));
}

function positive(value: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(value)) throw new ApiError(400, "Bad Request: not a number.");
  return Number(value);
}
