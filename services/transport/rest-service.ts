/** REST services that have no batches: what SharePoint, Partner Center and the backup vendor share. */
import { makeCall } from "./call.ts";
import { GraphRequestError } from "./errors.ts";
import { Gate } from "./semaphore.ts";
import { relativeTo, withoutQueryValues } from "./paths.ts";
import type { QuotaClaim } from "./quota-ledger.ts";
import { restClient, type Page, type RestRequest } from "./rest.ts";
import type { Runner } from "./call-runner.ts";
import type { Authorization, Sender } from "./request-sender.ts";
import { hintFor } from "./service-errors.ts";
import type { Method, RestClient, ServiceName } from "./types.ts";

export interface PlainServiceOptions {
  baseUrl: string;
  sender: Sender;
  authorization: Authorization;
  runner: Runner;
  concurrentRequests: number;
}

export interface PlainService {
  service: ServiceName;
  /** The service's public address, where links in its answers may point instead of at `baseUrl`. */
  publicUrl?: string;
  /** Headers of one call; called once per call, not per attempt. */
  headersFor(method: Method): Record<string, string>;
  claimsFor(method: Method, path: string): QuotaClaim[];
  readPage: (body: unknown, path: string) => Page | undefined;
}

export function plainService(options: PlainServiceOptions, about: PlainService): RestClient {
  const { baseUrl, sender, authorization, runner } = options;
  const { service } = about;
  const gate = new Gate(options.concurrentRequests);

  const perform = async (request: RestRequest) => {
    const path =
      relativeTo(baseUrl, request.path) ?? relativeTo(about.publicUrl ?? baseUrl, request.path);
    if (path === undefined) throw leadsAway(service, request);
    const { method, body, find, ...rest } = request;
    const call = makeCall({
      ...rest,
      // The objects of these services have unique names: what is found is what was made.
      ...(find === undefined ? {} : { find: () => find(() => true) }),
      method,
      body,
      service,
      path,
      headers: { ...about.headersFor(method), ...request.headers },
      claims: about.claimsFor(method, path),
    });
    return runner.run(call, (attempt, signal) =>
      gate.run(() => {
        signal.throwIfAborted();
        const { operation, headers } = call;
        const out = { service, method, operation, headers, body, attempt, url: baseUrl + path };
        return sender.send(method === "GET" ? { ...out, signal } : out, authorization);
      }),
    );
  };
  return restClient({ service, perform, readPage: about.readPage });
}

/** A link in an answer that points at another host: the token stays here. */
export function leadsAway(
  service: ServiceName,
  { method, path }: { method: string; path: string },
): GraphRequestError {
  return new GraphRequestError({
    code: "unexpected-answer",
    message: "A link points outside the service; the token is not sent there.",
    hint: hintFor("unexpected-answer", service),
    service,
    method,
    path: withoutQueryValues(path),
  });
}
