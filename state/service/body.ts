/** Reading what the engine sends: JSON, mostly gzipped, up to a size. */
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Context } from "hono";
import { ApiError } from "./api-error.ts";

const unzipped = promisify(gunzip);

/** Bytes of a request, as sent and as unpacked; a state of 10,000 people has about 52 MB. The engine halves a journal's batch after a 413. */
export const LARGEST_BODY = 64 * 1024 * 1024;

/** @throws {ApiError} 413 when it is too large, 400 when it is cut off */
export async function bodyOf(c: Context): Promise<Uint8Array> {
  const sent = new Uint8Array(await c.req.arrayBuffer());
  if (c.req.header("content-encoding") !== "gzip") return sent;
  try {
    return await unzipped(sent, { maxOutputLength: LARGEST_BODY });
  } catch (error) {
    const { code } = error as { readonly code?: unknown };
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new ApiError(400, "Bad Request: the body is cut off or not gzip.", error);
  }
}

export async function jsonOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body = await bodyOf(c);
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    if (isRecord(value)) return value;
  } catch (error) {
    throw new ApiError(400, "Bad Request: the body is not JSON.", error);
  }
  throw new ApiError(400, "Bad Request: the body is not an object.");
}

export const tooLarge = (): ApiError => new ApiError(413, "Content Too Large.");

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
