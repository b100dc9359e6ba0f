/** The content of each page. Texts of the tenant are escaped by JSX; every sentence stands in both languages. */
import type { FC } from "hono/jsx";
import type { Text } from "../../core/language.ts";
import type {
  EnrolmentOffer,
  KeptPlan,
  Proposals,
  recoveriesOf,
  SettledProposal,
  WaitingProposal,
  WaitingRegistration,
} from "../../operations/index.ts";
import type { Decision } from "../../approval/index.ts";
import { Both, PlanContent, summaryOf, Value } from "../../views/index.ts";
import { At, Back, Rows, Say } from "./frame.tsx";
import { RecoveryNotes, WaitingRegistrations } from "./registration-pages.tsx";
import { TEXTS } from "./texts.ts";

export const EnrolPage: FC<{ readonly offer: EnrolmentOffer }> = ({ offer }) => (
  <>
    <form data-action="enrol" data-step="enrol" method="post">
      <h2>
        <Value text={`${offer.name}, ${offer.company}`} />
      </h2>
      <p>
        <Say text={TEXTS.enrolWhy} />
      </p>
      <label class="field" for="code">
        <Say text={TEXTS.code} />
      </label>
      <input
        {...{ class: "code", type: "text", id: "code", name: "code", required: true }}
        inputmode="numeric"
        autocomplete="off"
        aria-describedby="code-where"
      />
      <p class="small" id="code-where">
        <Say text={TEXTS.codeWhere} />
      </p>
      <label class="check">
        <input type="checkbox" name="managed" />
        <span>
          <Say text={TEXTS.managed} />
        </span>
      </label>
      <p class="small">
        <Say text={TEXTS.managedWhy} />
      </p>
      <div class="buttons">
        <button>
          <Say text={TEXTS.create} />
        </button>
      </div>
    </form>
    <form data-action="try" data-step="try" method="post" hidden>
      <h2 tabindex={-1}>
        <Say text={TEXTS.tryTitle} />
      </h2>
      <button>
        <Say text={TEXTS.tryIt} />
      </button>
    </form>
    <div class="step" data-step="done" hidden>
      <h2 tabindex={-1}>
        <Say text={TEXTS.enrolled} />
      </h2>
      <p>
        <Say text={TEXTS.enrolledNext} />
      </p>
      <p class="print" data-fingerprint=""></p>
    </div>
  </>
);

export const SignInPage: FC = () => (
  <form data-action="signIn" method="post">
    <p>
      <Say text={TEXTS.signInWhy} />
    </p>
    <div class="buttons">
      <button>
        <Say text={TEXTS.signIn} />
      </button>
    </div>
  </form>
);

export interface ListProps {
  readonly proposals: Proposals;
  readonly registrations: readonly WaitingRegistration[];
  readonly recoveries: Awaited<ReturnType<typeof recoveriesOf>>;
  readonly base: string;
  readonly email: string;
}

export const ListPage: FC<ListProps> = ({
  proposals: { waiting, settled },
  registrations,
  recoveries,
  base,
  email,
}) => (
  <>
    <nav>
      <a href={`${base}/tenant`}>
        <Say text={TEXTS.tenant} />
      </a>
      <a href={`${base}/devices`}>
        <Say text={TEXTS.ownDevices} />
      </a>
    </nav>
    <RecoveryNotes recoveries={recoveries} />
    <WaitingRegistrations waiting={registrations} base={base} email={email} />
    <Rows
      title={TEXTS.waiting}
      none={TEXTS.nothingWaits}
      rows={waiting.map((one) => (
        <Waiting proposal={one} base={base} email={email} />
      ))}
    />
    <Rows
      title={TEXTS.settled}
      none={TEXTS.nothingSettled}
      rows={settled.map((one) => (
        <Settled proposal={one} base={base} email={email} />
      ))}
    />
  </>
);

const Waiting: FC<{
  readonly proposal: WaitingProposal;
  readonly base: string;
  readonly email: string;
}> = ({ proposal: { kept, decisions }, base, email }) => {
  const { plan, facts, digest } = kept;
  const isOwn = decisions.some(({ predicate }) => predicate.decisionMaker.email === email);
  return (
    <li>
      <a href={`${base}/plans/${digest}`}>
        <Both {...summaryOf(plan, facts)} />
      </a>
      <div class="small">
        <Say text={TEXTS.proposalOf} /> <At time={facts.asOf} />
        {facts.reason === null ? null : (
          <>
            : <Value text={facts.reason} />
          </>
        )}
      </div>
      <Decisions decisions={decisions} own={{ email, base }} />
      {isOwn ? null : (
        <div class="turn">
          <Say text={TEXTS.yourTurn} />
        </div>
      )}
    </li>
  );
};

