/** A record as people read it: one block of lines per entry. */
import type { Predicates, ReadStatement } from "../../approval/index.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { LogEntry, PageState } from "../../operations/index.ts";

/** The first line says when and what, the others (indented) the rest. */
export function linesOf({ sequence, recordedAt, statement, page }: LogEntry): string[] {
  const [headline = "", ...more] = words(statement, page);
  return [`#${sequence}  ${time(recordedAt)}  ${headline}`, ...more.map((line) => `      ${line}`)];
}

function words(statement: ReadStatement, page: PageState | undefined): string[] {
  switch (statement.kind) {
    case "registration":
      return registration(statement.predicate);
    case "recovery": {
      const { authority, reason, evidence } = statement.predicate;
      const [, ...people] = registration({ authority });
      return [
        "the provider announced who is to decide, as nobody is left who could sign it",
        ...people,
        `reason: ${reason}`,
        `evidence sha256:${evidence}`,
      ];
    }
    case "objection":
      return [`${statement.predicate.decisionMaker.email} objected: somebody is left`];
    case "decision":
      return decision(statement.predicate, { plan: statement.digest, page });
    case "withdrawal": {
      const { decisionMaker, remark } = statement.predicate;
      const what = `${decisionMaker.email} withdrew a decision`;
      return [what, plan(statement.digest), ...remarkLines(remark)];
    }
    case "application-start": {
      const { appliedBy, commit } = statement.predicate;
      const from = commit === null ? [] : [`at commit ${commit}`];
      return [`${appliedBy.email} started to apply`, plan(statement.digest), ...from];
    }
    case "application":
      return application(statement.predicate, statement.digest);
    case "acknowledgement": {
      const { acknowledgedBy, wrongTimes, creations, reason } = statement.predicate;
      return [
        `${acknowledgedBy.email} looked`,
        ...wrongTimes.map((entry) => `the time of #${entry.sequence} is wrong`),
        ...creations.map((urn) => `given up: ${nameOfUrn(urn)}`),
        `reason: ${reason}`,
      ];
    }
    case "access-pass": {
      const { askedBy, user, receiver, lifetimeInMinutes } = statement.predicate;
      return [
        `${askedBy.email} asked for a pass to sign in as ${user}`,
        `shown to ${receiver}, for ${lifetimeInMinutes} minutes`,
      ];
    }
    case "migration": {
      const { saidBy, party, said, about, counts, by, remark } = statement.predicate;
      const numbers =
        counts === null ? [] : [`${counts.source} at the source, ${counts.target} at the target`];
      return [
        `${saidBy.email} (${party}) on the migration: ${said}, ${about}`,
        `by ${by}`,
        ...numbers,
        ...remarkLines(remark),
      ];
    }
    case "lock-break": {
      const { brokenBy, lock, reason } = statement.predicate;
      const { user, host, pid } = lock.owner;
      return [
        `${brokenBy.email} broke the lock of ${user} on ${host} (process ${pid})`,
        `held since ${time(lock.since)} to ${lock.purpose}`,
        `reason: ${reason}`,
      ];
    }
  }
}

function registration({
  authority,
  recovery,
}: Pick<Predicates["registration"], "authority" | "recovery">): string[] {
  const { decisionMakers, deputies, required } = authority;
  return [
    `registered who decides: ${required} of ${decisionMakers.length} must agree`,
    ...(recovery === undefined ? [] : ["BY THE PROVIDER ALONE: nobody was left who could sign it"]),
    ...decisionMakers.map(({ name, email }) => `${name} <${email}>`),
    ...deputies.map(
      ({ name, email, deputyFor, from, until }) =>
        `${name} <${email}> for ${deputyFor}, from ${time(from)} until ${time(until)}`,
    ),
  ];
}

const PAGES: Readonly<Record<PageState, string>> = {
  same: "still here, and the one that was signed",
  changed: "CHANGED since it was signed",
  gone: "not on this machine",
};

function decision(
  predicate: Predicates["decision"],
  about: { readonly plan: string; readonly page: PageState | undefined },
): string[] {
  const { decisionMaker, validUntil, shown, remark } = predicate;
  const until = predicate.decision === "approved" ? [`valid until ${time(validUntil)}`] : [];
  const state = about.page === undefined ? "" : `: ${PAGES[about.page]}`;
  return [
    `${decisionMaker.email} ${predicate.decision}`,
    plan(about.plan),
    ...until,
    `saw the preview (${shown.format}, ${shown.language})${state}`,
    ...remarkLines(remark),
  ];
}

function application(predicate: Predicates["application"], digest: string): string[] {
  const { appliedBy, versions, requests, remaining, commit, changeAuthors } = predicate;
  const left =
    remaining === null ? "what is left is not known" : `${remaining.changes} changes left`;
  return [
    `${appliedBy.email} applied: ${predicate.result}`,
    plan(digest),
    ...(predicate.onEndDay === true
      ? ["its day had come: on the approval that agreed on that day"]
      : []),
    `from ${time(predicate.startedAt)} to ${time(predicate.finishedAt)}`,
    ...(predicate.result === "succeeded" ? [] : [left]),
    requests === null
      ? "requests not known"
      : `${requests.reads} reads and ${requests.writes} writes`,
    `written by ${changeAuthors.join(", ")}${commit === null ? "" : ` at commit ${commit}`}`,
    `tenantry ${versions.tool}, pulumi ${versions.engine}, policies ${versions.policyPack}`,
  ];
}

const plan = (digest: string): string => `plan sha256:${digest}`;

const remarkLines = (remark: string): string[] =>
  remark === "" ? [] : remark.split("\n").map((line, at) => `${at === 0 ? "remark: " : ""}${line}`);

/** To the second; the record itself has milliseconds. */
const time = (instant: string): string => `${instant.slice(0, 19).replace("T", " ")} UTC`;
