/** The engineers' pages. Server-rendered, without script; names of tenants are escaped by JSX. */
import type { Child, FC } from "hono/jsx";
import type { Language, Text } from "../../core/language.ts";
import type { KeptPlan, LogEntry, TenantSummary } from "../../operations/index.ts";
import { Both, htmlDocument, PageFrame, PlanContent, summaryOf, Value } from "../../views/index.ts";
import { At, Rows, Say } from "../portal/frame.tsx";
import { DECISIONS, ENTRIES, RESULTS, TEXTS } from "./texts.ts";

export const FILTERS = ["all", "waiting", "attention"] as const;
export interface Filter {
  readonly search: string;
  readonly show: (typeof FILTERS)[number];
}

interface Frame {
  readonly title: Text;
  readonly language: Language;
  /** Undefined where nobody is signed in. */
  readonly name?: string | undefined;
  readonly children?: Child;
}

const page = ({ title, language, name, children }: Frame): string =>
  htmlDocument(
    <PageFrame
      {...{ first: language, title, skip: TEXTS.skip }}
      foot={name === undefined ? null : <SignOut name={name} />}
      served={{ style: "/engineers/style.css", icon: "/engineers/icon.svg" }}
    >
      {children}
    </PageFrame>,
  );

const SignOut: FC<{ readonly name: string }> = ({ name }) => (
  <form action="/engineers/sign-out" method="post">
    <Value text={name} />{" "}
    <button class="quiet">
      <Say text={TEXTS.signOut} />
    </button>
  </form>
);

export const signInPage = (language: Language): string =>
  page({
    ...{ title: TEXTS.title, language },
    children: (
      <div class="step" id="changes" tabindex={-1}>
        <p>
          <Say text={TEXTS.signInWhy} />
        </p>
        <div class="buttons">
          <a class="button" href="/engineers/sign-in">
            <Say text={TEXTS.signIn} />
          </a>
        </div>
      </div>
    ),
  });

export const failurePage = (
  language: Language,
  { sentence, hint }: { readonly sentence: Text; readonly hint: Text },
): string =>
  page({
    ...{ title: TEXTS.failedTitle, language },
    children: (
      <div class="step" id="changes" tabindex={-1}>
        <p>
          <Say text={sentence} />
        </p>
        <p>
          <Say text={hint} />
        </p>
        <p>
          <a href="/engineers">
            <Say text={TEXTS.back} />
          </a>
        </p>
      </div>
    ),
  });

const needsAttention = ({
  applied,
  isLookOverdue,
  differences = 0,
  broken,
}: TenantSummary): boolean =>
  broken !== undefined ||
  isLookOverdue ||
  differences > 0 ||
  (applied !== undefined && applied.result !== "succeeded");

const fits = (summary: TenantSummary, { search, show }: Filter): boolean => {
  const names = `${summary.stack} ${summary.company ?? ""}`.toLowerCase();
  if (!names.includes(search.trim().toLowerCase())) return false;
  if (show === "waiting") return summary.waiting.length > 0;
  return show === "all" || needsAttention(summary);
};

interface Own {
  readonly language: Language;
  readonly name: string;
}

export const overviewPage = (
  { language, name }: Own,
  { summaries, filter }: { readonly summaries: readonly TenantSummary[]; readonly filter: Filter },
): string => {
  const shown = summaries.filter((summary) => fits(summary, filter));
  return page({
    ...{ title: TEXTS.title, language, name },
    children: (
      <>
        <FilterForm filter={filter} language={language} />
        <p id="changes" tabindex={-1}>
          <Say text={TEXTS.count} />: {shown.length} / {summaries.length}
        </p>
        {shown.length === 0 ? (
          <p>
            <Say text={TEXTS.none} />
          </p>
        ) : null}
        <ul class="rows">
          {shown.map((summary) => (
            <li>
              <a href={`/engineers/${summary.stack}`}>
                <Value text={summary.company ?? summary.stack} />
              </a>{" "}
              <span class="small">{summary.stack}</span>
              <Standing summary={summary} />
            </li>
          ))}
        </ul>
      </>
    ),
  });
};

const FilterForm: FC<{ readonly filter: Filter; readonly language: Language }> = ({
  filter,
  language,
}) => (
  <form method="get" action="/engineers">
    <label class="field" for="search">
      <Say text={TEXTS.search} />
    </label>
    <input type="text" id="search" name="search" value={filter.search} maxlength={100} />
    <label class="field" for="show">
      <Say text={TEXTS.show} />
    </label>
    <select id="show" name="show">
      {FILTERS.map((show) => (
        <option value={show} selected={show === filter.show}>
          {TEXTS[show][language]}
        </option>
      ))}
    </select>
    <div class="buttons">
      <button>
        <Say text={TEXTS.filter} />
      </button>
    </div>
  </form>
);

