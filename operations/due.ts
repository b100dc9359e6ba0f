/** What falls due at each tenant, by the days of its file. */
import { addDays } from "../core/calendar.ts";
import { expectedFailure } from "../core/expected-error.ts";
import type { Failure } from "../core/expected-error.ts";
import type { Language } from "../core/language.ts";
import { dayAt, dueDays, loadTenant } from "../tenant-file/index.ts";
import type { DueDay } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";
import { foldersWithTenantFile } from "./validate.ts";

export interface DueRequest {
  /** All where none is named. */
  readonly tenant: string | undefined;
  /** How many days ahead; what is over is always told. */
  readonly days: number;
}

export interface TenantDue {
  readonly stack: string;
  /** The customer's; undefined where the file cannot be read. */
  readonly language: Language | undefined;
  /** Sorted by day. */
  readonly due: readonly DueDay[];
  /** Why its file cannot be read. */
  readonly failure: Failure | undefined;
}

/** One file that is not valid does not keep the days of the others back. */
export async function whatFallsDue(
  { workspace: { stacksDirectory }, now }: Pick<OperationContext, "workspace" | "now">,
  { tenant, days }: DueRequest,
): Promise<readonly TenantDue[]> {
  const all: TenantDue[] = [];
  for (const stack of tenant === undefined ? foldersWithTenantFile(stacksDirectory) : [tenant]) {
    try {
      const file = await loadTenant({ stacksDirectory, tenant: stack });
      const { language } = file.tenant;
      const today = dayAt(file, now());
      const last = addDays(today, days);
      const due = dueDays(file, today).filter(({ day }) => day <= last);
      all.push({ stack, language, due, failure: undefined });
    } catch (error) {
      const failure = expectedFailure(error);
      if (failure === undefined || tenant !== undefined) throw error;
      all.push({ stack, language: undefined, due: [], failure });
    }
  }
  return all;
}
