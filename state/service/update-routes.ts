/**
 * Updates in the engine's protocol, with journaling. Previews write nothing and are answered without the database, so
 * that planning works on read-only storage.
 * Source: pulumi 3.250.0, pkg/backend/httpstate/client/client.go and journal/snapshot.go (checked 2026-11-26).
 */
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import type { Context } from "hono";
import type { LeaseTimes } from "../leases/table.ts";
import type { Ending } from "../stacks/folding.ts";
import type { UpdateKey } from "../stacks/updates.ts";
import { leaseNameOf } from "../stacks/updates.ts";
import { ApiError, conflict } from "./api-error.ts";
import { bodyOf, isRecord, jsonOf } from "./body.ts";
import type { ServiceContext } from "./context.ts";
import { notFound, stackOf } from "./stack-routes.ts";
import { isSameToken, newToken, previewToken, tokenIn } from "./tokens.ts";

const JOURNAL_VERSION = 1;
const PREVIEW = "preview-";
/** The engine takes it that an update's token is good for five minutes, and renews it after half of them. */
const ENGINE_LEASE: LeaseTimes = { lifetime: 300_000, grace: 120_000 };
const KINDS = ["update", "refresh", "destroy"];
const ENDINGS: readonly string[] = ["succeeded", "failed", "cancelled"] satisfies Ending[];
const SUMMARY = '"summaryEvent"';

const isPreview = (id: string): boolean => id.startsWith(PREVIEW);
const idOf = (c: Context): string => c.req.param("id") ?? "";

export function updateRoutes(context: ServiceContext): Hono {
  const { database, accessToken, fence, owner, begun } = context;
  const routes = new Hono();
  const base = "/:org/:project/:stack";
  const update = `${base}/update/:id`;

  const preview = async (c: Context): Promise<Response> => {
    const stack = stackOf(c);
    if ((await database.run("getStack", { stack })) === undefined) throw notFound(stack);
    return c.json({ updateID: `${PREVIEW}${randomUUID()}`, requiredPolicies: [], messages: [] });
  };

  routes.post(`${base}/preview`, preview);

  for (const kind of KINDS) {
    routes.post(`${base}/${kind}`, async (c) => {
      const stack = stackOf(c);
      const { metadata, config, options } = await jsonOf(c);
      // `refresh --preview-only` comes as a refresh; it sends no journal, and needs no lease.
      if (isRecord(options) && options.dryRun === true) return await preview(c);
      const request = { ...(isRecord(metadata) ? metadata : {}), config };
      const id = randomUUID();
      if (!(await database.run("createUpdate", { id, stack, kind, request })))
        throw notFound(stack);
      return c.json({ updateID: id, requiredPolicies: [], messages: [] });
    });
  }

  routes.post(update, async (c) => {
    const [stack, id] = [stackOf(c), idOf(c)];
    const { tags, journalVersion } = await jsonOf(c);
    if (isPreview(id)) return c.json(grant(0, previewToken(accessToken, id)));
    if (typeof journalVersion !== "number" || journalVersion < JOURNAL_VERSION) {
      throw new ApiError(
        400,
        "Bad Request: this state is written by engines with journaling only.",
      );
    }
    const token = newToken();
    const told = await database.run("startUpdate", {
      ...{ id, stack, token, owner },
      ...ENGINE_LEASE,
      tags: isRecord(tags) ? (tags as Record<string, string>) : undefined,
      engineVersion: engineVersionOf(c),
      lease: leaseNameOf(stack),
      fence: fence(),
    });
    if (!told.started) throw told.why === "missing" ? notFound(stack) : conflict();
    begun.set(id, stack);
    return c.json(grant(told.version, token));
  });

  routes.get(update, async (c) => {
    const [stack, id] = [stackOf(c), idOf(c)];
    const status = await database.run("updateStatus", { stack, id });
    if (status === undefined) throw new ApiError(404, "Not Found: no such update.");
    return c.json({ status, events: [], continuationToken: status === "running" ? "0" : null });
  });

  routes.patch(`${update}/journalentries`, async (c) => {
    await database.run("appendJournal", { key: keyOf(c), body: await bodyOf(c) });
    return c.json({});
  });

  routes.post(`${update}/events/batch`, async (c) => {
    const key = keyOf(c);
    const changes = isPreview(key.id) ? undefined : changesIn(await bodyOf(c));
    if (changes !== undefined) await database.run("noteChanges", { key, changes });
    return c.json({});
  });

  routes.post(`${update}/renew_lease`, async (c) => {
    const key = keyOf(c);
    if (!isPreview(key.id)) await database.run("renewUpdate", { key, ...ENGINE_LEASE });
    return c.json({ token: key.token, tokenExpiration: expiration() });
  });

  routes.post(`${update}/complete`, async (c) => {
    const key = keyOf(c);
    const { status } = await jsonOf(c);
    if (typeof status !== "string" || !ENDINGS.includes(status)) {
      throw new ApiError(400, "Bad Request: not a status of an update that has ended.");
    }
    if (!isPreview(key.id)) {
      await database.run("completeUpdate", { key, ending: status as Ending });
      begun.delete(key.id);
    }
    return c.json({});
  });

  routes.post(`${update}/cancel`, async (c) => {
    await context.cancel(stackOf(c), idOf(c));
    return c.json({});
  });

  /** @throws {ApiError} 403 for a preview's wrong token; an update's own is checked with each write */
  function keyOf(c: Context): UpdateKey {
    const id = idOf(c);
    const token = tokenIn(c.req.header("authorization"), "update-token");
    if (isPreview(id) && !isSameToken(token, previewToken(accessToken, id))) {
      throw new ApiError(403, "Forbidden: not the token of this update.");
    }
    return { id, token };
  }

  return routes;
}

const expiration = (): number => Math.floor((Date.now() + ENGINE_LEASE.lifetime) / 1000);

const grant = (version: number, token: string) => ({
  version,
  token,
  tokenExpiration: expiration(),
  journalVersion: JOURNAL_VERSION,
});

/** As the engine calls itself: `pulumi-cli/1 (v3.250.0; linux)`. */
const engineVersionOf = (c: Context): string =>
  /^pulumi-cli\/\d+ \(([^;)]*)/.exec(c.req.header("user-agent") ?? "")?.[1] ?? "";

/** Of all events only the summary is kept. */
function changesIn(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = Buffer.from(body).toString("utf8");
  if (!text.includes(SUMMARY)) return undefined;
  const { events } = JSON.parse(text) as { readonly events?: readonly unknown[] };
  for (const event of events ?? []) {
    const { summaryEvent } = event as {
      readonly summaryEvent?: { readonly resourceChanges?: Record<string, unknown> };
    };
    if (summaryEvent !== undefined) return summaryEvent.resourceChanges;
  }
  return undefined;
}
