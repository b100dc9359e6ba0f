/** Sessions of a server, as rows, so that every process on the database knows them: who signed in, and with which token. */
import type { Queries, Work } from "../database/port.ts";
import { text } from "../database/row.ts";

interface BeginInput {
  /** Issuer and id of the platform's token, and until when it could be used again. */
  readonly used: { readonly id: string; readonly expires: number };
  /** SHA-256 of the session's token. */
  readonly hash: string;
  /** Which line of the settings it was signed in by. */
  readonly access: string;
  /** Milliseconds for which it is good. */
  readonly lifetime: number;
}

/** False when the platform's token was signed in with before. */
async function beginSession(queries: Queries, input: BeginInput): Promise<boolean> {
  const { used, hash, access, lifetime } = input;
  const isNew = await queries.run(
    "INSERT INTO used_tokens (id, expires) VALUES (?, ?) ON CONFLICT DO NOTHING",
    ...[used.id, used.expires],
  );
  if (isNew === 0) return false;
  await queries.run(
    "INSERT INTO sessions (token_hash, access, expires) VALUES (?, ?, ?)",
    ...[hash, access, (await queries.now()) + lifetime],
  );
  return true;
}

/** What was kept as `access`; undefined when there is no such session, or it is over. */
async function findSession(queries: Queries, hash: string): Promise<string | undefined> {
  const [row] = await queries.all(
    "SELECT access FROM sessions WHERE token_hash = ? AND expires > ?",
    ...[hash, await queries.now()],
  );
  return row && text(row, "access");
}

/** Revoked: also at every other process on the database. */
async function endSession(queries: Queries, hash: string): Promise<void> {
  await queries.run("DELETE FROM sessions WHERE token_hash = ?", hash);
}

async function forgetSessions(queries: Queries): Promise<void> {
  const now = await queries.now();
  for (const table of ["sessions", "used_tokens"]) {
    await queries.run(`DELETE FROM ${table} WHERE expires < ?`, now);
  }
}

export const sessionWork = {
  beginSession: { access: "write", run: beginSession },
  findSession: { access: "read", run: findSession },
  endSession: { access: "write", run: endSession },
  forgetSessions: { access: "write", run: forgetSessions },
} satisfies Record<string, Work<never, unknown>>;
