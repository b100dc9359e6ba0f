/**
 * SharePoint REST, app-only (with a certificate; a form digest is not needed then).
 * @see https://learn.microsoft.com/sharepoint/dev/apis/site-creation-rest (checked 2026-11)
 */
import { plainService, type PlainServiceOptions } from "../transport/rest-service.ts";
import { sharePointClaims } from "../transport/quota-ledger.ts";
import { readODataPage } from "../transport/rest.ts";
import type { SharePointClient } from "../transport/types.ts";

const ACCEPT = { accept: "application/json;odata.metadata=none" };

export function createSharePointClient(
  options: PlainServiceOptions & { host: string },
): SharePointClient {
  const { host } = options;
  const rest = plainService(options, {
    service: "sharepoint",
    publicUrl: `https://${host}`,
    // With `odata-version` on a POST, SharePoint takes the token for another kind and refuses it.
    headersFor: (method) => (method === "POST" ? ACCEPT : { ...ACCEPT, "odata-version": "4.0" }),
    claimsFor: sharePointClaims,
    readPage: readODataPage,
  });
  return {
    ...rest,
    host,
    merge: async (path, body, call = {}) => {
      const headers = { "x-http-method": "MERGE", "if-match": "*", ...call.headers };
      await rest.post(path, body, { idempotent: true, ...call, headers });
    },
  };
}
