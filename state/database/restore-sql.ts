/**
 * How a database is brought to where a copy of it stands, in SQL that SQLite and Postgres both take. The copy's tables
 * have their names with a prefix: `copy.` of an attached database, `copy_` of temporary tables.
 */
import { ExpectedError } from "../../core/expected-error.ts";

/** Tables whose rows change; values of the record never do. */
const REPLACED = ["stacks", "deployments", "updates", "journal", "intents"] as const;

/** What a copy has to hold. Sessions, used tokens and answers are of their moment, and are not put back. */
export const KEPT_TABLES = [...REPLACED, "record_values", "leases", "outbox"] as const;

/** Epochs of leases never fall, so that no process of before may write again. A message is sent once. */
export const replacedBy = (copy: string): readonly string[] => [
  ...REPLACED.flatMap((table) => [
    `DELETE FROM ${table}`,
    `INSERT INTO ${table} SELECT * FROM ${copy}${table}`,
  ]),
  `INSERT INTO record_values SELECT * FROM ${copy}record_values WHERE true ON CONFLICT (key) DO NOTHING`,
  `INSERT INTO leases SELECT * FROM ${copy}leases WHERE true ON CONFLICT (name) DO UPDATE SET
    epoch = CASE WHEN leases.epoch > excluded.epoch THEN leases.epoch ELSE excluded.epoch END`,
  `INSERT INTO outbox SELECT * FROM ${copy}outbox WHERE true ON CONFLICT (id) DO NOTHING`,
];

/** @param now milliseconds since 1970, or what gives them */
export const heldAt = (now: number | string): string =>
  `SELECT name AS what FROM leases WHERE free > ${now}`;

/**
 * What the copy lacks: values of the record and of plans, updates of a state, and the end or the newest steps of one
 * that was under way. Previews, which have no version, change nothing.
 */
export const lostIn = (copy: string): string => `
SELECT here.key AS what FROM record_values here LEFT JOIN ${copy}record_values there USING (key)
  WHERE there.value IS DISTINCT FROM here.value
UNION ALL
SELECT here.stack || ' version ' || here.version FROM updates here LEFT JOIN ${copy}updates there USING (id)
  WHERE here.version > 0 AND (there.id IS NULL OR there.status = 'running' AND (here.status <> 'running' OR
    (SELECT count(*) FROM journal WHERE update_id = here.id) >
    (SELECT count(*) FROM ${copy}journal WHERE update_id = here.id)))`;

/** @throws ExpectedError `tenant-locked` when one of these names is held */
export function refuseWhileLocked([held]: readonly string[]): void {
  if (held === undefined) return;
  throw new ExpectedError("tenant-locked", `A command is at work: ${held} is locked.`, {
    hint: "Wait until it has ended, then restore again; nothing was changed.",
  });
}

export const MOST_NAMED = 10;

/** @throws ExpectedError `backup-older` when anything would be lost */
export function refuseLoss(lost: readonly string[]): void {
  if (lost.length === 0) return;
  throw new ExpectedError(
    "backup-older",
    `The database holds ${lost.length} entries and versions that the backup does not hold.`,
    {
      hint: "Nothing was changed. Restore a newer backup; docs/recovery.md says how to go back all the same.",
      details: lost.slice(0, MOST_NAMED),
    },
  );
}
