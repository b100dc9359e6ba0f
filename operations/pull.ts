/** What others changed in the tenant, taken over into the tenant file. What it comes to is planned and approved as always. */
import { ExpectedError } from "../core/expected-error.ts";
import type { Drift } from "../plan/index.ts";
import { changeTenantFile } from "../tenant-file/index.ts";
import { editsOf } from "./drift-edits.ts";
import type { DriftEdits } from "./drift-edits.ts";
import { fileKeyOf, filePlaceOf, isWithin } from "./file-places.ts";
import type { OperationContext } from "./ports.ts";
import { readDrift } from "./read-drift.ts";

export interface PullRequest {
  readonly stack: string;
  /** As the file names it; undefined: everything that drifted. */
  readonly object: string | undefined;
  /** Key of the file; undefined: all of the object. */
  readonly key: string | undefined;
}

export interface Pulled {
  readonly stack: string;
  readonly file: string;
  /** Changes of the file that were made. */
  readonly done: DriftEdits["edits"];
  /** What the file cannot say: it is drift as before. */
  readonly left: DriftEdits["unsaid"];
}

/** @throws ExpectedError `not-drifted`, and those of reading the tenant and its file */
export async function pullDrift(context: OperationContext, request: PullRequest): Promise<Pulled> {
  const { stack, object } = request;
  const { drift, names, tenant } = await readDrift(context, stack);
  const meant = selected(drift, request);
  if (meant.length === 0 && object !== undefined) throw notDrifted(stack, object);
  const parts = meant.map((one) => editsOf(one, { names, tenant }));
  const { stacksDirectory } = context.workspace;
  const edits = parts.flatMap((part) => part.edits);
  const { file, done, refused } = await changeTenantFile({ stacksDirectory, tenant: stack }, edits);
  return {
    ...{ stack, file, done },
    left: [
      ...parts.flatMap(({ unsaid }) => unsaid),
      ...refused.map(({ edit: { name, key }, why }) => ({ object: name, key, why })),
    ],
  };
}

/** The drift of one object, with the properties of one key. */
export function selected(
  drift: readonly Drift[],
  { object, key }: Pick<PullRequest, "object" | "key">,
): readonly Drift[] {
  const isMeant = (one: Drift): boolean =>
    object === undefined || filePlaceOf(one)?.name === object.toLowerCase();
  return drift.filter(isMeant).flatMap((one) => {
    if (key === undefined) return [one];
    const properties = one.properties.filter((property) =>
      isWithin(key, fileKeyOf(one, property) ?? ""),
    );
    return properties.length === 0 ? [] : [{ ...one, properties }];
  });
}

export const notDrifted = (stack: string, what: string): ExpectedError =>
  new ExpectedError("not-drifted", `There is no drift of ${what}.`, {
    hint: "{status} shows what differs from what was applied.",
    remedy: { status: { tenant: stack } },
  });
