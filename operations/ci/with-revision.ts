import type { OperationContext, Revision } from "../ports.ts";

/** Works on the tenant files of commits, and takes them away again whatever happens. */
export async function withRevision<T>(
  { revisions }: Pick<OperationContext, "revisions">,
  at: Revision,
  use: (context: OperationContext) => Promise<T>,
): Promise<T> {
  const open = await revisions.open(at);
  try {
    return await use(open.context);
  } finally {
    await open.close();
  }
}
