/** Where the migration of a tenant stands: its file, and what the record says about it. */
import { normalizeEmail, whoMayApprove } from "../approval/index.ts";
import type { VerifiedRecord } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { isSaying, loadMigration, overviewOf, pagesOf, progressOf } from "../migration/index.ts";
import type { MigrationOverview, MigrationPage, Progress, Word } from "../migration/index.ts";
import type { Language } from "../core/language.ts";
import type { Ledger } from "../state/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import type { OperationContext } from "./ports.ts";
import { openLedger } from "./records.ts";

export interface OpenedMigration {
  readonly progress: Progress;
  readonly ledger: Ledger;
}

/** @throws ExpectedError `no-migration`, `migration-file-invalid`, `record-broken` */
export async function openMigration(
  context: OperationContext,
  stack: string,
): Promise<OpenedMigration> {
  const place = { stacksDirectory: context.workspace.stacksDirectory, tenant: stack };
  const tenant = await loadTenant(place);
  const loaded = await loadMigration(place, tenant);
  if (loaded === undefined) {
    throw new ExpectedError("no-migration", `${stack} has no migration.yaml.`, {
      hint: "Write one beside its tenant.yaml; stacks/contoso/migration.yaml is an example.",
    });
  }
  const ledger = await openLedger(context, stack);
  const { migration } = loaded;
  return { progress: progressWith(ledger, { migration, tenant, now: context.now() }), ledger };
}

interface MigrationRequest {
  readonly stack: string;
}

/** @throws as `openMigration` */
export const migrationOverview = async (
  context: OperationContext,
  { stack }: MigrationRequest,
): Promise<MigrationOverview> => overviewOf((await openMigration(context, stack)).progress);

/** What the customer reads. @throws as `openMigration` */
export async function migrationPages(
  context: OperationContext,
  { stack }: MigrationRequest,
): Promise<{
  readonly customer: string;
  /** YYYY-MM-DD in the customer's country. */
  readonly asOf: string;
  readonly language: Language;
  readonly pages: readonly MigrationPage[];
}> {
  const { progress } = await openMigration(context, stack);
  const { displayName: customer, language } = progress.tenant.tenant;
  return { customer, asOf: progress.today, language, pages: pagesOf(progress) };
}

export const progressWith = (
  { record }: Pick<Ledger, "record">,
  known: Pick<Progress, "migration" | "tenant" | "now">,
): Progress =>
  progressOf({
    ...known,
    words: wordsOf(record, known.now),
    required: whoMayApprove(record, known.now)?.required ?? 1,
    isApplied: isApplied(record),
  });

/** An apply that stopped half way leaves things that are not there. */
const isApplied = ({ applications, openStart }: VerifiedRecord): boolean =>
  openStart === undefined && applications.at(-1)?.predicate.result === "succeeded";

const wordsOf = (record: VerifiedRecord, now: Date): Word[] => {
  const authority = whoMayApprove(record, now);
  return record.statements.flatMap((statement): Word[] => {
    if (statement.kind !== "migration") return [];
    const { party, said, saidBy, saidAt, about, document, counts, by, remark } =
      statement.predicate;
    // What a later version says is no word that this one understands.
    if (!isSaying(said)) return [];
    const mayDecide = authority?.slots.some(
      ({ email, keyIds, deputies }) =>
        (email === saidBy.email && keyIds.includes(saidBy.keyId)) ||
        deputies.some(
          (deputy) =>
            deputy.keyIds.includes(saidBy.keyId) && deputy.from <= saidAt && saidAt < deputy.until,
        ),
    );
    const decisionMaker =
      party === "customer" && mayDecide === true ? normalizeEmail(saidBy.email) : undefined;
    return [{ said, about, document, counts, by, remark, at: saidAt, decisionMaker }];
  });
};
