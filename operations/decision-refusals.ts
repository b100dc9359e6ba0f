/** Why a decision is not signed, and the page and the signer of one that is. */
import { normalizeEmail, secondYesFrom, sha256 } from "../approval/index.ts";
import type { RecordedOf, VerifiedRecord } from "../approval/index.ts";
import { dayIn } from "../core/calendar.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { LANGUAGES } from "../core/language.ts";
import type { Tenant } from "../tenant-file/index.ts";
import { decideBy, renderHtml, renderMarkdown } from "../views/index.ts";
import { isEmpty, readOtherWords, refuseStopped } from "./authorize.ts";
import type { KeptPlan } from "./plan-store.ts";
import type { OperationContext } from "./ports.ts";
import { standingDecisions } from "./standing-decisions.ts";

/** The page that is signed: rendered from the plan again, and compared with every form in which it was shown. */
export function signablePage({ plan, facts }: KeptPlan, shown: readonly string[]): string {
  const { stack } = plan.tenant;
  if (isEmpty(plan)) {
    throw new ExpectedError("nothing-to-approve", "The plan changes nothing.", {
      hint: "There is nothing to approve; {plan} makes a new plan.",
      remedy: { plan: { tenant: stack } },
    });
  }
  refuseStopped(plan);
  const page = renderHtml(plan, facts);
  const texts = LANGUAGES.map((language) => renderMarkdown(plan, { language, facts }));
  const made = new Set([page, ...texts].map(sha256));
  if (shown.every((one) => made.has(one))) return page;
  throw new ExpectedError("page-differs", "The preview page does not match the plan.", {
    hint: "The page was changed. Recreate it with {show} and read that one.",
    remedy: { show: { tenant: stack } },
  });
}

export const isLate = ({ plan, facts }: KeptPlan, now: Date): boolean =>
  dayIn("NL", now) > decideBy(plan, facts);

/** A proposal that lay for too long says of days what is no longer so. */
export function refuseLate(kept: KeptPlan, now: Date): void {
  if (!isLate(kept, now)) return;
  const { plan, facts } = kept;
  const last = decideBy(plan, facts);
  throw new ExpectedError("decided-too-late", `This plan could be decided on until ${last}.`, {
    hint: "Make it again with {plan}; it then says what holds today.",
    remedy: { plan: { tenant: plan.tenant.stack } },
  });
}

export async function signerOf(
  { keys, trust }: OperationContext,
  { stack, email }: { readonly stack: string; readonly email: string | undefined },
  { approval }: Tenant,
): Promise<string> {
  if (email !== undefined) return normalizeEmail(email);
  const people = approval?.decisionMakers ?? [];
  const [first] = people.filter(({ deputyFor }) => deputyFor === undefined);
  if (first === undefined) {
    throw new ExpectedError("no-decision-maker", `${stack} has no decision maker.`, {
      hint: "Add approval.decisionMakers to the tenant file.",
    });
  }
  if (trust.sandbox !== undefined) return normalizeEmail(first.email);
  const within = await keys.list();
  const own = people
    .map((person) => normalizeEmail(person.email))
    .filter((one) => within.includes(one));
  const [signer, ...others] = own;
  if (signer !== undefined && others.length === 0) return signer;
  throw new ExpectedError(
    "signer-unclear",
    signer === undefined
      ? "No decision maker of the tenant file has a key on this machine."
      : `The keys of several decision makers are on this machine: ${own.join(", ")}.`,
    {
      hint: "Name the signer: {approve}.",
      remedy: { approve: { tenant: stack, as: "<email>" } },
    },
  );
}

/** Unless it was planned again since: then the tenant is back where the plan starts. */
export const useOf = (
  { digest, at }: KeptPlan,
  { applications, wrongTimes }: VerifiedRecord,
): RecordedOf<"application"> | undefined =>
  applications.find(
    (one) =>
      !wrongTimes.has(one.sequence) &&
      `sha256:${one.digest}` === digest &&
      one.predicate.result === "succeeded" &&
      at < one.predicate.finishedAt,
  );

export function refuseApplied(kept: KeptPlan, record: VerifiedRecord): void {
  const use = useOf(kept, record);
  if (use === undefined) return;
  const { plan } = kept;
  throw new ExpectedError(
    "already-applied",
    `This plan was applied at ${use.predicate.finishedAt} (UTC).`,
    {
      hint: "Create a new plan with {plan}; it needs its own approval.",
      remedy: { plan: { tenant: plan.tenant.stack } },
    },
  );
}

/** Without those that were withdrawn, oldest first. */
export const decisionsOn = (
  { digest }: KeptPlan,
  record: Pick<VerifiedRecord, "statements">,
): RecordedOf<"decision">[] =>
  standingDecisions(record).filter((one) => `sha256:${one.digest}` === digest);

/** A second yes of the same person adds nothing, and reads in the record as if it did. */
export function refuseTwice(
  { statements, wrongTimes }: VerifiedRecord,
  asked: {
    readonly kept: KeptPlan;
    readonly email: string;
    readonly decision: "approved" | "refused";
    readonly now: Date;
    /** Whether nobody else can give a second yes that this plan needs. */
    readonly isOnlyOne: boolean;
  },
): void {
  const { kept, email, decision, now, isOnlyOne } = asked;
  const last = decisionsOn(kept, { statements }).findLast(
    ({ predicate }) => predicate.decisionMaker.email === email,
  );
  if (last === undefined || wrongTimes.has(last.sequence)) return;
  const { decidedAt, validUntil } = last.predicate;
  const isOver =
    validUntil <= now.toISOString() || (decidedAt < kept.at && isUsed(last, statements));
  if (last.predicate.decision !== decision || isOver || readOtherWords(kept.plan, last)) return;
  const again = secondYesFrom(last);
  const isSecondYes = isOnlyOne && decision === "approved";
  if (isSecondYes && again <= now.toISOString()) return;
  throw new ExpectedError(
    "already-decided",
    `${email} ${decision} this plan at ${decidedAt} (UTC).`,
    {
      hint: isSecondYes
        ? `It counts. This plan needs a second yes, and there is nobody else: approve it again after ${again} (UTC).`
        : "That decision is valid; nobody needs to sign again. {log} shows every decision.",
      remedy: { log: { tenant: kept.plan.tenant.stack } },
    },
  );
}

const isUsed = (
  { id }: RecordedOf<"decision">,
  statements: VerifiedRecord["statements"],
): boolean =>
  statements.some((one) => one.kind === "application" && one.predicate.approvals.includes(id));
