/** Which tenants a change touches, by git alone. */
import { ExpectedError } from "../../core/expected-error.ts";
import type { OperationContext } from "../ports.ts";
import { knownTenants } from "../looks.ts";
import { planStore } from "../plan-store.ts";
import { recordIfWhole } from "../records.ts";

/** What every tenant is planned with; relative to the workspace. */
const SHARED: ReadonlySet<string> = new Set([
  ...["tenantry.yaml", "trust-roots.json", "package.json", "package-lock.json"],
]);
const TENANT_FILE = /^stacks\/([^/]+)\/tenant\.yaml$/;

export interface Touched {
  /** Files that concern every tenant; they count once they are merged, and not before. */
  readonly shared: readonly string[];
  /** Sorted. */
  readonly tenants: readonly string[];
  /** Of them those that the base does not have yet. */
  readonly added: readonly string[];
  /** Managed tenants that would have no folder any more. */
  readonly gone: readonly { readonly stack: string; readonly error: ExpectedError }[];
}

export async function touchedTenants(
  context: OperationContext,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Touched> {
  const { revisions } = context;
  const [before, after] = [await revisions.tenants(from), await revisions.tenants(to)];
  const files = await revisions.changedFiles(from, to);
  const shared = files.filter((file) => SHARED.has(file));
  const changed = new Set(files.flatMap((file) => TENANT_FILE.exec(file)?.[1] ?? []));
  const lost = before.filter((stack) => !after.includes(stack));
  const known = new Set(lost.length === 0 ? [] : await knownTenants(context));
  const gone = lost.filter((stack) => known.has(stack)).map((stack) => goneOf(context, stack));
  return {
    shared,
    tenants: after.filter((stack) => shared.length > 0 || changed.has(stack)),
    added: after.filter((stack) => !before.includes(stack)),
    gone: (await Promise.all(gone)).filter((one) => one !== undefined),
  };
}

/** Undefined where nothing of it is managed any more, or ever was. */
async function goneOf(
  context: OperationContext,
  stack: string,
): Promise<Touched["gone"][number] | undefined> {
  const record = await recordIfWhole(context, stack);
  const last = record?.applications.at(-1);
  if (record !== undefined && last === undefined) return undefined;
  const applied = last && (await planStore(context, stack).find(`sha256:${last.digest}`));
  const left = applied && stillManaged(applied.plan);
  if (last?.predicate.result === "succeeded" && left === 0) return undefined;
  const what = left === undefined ? "" : `, with ${left} managed objects`;
  const error = new ExpectedError(
    "tenant-folder-gone",
    `stacks/${stack} is deleted or renamed${what}: nobody would manage them, and they are billed on.`,
    {
      hint: "Put the folder back under its name. To stop managing the tenant, list its sections under `release` (stacks/README.md), have that applied, and delete the folder then.",
    },
  );
  return { stack, error };
}

const stillManaged = ({
  unchanged,
  changes,
}: {
  readonly unchanged: readonly unknown[];
  readonly changes: readonly { readonly operation: string }[];
}): number =>
  unchanged.length +
  changes.filter(({ operation }) => operation !== "delete" && operation !== "forget").length;
