/** What time it is by a service, for whoever has no access to it and signs something all the same. */
import { authorities, connectionFailure, createDispatcher, fetchOnce } from "./transport/http.ts";
import { isLoopback } from "./transport/http.ts";

const ANSWER_TIMEOUT_MS = 5_000;

export interface ServiceTimeOptions {
  /** Origin of the login service, whose public settings are asked for. */
  readonly login: string;
  readonly trustedCertificatesPem?: string;
  readonly signal: AbortSignal;
}

/**
 * By the `Date` of its answer, whatever the answer is (RFC 9110, 6.6.1).
 * @returns undefined where nobody answers within five seconds
 * @see https://learn.microsoft.com/entra/identity-platform/v2-protocols-oidc (checked 2026-11-27)
 */
export async function serviceTime(options: ServiceTimeOptions): Promise<Date | undefined> {
  const { login, trustedCertificatesPem, signal } = options;
  const trusted = authorities(trustedCertificatesPem);
  const dispatcher = createDispatcher(trusted, { direct: isLoopback(login) });
  const patience = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  try {
    const { headers } = await fetchOnce(dispatcher, {
      method: "HEAD",
      url: `${login}/common/v2.0/.well-known/openid-configuration`,
      headers: {},
      signal: AbortSignal.any([signal, patience]),
    });
    const time = new Date(headers.get("date") ?? "");
    return Number.isNaN(time.getTime()) ? undefined : time;
  } catch (error) {
    signal.throwIfAborted();
    if (patience.aborted || connectionFailure(error) !== undefined) return undefined;
    throw error;
  } finally {
    await dispatcher.destroy();
  }
}
