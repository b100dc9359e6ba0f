/** Who may ask: the engine that this process started, and within an update the run that began it. */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export const newToken = (): string => randomBytes(32).toString("base64url");

/** Whether two tokens are equal, in constant time. */
export const isSameToken = (one: string, other: string): boolean =>
  timingSafeEqual(digestOf(one), digestOf(other));

/** Previews write nothing, so nothing is kept about them: their token follows from their id. */
export const previewToken = (accessToken: string, id: string): string =>
  createHmac("sha256", accessToken).update(id).digest("base64url");

/** The token in an `Authorization` header of this kind; empty when there is none. */
export const tokenIn = (header: string | undefined, kind: "token" | "update-token"): string =>
  header?.startsWith(`${kind} `) === true ? header.slice(kind.length + 1) : "";

const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();
