/** What a decision says, whoever signs it and with what key, and the reasons why there is none to make. */
import { DAY_MS } from "../core/calendar.ts";
import { headOf, whoMayApprove } from "../approval/index.ts";
import type { Predicates, VerifiedRecord } from "../approval/index.ts";
import { admission } from "../plan/index.ts";
import { documentHash, RENDERER } from "../views/index.ts";
import { refuseApplied, refuseLate, refuseTwice } from "./decision-refusals.ts";
import type { KeptPlan } from "./plan-store.ts";

/** An approval that nobody used for this long is asked for again. */
const VALID_DAYS = 14;

type Decision = Predicates["decision"];

/** @throws ExpectedError `already-applied`, `decided-too-late`, `already-decided` */
export function refuseDecided(
  record: VerifiedRecord,
  asked: {
    readonly kept: KeptPlan;
    readonly email: string;
    readonly decision: Decision["decision"];
    readonly now: Date;
  },
): void {
  const { kept, now } = asked;
  refuseApplied(kept, record);
  refuseLate(kept, now);
  const isOnlyOne =
    admission(kept.plan).needsSecondApprover && whoMayApprove(record, now)?.slots.length === 1;
  refuseTwice(record, { ...asked, isOnlyOne });
}

export function decisionOn(
  { plan, facts }: KeptPlan,
  said: Pick<Decision, "decision" | "remark" | "decisionMaker"> & {
    readonly record: VerifiedRecord;
    readonly decidedAt: Date;
    /** Hash of the page that was shown, whose bytes are kept. */
    readonly page: string;
  },
): Decision {
  const { decision, remark, decisionMaker, record, decidedAt, page } = said;
  const { asOf, requestedBy, reason } = facts;
  return {
    ...{ tenantId: plan.tenant.tenantId, stack: plan.tenant.stack, seen: headOf(record) },
    ...{ decision, remark, decisionMaker, decidedAt: decidedAt.toISOString() },
    validUntil: new Date(decidedAt.getTime() + VALID_DAYS * DAY_MS).toISOString(),
    // What apply makes again and compares, beside the bytes that were on the screen.
    shown: {
      ...{ sha256: page, language: plan.tenant.language, format: "html" },
      ...{ document: documentHash(plan, facts), renderer: RENDERER },
      ...{ asOf, requestedBy: [...requestedBy], reason },
    },
  };
}
