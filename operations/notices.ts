/**
 * What decision makers are to be told, made anew each time from what is kept: every process finds the same under the same
 * ids. Nothing of a plan's content is in it.
 */
import { email, openRecovery, peopleOf, whoMayApprove } from "../approval/index.ts";
import type { Decision, RecordedOf, VerifiedRecord } from "../approval/index.ts";
import { addDays, dayIn, DAY_MS } from "../core/calendar.ts";
import type { Language } from "../core/language.ts";
import { decideBy } from "../views/index.ts";
import { passkeyHolders } from "./decide-by-passkey.ts";
import { decisionsOn, isLate, useOf } from "./decision-refusals.ts";
import { isPending } from "./plan-to-decide.ts";
import { planStore } from "./plan-store.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { RecordPorts } from "./records.ts";
import { questionsOn } from "./questions.ts";
import type { QuestionMessage } from "./questions.ts";
import { openLedger } from "./records.ts";
import { waitingRegistrations } from "./registrations.ts";

/** Older than this is not told any more: a server that gets its mail later does not tell the whole past. */
const TELL_WITHIN_DAYS = 7;
const REMIND_DAYS_BEFORE = 3;

/** What happened. Times in UTC, days in the customer's. */
export type NoticeSubject =
  | { readonly kind: "waiting"; readonly until: string }
  | { readonly kind: "reminder"; readonly until: string }
  | { readonly kind: "expired"; readonly until: string }
  | { readonly kind: "superseded" }
  /** Who decides is to change, and waits for a signature. */
  | { readonly kind: "registration" }
  /** A decision maker asked something; for those who proposed it. */
  | { readonly kind: "question" }
  /** It was answered; for who asked. */
  | { readonly kind: "answered" }
  /** The provider announced who is to decide, and may register it from that moment on. */
  | { readonly kind: "recovery"; readonly at: string }
  /** The provider did so. */
  | { readonly kind: "recovered"; readonly at: string }
  | { readonly kind: "receipt"; readonly decision: RecordedOf<"decision"> }
  | { readonly kind: "refused"; readonly by: string; readonly at: string }
  | { readonly kind: "withdrawn"; readonly by: string; readonly at: string }
  | {
      readonly kind: "applied";
      readonly result: RecordedOf<"application">["predicate"]["result"];
      readonly at: string;
    };

export type Notice = NoticeSubject & {
  /** Of this message to this person, for ever. */
  readonly id: string;
  readonly to: string;
  readonly language: Language;
  /** What the customer is called. */
  readonly company: string;
  /** `sha256:…` of the plan. */
  readonly digest: string;
};

/**
 * @param wasSent ids of notices that were sent before, of this tenant
 * @throws ExpectedError `record-broken`
 */
export async function noticesOf(
  ports: RecordPorts,
  { stack, wasSent }: { readonly stack: string; readonly wasSent: readonly string[] },
): Promise<readonly Notice[]> {
  const { record } = await openLedger(ports, stack);
  const plans = planStore(ports, stack);
  const now = ports.now();
  const since = new Date(now.getTime() - TELL_WITHIN_DAYS * DAY_MS).toISOString();
  const people = [...new Set(passkeyHolders(record, now).map(({ email }) => email))];
  const proposals = await plans.proposals();
  const found: Notice[] = [];
  const tell = (kept: KeptPlan | undefined, told: Told): void => {
    const { to, event, subject, digest } = told;
    const tenant = kept?.plan.tenant;
    const about = { company: tenant?.displayName ?? stack, language: tenant?.language ?? "nl" };
    found.push({ ...subject, ...about, to, digest, id: idOf(stack, { event, to }) });
  };

  for (const kept of proposals) {
    const { digest } = kept;
    const asked = await questionsOn(ports, { stack, digest });
    for (const { to, subject, number } of ofQuestions(asked, { kept, since, people })) {
      const event = `${subject.kind}/${digest.slice(7)}-${number}`;
      tell(kept, { to, subject, digest, event });
    }
    for (const { to, subject } of ofProposal(kept, { record, people, now })) {
      tell(kept, { to, subject, digest, event: `${subject.kind}/${digest.slice(7)}` });
    }
  }
  for (const { id, signers, signedBy } of await waitingRegistrations(ports, stack)) {
    const left = signers.filter((to) => people.includes(to) && !signedBy.includes(to));
    const about = { subject: { kind: "registration" }, digest: `sha256:${id}` } as const;
    for (const to of left) tell(proposals[0], { ...about, to, event: `registration/${id}` });
  }
  for (const { subject, id, to } of ofRecovery(record, since)) {
    tell(proposals[0], { to, subject, digest: `sha256:${id}`, event: `${subject.kind}/${id}` });
  }
  for (const { digest, to } of replaced(stack, { wasSent, proposals, record })) {
    const subject = { kind: "superseded" } as const;
    tell(await plans.find(digest), { to, subject, digest, event: `superseded/${digest.slice(7)}` });
  }
  for (const entry of record.statements) {
    const subject = subjectOf(entry);
    if (subject === undefined || entry.recordedAt < since) continue;
    const digest = `sha256:${entry.digest}`;
    const kept = await plans.find(digest);
    for (const { to, what } of readersOf(subject, people)) {
      tell(kept, { to, subject: what, digest, event: `${what.kind}/${entry.hash}` });
    }
  }
  return found;
}

interface Told {
  readonly to: string;
  readonly subject: NoticeSubject;
  readonly digest: string;
  readonly event: string;
}

const idOf = (stack: string, { event, to }: { readonly event: string; readonly to: string }) =>
  `${stack}/${event}/${to}`;