/** One's own leads to the receipt, where it can be withdrawn. */
const Decisions: FC<{
  readonly decisions: readonly Decision[];
  readonly own: { readonly email: string; readonly base: string };
}> = ({ decisions, own: { email, base } }) => (
  <>
    {decisions.map(({ sequence, predicate: { decision, decisionMaker, decidedAt } }) => (
      <div>
        <Value text={decisionMaker.email} />: <Say text={TEXTS[decision]} />,{" "}
        <At time={decidedAt} />
        {decisionMaker.email === email ? (
          <>
            {" "}
            <a href={`${base}/receipts/${sequence}`}>
              <Say text={TEXTS.receiptTitle} />
            </a>
          </>
        ) : null}
      </div>
    ))}
  </>
);

const ENDS: Readonly<Record<"succeeded" | "partial" | "failed", Text>> = TEXTS;

const Settled: FC<{
  readonly proposal: SettledProposal;
  readonly base: string;
  readonly email: string;
}> = ({ proposal: { digest, decisions, application }, base, email }) => (
  <li>
    <a href={`${base}/plans/${digest}`}>
      {application === undefined ? (
        <Say text={TEXTS.notApplied} />
      ) : (
        <>
          <Say text={ENDS[application.predicate.result]} />{" "}
          <At time={application.predicate.finishedAt} />
        </>
      )}
    </a>
    <Decisions decisions={decisions} own={{ email, base }} />
  </li>
);

interface ProposalProps {
  readonly kept: KeptPlan;
  readonly isOpen: boolean;
  readonly base: string;
}

export const ProposalPage: FC<ProposalProps> = ({ kept, isOpen, base }) => (
  <>
    <Back base={base} />
    <PlanContent plan={kept.plan} facts={kept.facts} />
    {isOpen ? <DecisionForm /> : null}
    {isOpen ? null : (
      <p class="hint">
        <Say text={TEXTS.decided} />
      </p>
    )}
  </>
);

const DecisionForm: FC = () => (
  <form data-action="decide" method="post">
    <h2>
      <Say text={TEXTS.decide} />
    </h2>
    <label class="field" for="remark">
      <Say text={TEXTS.remark} />
    </label>
    <textarea id="remark" name="remark" maxlength={2000} rows={3}></textarea>
    <p class="small">
      <Say text={TEXTS.decideHow} />
    </p>
    <div class="buttons">
      <button name="decision" value="approved">
        <Say text={TEXTS.yes} />
      </button>
      <button name="decision" value="refused" class="no">
        <Say text={TEXTS.no} />
      </button>
    </div>
  </form>
);

export interface Receipt {
  readonly decision: Decision;
  readonly fingerprint: string;
  readonly state: "standing" | "withdrawn" | "applied";
}

export const ReceiptPage: FC<Receipt & { readonly base: string }> = ({
  decision: { predicate, digest, sequence, hash },
  fingerprint,
  state,
  base,
}) => {
  const rows: readonly (readonly [Text, string])[] = [
    [TEXTS.yourRemark, predicate.remark],
    [TEXTS.plan, `sha256:${digest}`],
    [TEXTS.document, predicate.shown.document],
    [TEXTS.entry, `${sequence}:${hash}`],
    [TEXTS.fingerprint, fingerprint],
  ];
  return (
    <>
      <div class="step">
        <h2>
          <Say text={predicate.decision === "approved" ? TEXTS.receiptYes : TEXTS.receiptNo} />
        </h2>
        <p>
          <Say text={TEXTS.decidedOn} /> <At time={predicate.decidedAt} />
        </p>
        <p>
          <Say text={TEXTS.receiptKeep} />
        </p>
        <div class="buttons">
          <a class="button" href={`${base}/receipts/${sequence}/proof.json`} download="">
            <Say text={TEXTS.download} />
          </a>
          <a class="button quiet" href={base}>
            <Say text={TEXTS.back} />
          </a>
        </div>
      </div>
      {state === "standing" ? <WithdrawForm /> : null}
      {state === "withdrawn" ? (
        <p class="hint">
          <Say text={TEXTS.withdrawn} />
        </p>
      ) : null}
      <dl>
        {rows
          .filter(([, value]) => value !== "")
          .map(([label, value]) => (
            <>
              <dt>
                <Say text={label} />
              </dt>
              <dd>
                <Value text={value} />
              </dd>
            </>
          ))}
      </dl>
    </>
  );
};

const WithdrawForm: FC = () => (
  <form data-action="withdraw" method="post">
    <p>
      <Say text={TEXTS.withdrawWhy} />
    </p>
    <button class="no">
      <Say text={TEXTS.withdraw} />
    </button>
  </form>
);

export const FailurePage: FC<{ readonly sentence: Text; readonly hint: Text }> = ({
  sentence,
  hint,
}) => (
  <div class="step">
    <p>
      <Say text={sentence} />
    </p>
    <p>
      <Say text={hint} />
    </p>
  </div>
);
