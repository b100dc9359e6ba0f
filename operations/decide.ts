/** A yes or no of a decision maker, signed and added to the record. */
import { headOf, normalizeEmail, signPlanStatement } from "../approval/index.ts";
import { loadTenant } from "../tenant-file/index.ts";
import { verified } from "./apply-record.ts";
import { isEmpty, refuseStopped } from "./authorize.ts";
import type { OperationContext } from "./context.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { hashOfFile, readPlan, refuseChangedPage } from "./plan-store.ts";
import { isAsRegistered } from "./register-approvers.ts";
import { keyPassphrase, localKeys, openRecord, registerForPractice } from "./trust.ts";

/** An approval that nobody used for this long is asked for again. */
const VALID_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface DecisionRequest {
  readonly stack: string;
  /** Undefined: the first decision maker of the file. */
  readonly email: string | undefined;
  readonly digest: string | undefined;
  readonly decision: "approved" | "refused";
  readonly remark: string;
}

export interface Decided {
  readonly decision: "approved" | "refused";
  readonly email: string;
  readonly digest: string;
  readonly validUntil: string;
}

/** @throws ExpectedError for every reason why there is nothing to sign. */
export async function decide(
  context: OperationContext,
  request: DecisionRequest,
): Promise<Decided> {
  const { workspace, terminal } = context;
  const { stack, decision } = request;
  const stored = readPlan(workspace, stack, request.digest);
  if (isEmpty(stored.plan)) {
    throw new ExpectedError("nothing-to-approve", "The plan changes nothing.", {
      hint: `There is nothing to approve; \`tenantry plan ${stack}\` makes a new plan.`,
    });
  }
  refuseStopped(stored.plan);
  refuseChangedPage(stored);
  const { stacksDirectory } = workspace;
  const tenant = await loadTenant({ stacksDirectory, tenant: stack });
  const open = await openRecord(workspace, stack);
  const registered = await registerForPractice(workspace, { stack, tenant, open });
  if (registered.length > 0) {
    terminal.note(
      `Practice: registered ${registered.join(", ")} as decision makers, with new keys.`,
    );
  }
  const people = tenant.approval?.decisionMakers ?? [];
  const email = request.email ?? people.find(({ deputyFor }) => deputyFor === undefined)?.email;
  if (email === undefined) {
    throw new ExpectedError("no-decision-maker", `${stack} has no decision maker.`, {
      hint: "Add approval.decisionMakers to the tenant file.",
    });
  }
  const record = await verified(open);
  if (!(await isAsRegistered(record, tenant))) {
    terminal.warn(
      `The tenant file names other decision makers than are registered; \`tenantry register ${stack}\` registers them.`,
    );
  }
  const key = await localKeys(workspace).load(email, keyPassphrase());
  const decidedAt = new Date();
  const validUntil = new Date(decidedAt.getTime() + VALID_DAYS * DAY_MS).toISOString();
  const predicate = {
    tenantId: stored.plan.tenant.tenantId,
    stack,
    seen: headOf(record),
    decision,
    remark: request.remark,
    decisionMaker: { email: normalizeEmail(email), keyId: key.keyId },
    decidedAt: decidedAt.toISOString(),
    validUntil,
    shown: {
      sha256: hashOfFile(stored.htmlPath),
      language: stored.plan.tenant.language,
      format: "html" as const,
    },
  };
  await open.record.append(
    signPlanStatement("decision", { planDigest: stored.digest, predicate }, [key]),
  );
  return { decision, email: normalizeEmail(email), digest: stored.digest, validUntil };
}