const Standing: FC<{ readonly summary: TenantSummary }> = ({
  summary: { waiting, waitingSince, applied, looked, isLookOverdue, differences, broken },
}) => (
  <>
    {broken === undefined ? null : (
      <div class="turn">
        <Say text={TEXTS.broken} /> ({broken})
      </div>
    )}
    {waitingSince === undefined ? null : (
      <div>
        <Say text={TEXTS.waits} /> <At time={waitingSince} /> ({waiting.length})
      </div>
    )}
    {broken === undefined ? <Applied applied={applied} /> : null}
    <div class={isLookOverdue ? "turn" : undefined}>
      {looked === undefined ? (
        <Say text={TEXTS.neverLooked} />
      ) : (
        <>
          <Say text={TEXTS.looked} /> <At time={looked} />
          {isLookOverdue ? (
            <>
              , <Say text={TEXTS.late} />
            </>
          ) : null}
        </>
      )}
    </div>
    {differences === undefined ? null : (
      <div class={differences > 0 ? "turn" : undefined}>
        <Say text={TEXTS.differs} />: {differences}
      </div>
    )}
  </>
);

const APPLIED = {
  succeeded: TEXTS.applied,
  partial: TEXTS.partial,
  failed: TEXTS.failed,
} as const;

const Applied: FC<Pick<TenantSummary, "applied">> = ({ applied }) =>
  applied === undefined ? (
    <div>
      <Say text={TEXTS.neverApplied} />
    </div>
  ) : (
    <div class={applied.result === "succeeded" ? undefined : "turn"}>
      <Say text={APPLIED[applied.result]} /> <At time={applied.at} />
    </div>
  );

export interface TenantHistory {
  readonly summary: TenantSummary;
  readonly entries: readonly LogEntry[];
}

export const tenantPage = (
  { language, name }: Own,
  { summary, entries }: TenantHistory,
): string => {
  const company = summary.company ?? summary.stack;
  return page({
    ...{ title: { nl: company, en: company }, language, name },
    children: (
      <>
        <p>
          <a href="/engineers">
            <Say text={TEXTS.back} />
          </a>
        </p>
        <div class="step" id="changes" tabindex={-1}>
          <Standing summary={summary} />
        </div>
        <Rows
          title={TEXTS.proposals}
          none={TEXTS.nothingWaits}
          rows={summary.waiting.map(({ kept }) => (
            <li>
              <a href={`/engineers/${summary.stack}/plans/${kept.digest}`}>
                <Both {...summaryOf(kept.plan, kept.facts)} />
              </a>
              <div class="small">
                <At time={kept.facts.asOf} />
              </div>
            </li>
          ))}
        />
        <h2>
          <Say text={TEXTS.record} />
        </h2>
        <p class="small">
          <Say text={TEXTS.recordWhy} />
        </p>
        <ol class="rows" reversed>
          {entries.toReversed().map(({ sequence, recordedAt, statement }) => (
            <li>
              #{sequence} <Say text={wordOf(statement)} />
              <div class="small">
                <At time={recordedAt} />
                {whoIn(statement) === "" ? null : (
                  <>
                    , <Value text={whoIn(statement)} />
                  </>
                )}
              </div>
            </li>
          ))}
        </ol>
      </>
    ),
  });
};

const wordOf = (statement: LogEntry["statement"]): Text => {
  if (statement.kind === "decision") return DECISIONS[statement.predicate.decision];
  if (statement.kind === "application") return RESULTS[statement.predicate.result];
  return ENTRIES[statement.kind];
};

/** Whose entry it is. */
function whoIn({ kind, predicate }: LogEntry["statement"]): string {
  switch (kind) {
    case "registration":
    case "recovery":
      return predicate.authority.decisionMakers.map(({ email }) => email).join(", ");
    case "decision":
    case "withdrawal":
    case "objection":
      return predicate.decisionMaker.email;
    case "application-start":
    case "application":
      return predicate.appliedBy.email;
    case "acknowledgement":
      return predicate.acknowledgedBy.email;
    case "access-pass":
      return predicate.askedBy.email;
    case "migration":
      return predicate.saidBy.email;
    case "lock-break":
      return predicate.brokenBy.email;
  }
}

export const planPage = (
  { language, name }: Own,
  shown: { readonly stack: string; readonly kept: KeptPlan; readonly title: Text },
): string =>
  page({
    ...{ title: shown.title, language, name },
    children: (
      <>
        <p>
          <a href={`/engineers/${shown.stack}`}>
            <Say text={TEXTS.back} />
          </a>
        </p>
        <PlanContent plan={shown.kept.plan} facts={shown.kept.facts} />
      </>
    ),
  });
