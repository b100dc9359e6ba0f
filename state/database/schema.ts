/** The tables, as migrations: each takes a database from the version before to its own. */

/** Words that the two databases spell differently. */
interface Dialect {
  readonly bytes: string;
  readonly integer: string;
  /** Text that is compared by code units, whatever the language of the database. */
  readonly text: string;
  /** What ends the definition of a table. */
  readonly table: string;
}

/**
 * `stack` is always `<organisation>/<project>/<name>`; times are milliseconds since 1970; a deployment is gzipped JSON
 * as the engine exports it. `running` is the update whose journal is not yet part of a deployment; `made_by` is the id of
 * the operation where an entry makes a resource. An intent is a creation that may have been sent and is not in the
 * journal. An answer is that of a server to a workspace which may ask again; a used token is one of a
 * platform that has been signed in with. The outbox says which messages a server sent, or is about to: never what they say.
 */
export const migrations = ({ bytes, integer, text, table }: Dialect): readonly string[] => [
  `
CREATE TABLE stacks (
  stack ${text} NOT NULL PRIMARY KEY, tags ${text} NOT NULL, version ${integer} NOT NULL,
  latest_update ${text}, running ${text}, created ${integer} NOT NULL)${table};
CREATE TABLE deployments (
  stack ${text} NOT NULL, version ${integer} NOT NULL, content ${bytes} NOT NULL, PRIMARY KEY (stack, version))${table};
CREATE TABLE updates (
  id ${text} NOT NULL PRIMARY KEY, stack ${text} NOT NULL, kind ${text} NOT NULL, status ${text} NOT NULL,
  version ${integer} NOT NULL, token_hash ${text}, lease_holder ${text}, lease_epoch ${integer},
  engine_version ${text} NOT NULL, request ${text} NOT NULL, resource_changes ${text},
  started ${integer} NOT NULL, ended ${integer})${table};
CREATE INDEX updates_by_stack ON updates (stack, version);
CREATE TABLE journal (
  update_id ${text} NOT NULL, sequence ${integer} NOT NULL, made_by ${integer}, content ${text} NOT NULL,
  PRIMARY KEY (update_id, sequence))${table};
CREATE INDEX journal_by_operation ON journal (update_id, made_by);
CREATE TABLE leases (
  name ${text} NOT NULL PRIMARY KEY, epoch ${integer} NOT NULL, holder ${text}, owner ${text} NOT NULL,
  purpose ${text} NOT NULL, since ${integer} NOT NULL, expires ${integer} NOT NULL, free ${integer} NOT NULL)${table};
CREATE TABLE record_values (
  key ${text} NOT NULL PRIMARY KEY, value ${bytes} NOT NULL, stored ${integer} NOT NULL)${table};
`,
  `
CREATE TABLE intents (
  stack ${text} NOT NULL, urn ${text} NOT NULL, begun ${integer} NOT NULL, PRIMARY KEY (stack, urn))${table};
`,
  `
CREATE TABLE answers (
  id ${text} NOT NULL PRIMARY KEY, content ${bytes} NOT NULL, stored ${integer} NOT NULL)${table};
CREATE TABLE used_tokens (
  id ${text} NOT NULL PRIMARY KEY, expires ${integer} NOT NULL)${table};
CREATE TABLE sessions (
  token_hash ${text} NOT NULL PRIMARY KEY, access ${text} NOT NULL, expires ${integer} NOT NULL)${table};
`,
  `
CREATE TABLE outbox (
  id ${text} NOT NULL PRIMARY KEY, attempts ${integer} NOT NULL, retry_at ${integer} NOT NULL,
  sent ${integer})${table};
`,
];
