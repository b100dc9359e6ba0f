/**
 * Partner Center REST.
 * @see https://learn.microsoft.com/partner-center/developer/headers (checked 2026-11)
 */
import { randomUUID } from "node:crypto";
import { plainService, type PlainServiceOptions } from "../transport/rest-service.ts";
import type { Page } from "../transport/rest.ts";
import type { RestClient } from "../transport/types.ts";

export function createPartnerCenterClient(options: PlainServiceOptions): RestClient {
  return plainService(options, {
    service: "partner-center",
    headersFor: () => ({ "ms-requestid": randomUUID(), "ms-correlationid": randomUUID() }),
    claimsFor: () => [{ quota: "partner-center", units: 1 }],
    readPage,
  });
}

/** `{items, links: {next: {uri, headers: [{key, value}]}}}`. */
function readPage(body: unknown): Page | undefined {
  const { items, links } = (body ?? {}) as { items?: unknown; links?: { next?: Next } };
  if (!Array.isArray(items)) return undefined;
  const next = links?.next;
  if (next?.uri === undefined) return { items };
  const headers = Object.fromEntries((next.headers ?? []).map(({ key, value }) => [key, value]));
  const path = /^https?:|^\/v1\//.test(next.uri) ? next.uri : `/v1${next.uri}`;
  return { items, next: { path, headers } };
}

interface Next {
  uri?: string;
  headers?: { key: string; value: string }[];
}
