/**
 * Cloudflare's API, version 4, by an API token.
 * @see https://developers.cloudflare.com/fundamentals/api/reference/limits (checked 2026-11-28)
 * Not verified: `total_pages` of `result_info`, which other programs read as here.
 */
import { plainService, type PlainServiceOptions } from "../transport/rest-service.ts";
import type { Page } from "../transport/rest.ts";
import type { RestClient } from "../transport/types.ts";

export function createCloudflareClient({
  token,
  ...options
}: Omit<PlainServiceOptions, "authorization"> & { readonly token: string }): RestClient {
  // Somebody made the token by hand: there is nothing to renew it with.
  const authorization = { get: () => Promise.resolve(token), renew: () => undefined };
  return plainService(
    { ...options, authorization },
    {
      service: "cloudflare",
      headersFor: () => ({}),
      claimsFor: () => [{ quota: "cloudflare", units: 1 }],
      readPage,
    },
  );
}

/** `{result: [], result_info: {page, total_pages}}`. */
function readPage(body: unknown, path: string): Page | undefined {
  const { result, result_info: info } = (body ?? {}) as Answer;
  if (!Array.isArray(result)) return undefined;
  const page = info?.page ?? 1;
  if (page >= (info?.total_pages ?? 1)) return { items: result };
  const next = new URL(path, "https://cloudflare.invalid");
  next.searchParams.set("page", String(page + 1));
  return { items: result, next: { path: next.pathname + next.search } };
}

interface Answer {
  readonly result?: unknown;
  readonly result_info?: { readonly page?: number; readonly total_pages?: number };
}
