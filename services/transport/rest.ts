/** The methods every service has, over one function that performs a call. */
import { GraphRequestError, isRequestError } from "./errors.ts";
import { withoutQueryValues } from "./paths.ts";
import { hintFor } from "./service-errors.ts";
import type { Answer, GraphCallOptions, Method, RestClient, ServiceName } from "./types.ts";

/** A call as the client methods make it; services that have no versions or batches ignore those. */
export interface RestRequest extends GraphCallOptions {
  method: Method;
  path: string;
  body?: unknown;
}

export interface Page {
  items: unknown[];
  /** The request that gives the next page; missing on the last one. */
  next?: { path: string; headers?: Record<string, string> };
}

export interface RestService {
  service: ServiceName;
  perform: (request: RestRequest) => Promise<Answer<unknown>>;
  /** `undefined` when the body is not a page of a collection. */
  readPage: (body: unknown, path: string) => Page | undefined;
}

export function restClient({ service, perform, readPage }: RestService): RestClient {
  const read = async (request: RestRequest) => (await perform(request)).body;

  /** An object missing from the answer may still exist. */
  const readObject = async (path: string, options: Partial<RestRequest>): Promise<unknown> => {
    const body = await read({ ...options, method: "GET", path });
    if (typeof body === "object" && body !== null) return body;
    throw new GraphRequestError({
      code: "unexpected-answer",
      message: `GET ${withoutQueryValues(path)} was answered without an object.`,
      hint: hintFor("unexpected-answer", service),
      service,
      method: "GET",
      path: withoutQueryValues(path),
    });
  };

  async function* pages<T>(path: string, options: Partial<RestRequest> = {}): AsyncGenerator<T[]> {
    const seen = new Set<string>();
    let next: Page["next"] = { path };
    while (next !== undefined) {
      const headers: Record<string, string> = { ...options.headers, ...next.headers };
      const isFirst = seen.size === 0;
      const where: string = next.path + JSON.stringify(next.headers ?? {});
      if (seen.has(where)) throw incomplete("its pages form a loop");
      seen.add(where);
      const request: RestRequest = { ...options, method: "GET", path: next.path, headers };
      const body = await (isFirst ? read(request) : read(request).catch(onLaterPage));
      const page = readPage(body, next.path);
      if (page === undefined) throw incomplete("a page of it is not a list");
      yield page.items as T[];
      next = page.next;
    }

    /** The collection was there a moment ago: that a page is not there does not mean that nothing is. */
    function onLaterPage(error: unknown): never {
      if (!isRequestError(error, "not-found", "expired", "unexpected-answer")) throw error;
      throw incomplete("a page of it is missing", error);
    }

    function incomplete(reason: string, cause?: unknown): GraphRequestError {
      return new GraphRequestError({
        code: "incomplete-answer",
        message: `GET ${withoutQueryValues(path)} could not be read to its end: ${reason}.`,
        hint: hintFor("incomplete-answer", service),
        service,
        method: "GET",
        path: withoutQueryValues(path),
        cause,
      });
    }
  }

  async function* list<T>(path: string, options?: Partial<RestRequest>): AsyncGenerator<T> {
    for await (const page of pages<T>(path, options)) yield* page;
  }

  return {
    get: <T>(path: string, options = {}) => readObject(path, options) as Promise<T>,
    tryGet: async <T>(path: string, options = {}) => {
      try {
        return (await readObject(path, options)) as T;
      } catch (error) {
        if (isRequestError(error, "not-found")) return undefined;
        throw error;
      }
    },
    post: <T>(path: string, body?: unknown, options = {}) =>
      read({ ...options, method: "POST", path, body }) as Promise<T>,
    patch: <T>(path: string, body: unknown, options = {}) =>
      read({ ...options, method: "PATCH", path, body }) as Promise<T>,
    put: <T>(path: string, body: unknown, options = {}) =>
      read({ ...options, method: "PUT", path, body }) as Promise<T>,
    delete: async (path, options = {}) => {
      await read({ ...options, method: "DELETE", path });
    },
    tryDelete: async (path, options = {}) => {
      try {
        await read({ ...options, method: "DELETE", path });
      } catch (error) {
        if (!isRequestError(error, "not-found")) throw error;
      }
    },
    list,
    pages,
    all: async <T>(path: string, options: Partial<RestRequest> = {}) => {
      const items: T[] = [];
      for await (const item of list<T>(path, options)) items.push(item);
      return items;
    },
  };
}

/** A page as OData writes it, in version 4 or 3, or Azure Resource Manager. */
export function readODataPage(body: unknown): Page | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const page = body as Record<string, unknown>;
  const next = page["@odata.nextLink"] ?? page["odata.nextLink"] ?? page.nextLink;
  if (!Array.isArray(page.value)) return undefined;
  if (next === undefined) return { items: page.value };
  return typeof next === "string" ? { items: page.value, next: { path: next } } : undefined;
}