/** What waits for whom, and what waited for too long. */
function ofProposal(
  kept: KeptPlan,
  about: {
    readonly record: VerifiedRecord;
    readonly people: readonly string[];
    readonly now: Date;
  },
): readonly Pick<Told, "to" | "subject">[] {
  const { record, people, now } = about;
  const until = decideBy(kept.plan, kept.facts);
  const decisions = decisionsOn(kept, record);
  const today = dayIn("NL", now);
  if (isLate(kept, now)) {
    const isDecided =
      useOf(kept, record) !== undefined ||
      decisions.some(({ predicate }) => predicate.decision === "refused");
    if (isDecided || addDays(until, TELL_WITHIN_DAYS) < today) return [];
    return people.map((to) => ({ to, subject: { kind: "expired", until } }));
  }
  if (!isPending(kept, about)) return [];
  // Once enough said yes, the others need not hurry; they find it in the portal.
  if (decisions.length >= (whoMayApprove(record, now)?.required ?? 1)) return [];
  const left = people.filter(
    (email) => !decisions.some(({ predicate }) => predicate.decisionMaker.email === email),
  );
  const isNear = addDays(until, -REMIND_DAYS_BEFORE) <= today;
  const isFresh = dayIn("NL", new Date(kept.at)) === today;
  return left.flatMap((to) => [
    { to, subject: { kind: "waiting" as const, until } },
    ...(isNear && !isFresh ? [{ to, subject: { kind: "reminder" as const, until } }] : []),
  ]);
}

/** Proposals that somebody was told of, and in whose place there is another one or none. */
function replaced(
  stack: string,
  what: {
    readonly wasSent: readonly string[];
    readonly proposals: readonly KeptPlan[];
    readonly record: VerifiedRecord;
  },
): readonly { readonly digest: string; readonly to: string }[] {
  const { wasSent, proposals, record } = what;
  const there = new Set(proposals.map(({ digest }) => digest));
  const settled = new Set(record.statements.flatMap((one) => (isEnd(one) ? [one.digest] : [])));
  const start = `${stack}/waiting/`;
  return wasSent.flatMap((id) => {
    if (!id.startsWith(start)) return [];
    const [hash = "", to = ""] = id.slice(start.length).split("/");
    const digest = `sha256:${hash}`;
    return there.has(digest) || settled.has(hash) ? [] : [{ digest, to }];
  });
}

/** Each question to those who proposed it, each answer to those who asked before it. */
function ofQuestions(
  messages: readonly QuestionMessage[],
  about: {
    readonly kept: KeptPlan;
    readonly since: string;
    readonly people: readonly string[];
  },
): readonly (Pick<Told, "to" | "subject"> & { readonly number: number })[] {
  const { kept, since, people } = about;
  return messages.flatMap(({ side, at }, number) => {
    if (at < since) return [];
    const asked = messages.slice(0, number).filter((one) => one.side === "customer");
    const readers =
      side === "customer"
        ? kept.facts.requestedBy.filter((one) => email.safeParse(one).success)
        : [...new Set(asked.map(({ by }) => by))].filter((by) => people.includes(by));
    const kind = side === "customer" ? "question" : "answered";
    return readers.map((to) => ({ to, subject: { kind } as const, number }));
  });
}

/** To all addresses that were ever registered, and those that are to be: whoever is left has to hear of it. */
function ofRecovery(
  record: VerifiedRecord,
  since: string,
): readonly (Pick<Told, "to" | "subject"> & { readonly id: string })[] {
  const announced = openRecovery(record);
  const last = record.registrations.findLast(({ predicate }) => predicate.recovery !== undefined);
  const authorities = record.registrations.map(({ predicate }) => predicate.authority);
  const told = (subject: NoticeSubject, id: string, also: typeof authorities) => {
    const known = [...authorities, ...also].flatMap(peopleOf).map(({ email }) => email);
    return [...new Set(known)].map((to) => ({ to, subject, id }));
  };
  return [
    ...(announced === undefined
      ? []
      : told({ kind: "recovery", at: announced.from }, announced.announced.id, [
          announced.announced.predicate.authority,
        ])),
    ...(last === undefined || last.recordedAt < since
      ? []
      : told({ kind: "recovered", at: last.recordedAt }, last.id, [])),
  ];
}

type Entry = VerifiedRecord["statements"][number];

const isEnd = (entry: Entry): entry is Entry & { readonly digest: string } =>
  entry.kind === "application" ||
  (entry.kind === "decision" && entry.predicate.decision === "refused");

type Happened = Extract<NoticeSubject, { kind: "receipt" | "withdrawn" | "applied" }>;

function subjectOf(entry: Entry): Happened | undefined {
  if (entry.kind === "decision") return { kind: "receipt", decision: entry };
  if (entry.kind === "withdrawal") {
    const { decisionMaker, withdrawnAt } = entry.predicate;
    return { kind: "withdrawn", by: decisionMaker.email, at: withdrawnAt };
  }
  if (entry.kind !== "application") return undefined;
  return { kind: "applied", result: entry.predicate.result, at: entry.predicate.finishedAt };
}

/** A decision is for who made it, a refusal for the others too; all else for everybody. */
function readersOf(
  subject: Happened,
  people: readonly string[],
): readonly { readonly to: string; readonly what: NoticeSubject }[] {
  if (subject.kind !== "receipt") return people.map((to) => ({ to, what: subject }));
  const { decision, decisionMaker, decidedAt }: Decision["predicate"] = subject.decision.predicate;
  const by = decisionMaker.email;
  const refused = { kind: "refused", by, at: decidedAt } as const;
  const others = decision === "refused" ? people.filter((to) => to !== by) : [];
  return [{ to: by, what: subject }, ...others.map((to) => ({ to, what: refused }))];
}
