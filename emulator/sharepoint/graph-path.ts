/**
 * Sites by address: `/sites/{host}:/sites/finance:/lists` becomes `/sites/{host}:%2Fsites%2Ffinance/lists`.
 * @see https://learn.microsoft.com/graph/api/site-getbypath (checked 2026-11)
 */
import { decodePath } from "./path.ts";

const BY_ADDRESS = /^\/sites\/([^/:]+):\/([^:]*?)\/?(?::(\/.*)?)?$/;

/** Takes and gives percent-encoded paths. */
export function rewriteSitePath(path: string): string {
  const [, host, address = "", rest = ""] = BY_ADDRESS.exec(path.replaceAll(/%3A/gi, ":")) ?? [];
  if (host === undefined) return path;
  return `/sites/${host}:${encodeURIComponent(`/${decodePath(address)}`)}${rest}`;
}
