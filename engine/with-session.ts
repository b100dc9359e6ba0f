import type { RequestObserver } from "../services/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { Session } from "./session.ts";
import type { SessionOptions } from "./session.ts";

export interface SessionContext {
  readonly workspace: Workspace;
  /** Fires at the first Ctrl-C: start nothing new, leave a state from which the next run goes on. */
  readonly signal: AbortSignal;
  /** Sees every request to the services; set where the caller asked for timings or a trace. */
  readonly onRequest?: RequestObserver | undefined;
}

/** Opens a tenant, uses it, and closes it whatever happens. */
export async function inSession<T>(
  { workspace, signal, onRequest }: SessionContext,
  options: Pick<SessionOptions, "stack" | "access" | "refresh">,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await Session.open({ workspace, signal, onRequest, ...options });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}
