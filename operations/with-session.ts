import type { OpenSession, OperationContext, TenantSession } from "./ports.ts";

type Options = Omit<Parameters<OpenSession>[0], "signal">;

/** Opens a tenant, uses it, and closes it whatever happens. */
export async function withSession<T>(
  { openSession, signal }: Pick<OperationContext, "openSession" | "signal">,
  options: Options,
  use: (session: TenantSession) => Promise<T>,
): Promise<T> {
  const session = await openSession({ ...options, signal });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}
