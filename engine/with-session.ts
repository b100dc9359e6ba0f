import type { CommandContext } from "../cli/command.ts";
import { Session } from "./session.ts";
import type { SessionOptions } from "./session.ts";

/** Opens a tenant, uses it, and closes it whatever happens. */
export async function inSession<T>(
  { workspace, signal, onRequest }: Pick<CommandContext, "workspace" | "signal" | "onRequest">,
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
