/**
 * Azure Resource Manager. Its limits are of a subscription and not published as one number: 429 says when to go on.
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling (quoted, not read)
 */
import { plainService, type PlainServiceOptions } from "../transport/rest-service.ts";
import { readODataPage } from "../transport/rest.ts";
import type { RestClient } from "../transport/types.ts";

export const createAzureClient = (options: PlainServiceOptions): RestClient =>
  plainService(options, {
    service: "azure",
    headersFor: () => ({}),
    claimsFor: () => [],
    readPage: readODataPage,
  });
