import type { Dispatcher } from "undici";
import { createAzureClient } from "./clients/azure-client.ts";
import { createBackupClient } from "./clients/veeam-client.ts";
import { createCloudflareClient } from "./clients/cloudflare-client.ts";
import { systemClock } from "./transport/clock.ts";
import { createExchangeClient } from "./clients/exchange-client.ts";
import { createGraphClient } from "./clients/graph-client.ts";
import { graphExchange } from "./transport/graph-transport.ts";
import { DEFAULT_LIMITS } from "./transport/quota-limits.ts";
import { createPartnerCenterClient } from "./clients/partner-center-client.ts";
import { Quotas } from "./transport/quota-ledger.ts";
import { Runner } from "./transport/call-runner.ts";
import { bearerExchange, Sender, tokenFor } from "./transport/request-sender.ts";
import { createSharePointClient } from "./clients/sharepoint-client.ts";
import { ServiceClock } from "./transport/service-clock.ts";
import { Silence } from "./transport/silence.ts";
import { Telemetry } from "./transport/telemetry.ts";
import { Tokens } from "./transport/tokens.ts";
import type { Microsoft365, Microsoft365Options, SharePointClient } from "./transport/types.ts";
import { waitUntil } from "./transport/wait.ts";
import { authorities, createDispatcher, isLoopback } from "./transport/http.ts";

const DEADLINE_MS = 300_000;
const GRAPH_SCOPE = "https://graph.microsoft.com/.default";
const EXCHANGE_SCOPE = "https://outlook.office365.com/.default";
const AZURE_SCOPE = "https://management.azure.com/.default";
const SCOPES = { graph: GRAPH_SCOPE, exchange: EXCHANGE_SCOPE } as const;
const scopeOfHost = (host: string): string => `https://${host}/.default`;

/** Everything of one Microsoft 365 tenant, for one application. Opens no connection before the first call. */
export function createMicrosoft365(options: Microsoft365Options): Microsoft365 {
  const { tenantId, endpoints, credential, clock = systemClock, random = Math.random } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const trusted = authorities(options.trustedCertificatesPem);
  const dispatcher: Dispatcher = createDispatcher(trusted, {
    direct: Object.values(endpoints).every(isLoopback),
  });
  const closing = new AbortController();
  const signal = AbortSignal.any([closing.signal, ...(options.signal ? [options.signal] : [])]);
  const telemetry = new Telemetry(options.onRequest);
  const silence = new Silence(clock, options.onWaiting);
  const tokens = new Tokens({
    tenantId,
    login: endpoints.login,
    credential,
    authorities: trusted,
    clock,
    random,
    silence,
    signal,
  });
  const runner = new Runner({
    clock,
    quotas: new Quotas(clock, limits),
    telemetry,
    silence,
    onUnexpected: options.onUnexpected,
    random,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    signal,
  });
  const common = {
    runner,
    clock,
    telemetry,
    concurrentRequests: limits.concurrentRequests,
    signal,
  };
  const serviceClock = new ServiceClock(clock);
  const sending = { clock, serviceClock, silence, telemetry, signal, mayWrite: options.mayWrite };
  const plain = new Sender({ ...sending, exchange: bearerExchange(dispatcher) });
  const throughLibrary = new Sender({
    ...sending,
    exchange: graphExchange(dispatcher, endpoints.graph),
  });
  const sharePoints = new Map<string, SharePointClient>();
  const close = async () => {
    closing.abort(new Error("The client was closed."));
    await runner.idle();
    await dispatcher.close();
  };
  let closed: Promise<void> | undefined;

  return {
    tenantId,
    graph: createGraphClient({
      ...common,
      baseUrl: endpoints.graph,
      sender: throughLibrary,
      authorization: tokenFor(tokens, GRAPH_SCOPE),
      relations: options.relations,
    }),
    sharePoint: (host) => {
      const client =
        sharePoints.get(host) ??
        createSharePointClient({
          ...common,
          host,
          baseUrl: endpoints.sharePoint.replace("{host}", host),
          sender: plain,
          authorization: tokenFor(tokens, scopeOfHost(host)),
        });
      sharePoints.set(host, client);
      return client;
    },
    exchange: createExchangeClient({
      ...common,
      tenantId,
      baseUrl: endpoints.exchange,
      sender: plain,
      authorization: tokenFor(tokens, EXCHANGE_SCOPE),
    }),
    partnerCenter: createPartnerCenterClient({
      ...common,
      baseUrl: endpoints.partnerCenter,
      sender: plain,
      authorization: tokenFor(tokens, "https://api.partnercenter.microsoft.com/.default"),
    }),
    backup: (credentials) =>
      createBackupClient({
        ...common,
        baseUrl: endpoints.backup,
        sender: plain,
        dispatcher,
        credentials,
      }),
    azure: createAzureClient({
      ...common,
      baseUrl: endpoints.azure,
      sender: plain,
      authorization: tokenFor(tokens, AZURE_SCOPE),
    }),
    cloudflare: (token) =>
      createCloudflareClient({ ...common, baseUrl: endpoints.cloudflare, sender: plain, token }),
    waitUntil: (probe, wait) => waitUntil(probe, { signal, ...wait, clock }),
    grantedPermissions: (of) =>
      tokens.rolesOf(typeof of === "string" ? SCOPES[of] : scopeOfHost(of.sharePoint)),
    clockAheadMs: () => serviceClock.aheadMs,
    statistics: () => telemetry.statistics(),
    close: () => (closed ??= close()),
  };
}
