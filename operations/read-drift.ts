import { appliedRules } from "./authorize.ts";
import type { Drift } from "../plan/index.ts";
import type { OperationContext, TenantSession } from "./ports.ts";
import { openLedger } from "./records.ts";
import { withSession } from "./with-session.ts";

interface ReadDrift {
  readonly drift: readonly Drift[];
  readonly tenant: TenantSession["tenant"];
  /** User principal names by object id. */
  readonly names: ReadonlyMap<string, string>;
}

/** What differs now, beside what is accepted. @throws ExpectedError `record-broken`, `read-back-failed`, `interrupted` */
export async function readDrift(context: OperationContext, stack: string): Promise<ReadDrift> {
  const { record } = await openLedger(context, stack);
  const accepted = appliedRules(record)?.accepted ?? [];
  return await withSession(context, { stack, access: "apply", accepted }, async (session) => {
    context.report({ kind: "reading-back", stack });
    const { drift } = await session.readBack();
    const { people } = await session.listDirectory();
    const names = new Map(people.map(({ id, key }) => [id, key.toLowerCase()]));
    return { drift, tenant: session.tenant, names };
  });
}
