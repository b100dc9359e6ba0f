/**
 * Exchange Online cmdlets over InvokeCommand, the service behind Microsoft's own PowerShell module. It is
 * not documented; what is known of it comes from CIPP's source (KelvinTegelaar/CIPP-API, read 2026-11).
 * Not verified: answers of cmdlets without output, quotas, the form of inner URLs in its batches.
 */
import { Batcher, type BatchItem, type BatchWire } from "../transport/batch.ts";
import { makeCall, type Call } from "../transport/call.ts";
import type { Clock } from "../transport/clock.ts";
import { GraphRequestError, isRequestError } from "../transport/errors.ts";
import { Gate } from "../transport/semaphore.ts";
import { relativeTo } from "../transport/paths.ts";
import { leadsAway, type PlainServiceOptions } from "../transport/rest-service.ts";
import { readODataPage } from "../transport/rest.ts";
import { hintFor } from "../transport/service-errors.ts";
import type { Telemetry } from "../transport/telemetry.ts";
import type { ExchangeClient, ExchangeOptions, ExchangeResult } from "../transport/types.ts";

const LARGEST_BATCH = 10;
const PUBLIC_URL = "https://outlook.office365.com";
const SYSTEM_MAILBOX = "SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}";
/** Doing these twice does the same as doing them once. */
const IDEMPOTENT = /^(?:Get|Test|Set|Enable|Disable|Add-(?:Mailbox|Recipient)Permission|Remove)\b/;

export interface ExchangeClientOptions extends PlainServiceOptions {
  tenantId: string;
  telemetry: Telemetry;
  clock: Clock;
}

export function createExchangeClient(options: ExchangeClientOptions): ExchangeClient {
  const { tenantId, runner, baseUrl } = options;
  const root = `/adminapi/beta/${encodeURIComponent(tenantId)}`;
  const gate = new Gate(options.concurrentRequests);
  const batcher = new Batcher(exchangeWire(options, root), {
    clock: options.clock,
    gate,
    maxItems: LARGEST_BATCH,
  });

  const runCall = async (call: Call) => {
    const answer = await runner.run(call, async (attempt, signal) => {
      const [outcome] = await batcher.send([{ call, attempt, signal }]);
      if (outcome && "reply" in outcome) return outcome.reply;
      throw outcome?.failure as Error;
    });
    return answer.body;
  };

  const invoke = async <T>(
    cmdlet: string,
    parameters: Record<string, unknown>,
    call: ExchangeOptions<T> = {},
  ): Promise<ExchangeResult<T>> => {
    const { select, anchorMailbox = `APP:${SYSTEM_MAILBOX}@${tenantId}`, ...rest } = call;
    const query = select === undefined ? "" : `?$select=${select.join(",")}`;
    const result: ExchangeResult<T> = { value: [], warnings: [] };
    const seen = new Set<string>();
    let path: string | undefined = `${root}/InvokeCommand${query}`;
    while (path !== undefined) {
      if (seen.has(path)) throw incomplete(cmdlet, "its pages form a loop");
      seen.add(path);
      const body = await runCall(
        makeCall({
          ...rest,
          service: "exchange",
          method: "POST",
          path,
          operation: `/InvokeCommand/${cmdlet}`,
          body: { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } },
          headers: {
            "x-anchormailbox": anchorMailbox,
            "x-cmdletname": cmdlet,
            prefer: "odata.maxpagesize=1000",
            ...rest.headers,
          },
          claims: [{ quota: "exchange", units: 1 }],
          reads: cmdlet.startsWith("Get-"),
          removes: cmdlet.startsWith("Remove-"),
          idempotent: rest.idempotent ?? IDEMPOTENT.test(cmdlet),
        }),
      );
      // The answer to a lost write is what the caller found: already a result.
      if (isResult<T>(body)) return body;
      if (body === undefined && !cmdlet.startsWith("Get-")) return result;
      const page = readODataPage(body);
      if (page === undefined) throw incomplete(cmdlet, "the answer is not a list");
      result.value.push(...(page.items as T[]));
      result.warnings.push(...warningsOf(body));
      path = page.next === undefined ? undefined : follow(page.next.path);
    }
    return result;
  };

  const follow = (link: string): string => {
    const path = relativeTo(baseUrl, link) ?? relativeTo(PUBLIC_URL, link);
    if (path === undefined) throw leadsAway("exchange", { method: "POST", path: link });
    return path;
  };

  return {
    invoke,
    tryGet: async (cmdlet, parameters, call) => {
      try {
        return (await invoke(cmdlet, parameters, call)).value[0];
      } catch (error) {
        if (isRequestError(error, "not-found")) return undefined;
        throw error;
      }
    },
  };
}

function exchangeWire(options: ExchangeClientOptions, root: string): BatchWire {
  const { baseUrl, sender, authorization, telemetry, clock } = options;
  return {
    sendAlone: ({ call, attempt, signal }: BatchItem) => {
      const { service, method, operation, headers, body, path, reads } = call;
      const out = {
        service,
        method,
        operation,
        headers,
        body,
        attempt,
        url: baseUrl + path,
        reads,
      };
      return sender.send(reads ? { ...out, signal } : out, authorization);
    },
    sendBatch: (requests, { id, signal }) =>
      sender.send(
        {
          ...(signal && { signal }),
          service: "exchange",
          method: "POST",
          operation: "/$batch",
          url: `${baseUrl}${root}/$batch`,
          headers: { prefer: "odata.continue-on-error", ...anchorOf(requests[0]?.headers) },
          body: { requests },
          attempt: 1,
          batchId: id,
          reads: requests.every(
            ({ headers }) => headers?.["x-cmdletname"]?.startsWith("Get-") === true,
          ),
        },
        authorization,
      ),
    innerUrl: (call) => baseUrl + call.path,
    onInner: ({ call, attempt }, reply, batch) => {
      const durationMs = clock.now() - batch.startedAtMs;
      telemetry.inner(call, { attempt, reply, batch: { ...batch, durationMs, baseUrl } });
    },
  };
}

function anchorOf(headers: Record<string, string> | undefined): Record<string, string> {
  const anchor = headers?.["x-anchormailbox"];
  return anchor === undefined ? {} : { "x-anchormailbox": anchor };
}

function isResult<T>(body: unknown): body is ExchangeResult<T> {
  return typeof body === "object" && body !== null && "warnings" in body && "value" in body;
}

function warningsOf(body: unknown): string[] {
  const warnings = (body as Record<string, unknown>)["@adminapi.warnings"];
  return Array.isArray(warnings) ? warnings.map(String) : [];
}

function incomplete(cmdlet: string, reason: string): GraphRequestError {
  return new GraphRequestError({
    code: "incomplete-answer",
    message: `${cmdlet} could not be read to its end: ${reason}.`,
    hint: hintFor("incomplete-answer", "exchange"),
    service: "exchange",
    method: "POST",
    path: "/InvokeCommand",
  });
}
