/**
 * The page for a decision maker: one file without script, fonts, pictures or any request; Dutch and English in
 * one, switched by the style sheet; printable. First one screen with what commits and what goes, then a line for each
 * person and place with its details folded. Every text of the tenant is escaped and isolated.
 */
import type { FC } from "hono/jsx";
import { planDigest } from "../plan/index.ts";
import type { Plan } from "../plan/index.ts";
import type { Language } from "../core/language.ts";
import { nl } from "../core/i18n/nl.ts";
import { en } from "../core/i18n/en.ts";
import { ChangeDetails } from "./html-change.tsx";
import type { Views } from "./html-change.tsx";
import { Both, Facts, Say, Value, zip } from "./html.tsx";
import type { Pair } from "./html.tsx";
import type { NetRow, NetSection } from "./net.ts";
import type { PageFacts } from "./page-facts.ts";
import { htmlDocument, PageFrame } from "./page-frame.tsx";
import { viewOf } from "./plan-view.ts";

/** From this many changes on, properties go by their technical names, so that the page stays small. */
const LARGE = 1000;

/** A whole HTML document. The tenant's language shows first. */
export function renderHtml(plan: Plan, facts?: PageFacts): string {
  return htmlDocument(<Page views={viewsOf(plan, facts)} first={plan.tenant.language} />);
}

function viewsOf(plan: Plan, facts: PageFacts | undefined): Views {
  const digest = planDigest(plan);
  return {
    nl: viewOf(plan, { language: "nl", facts, digest }),
    en: viewOf(plan, { language: "en", facts, digest }),
    isLarge: plan.changes.length > LARGE,
  };
}

/** What that document says, for a page with more around it: the same lines in the same order. */
export const PlanContent: FC<{ readonly plan: Plan; readonly facts: PageFacts }> = ({
  plan,
  facts,
}) => {
  const views = viewsOf(plan, facts);
  return (
    <>
      <Content views={views} />
      <About views={views} />
    </>
  );
};

interface Props {
  readonly views: Views;
}

const Page: FC<Props & { readonly first: Language }> = ({ views, first }) => (
  <PageFrame
    first={first}
    title={{ nl: views.nl.title, en: views.en.title }}
    skip={{ nl: nl.skip, en: en.skip }}
    foot={<About views={views} />}
  >
    <Content views={views} />
  </PageFrame>
);

/** What speaks against it comes before everything; what only has to be known does not push the summary off a phone's screen. */
const Content: FC<Props> = ({ views }) => (
  <>
    {speaksAgainst(views) ? <Warnings views={views} /> : null}
    <Screen views={views} />
    {speaksAgainst(views) ? null : <Warnings views={views} />}
    <Net views={views} />
    <Stays views={views} />
  </>
);

const speaksAgainst = ({ nl: { warnings } }: Views): boolean =>
  warnings.some(({ blocks, severity }) => blocks || severity !== "routine");

const sentence = (lines: readonly string[]): string => lines.join("; ");

/** Who reads no further has read what commits, what goes, who must agree and until when. */
const Screen: FC<Props> = ({ views }) => (
  <section class="summary" aria-labelledby="h-summary">
    <h2 id="h-summary">
      <Both nl={sentence(views.nl.summary)} en={sentence(views.en.summary)} />
    </h2>
    <Facts facts={zip(views.nl.facts, views.en.facts)} />
  </section>
);

const Warnings: FC<Props> = ({ views }) =>
  views.nl.warnings.length === 0 ? null : (
    <section class="warnings" aria-labelledby="h-warnings">
      <h2 id="h-warnings">
        <Say pick={(texts) => (views.nl.isBlocked ? texts.blocked : texts.warnings)} />
      </h2>
      <ul>
        {zip(views.nl.warnings, views.en.warnings).map((warning) => (
          <li class={warning.nl.blocks ? "s" : undefined}>
            <Both nl={warning.nl.text} en={warning.en.text} />
          </li>
        ))}
      </ul>
    </section>
  );

const Net: FC<Props> = ({ views }) => (
  <section aria-labelledby="changes">
    <h2 id="changes" tabindex={-1}>
      <Say pick={(texts) => texts.changes} />
    </h2>
    {views.nl.net.length === 0 ? (
      <p>
        <Say pick={(texts) => texts.nothing} />
      </p>
    ) : null}
    {views.isLarge ? (
      <p class="n">
        <Say pick={(texts) => texts.labelsAsInFile} />
      </p>
    ) : null}
    {zip(views.nl.net, views.en.net).map((section) => (
      <NetPart section={section} views={views} />
    ))}
  </section>
);

const NetPart: FC<Props & { readonly section: Pair<NetSection> }> = ({ section, views }) => {
  const { id } = section.nl;
  return (
    <section class={id} aria-labelledby={`h-${id}`}>
      <h3 id={`h-${id}`}>
        <Both nl={section.nl.title} en={section.en.title} />
      </h3>
      <ul class="net">
        {zip(section.nl.rows, section.en.rows).map((row) => (
          <Row row={row} views={views} />
        ))}
      </ul>
    </section>
  );
};

const Row: FC<Props & { readonly row: Pair<NetRow> }> = ({ row, views }) => {
  const line = (
    <>
      <b>
        <Both nl={row.nl.name} en={row.en.name} />:
      </b>{" "}
      <Both nl={row.nl.line} en={row.en.line} />
      {zip(row.nl.words, row.en.words).map(({ nl: dutch, en: english }) => (
        <small>
          <Both nl={dutch[0]} en={english[0]} />: <Value text={dutch[1]} />
        </small>
      ))}
    </>
  );
  // On a large page a line that says each difference stands for its details.
  const isSaid = views.isLarge && row.nl.changes.every(({ operation }) => operation === "update");
  if (row.nl.changes.length === 0 || isSaid) return <li>{line}</li>;
  return (
    <li>
      <details>
        <summary>{line}</summary>
        <ol class="c">
          {zip(row.nl.changes, row.en.changes).map((change) => (
            <ChangeDetails change={change} views={views} />
          ))}
        </ol>
      </details>
    </li>
  );
};

const Stays: FC<Props> = ({ views }) =>
  views.nl.stays.length === 0 ? null : (
    <section class="stays" aria-labelledby="h-stays">
      <h2 id="h-stays">
        <Say pick={(texts) => texts.stays} />
      </h2>
      <ul>
        {zip(views.nl.stays, views.en.stays).map(({ nl: dutch, en: english }) => (
          <li>
            {dutch.names.length === 0 ? (
              <Both nl={dutch.line} en={english.line} />
            ) : (
              <details>
                <summary>
                  <Both nl={dutch.line} en={english.line} />
                </summary>
                <ul>
                  {zip(dutch.names, english.names).map((name) => (
                    <li>
                      <Both {...name} />
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );

const About: FC<Props> = ({ views }) => (
  <section class="about" aria-labelledby="h-about">
    <h2 id="h-about">
      <Say pick={(texts) => texts.about} />
    </h2>
    <p>
      <Say pick={(texts) => texts.noValidity} />
    </p>
    <dl>
      {zip(views.nl.about, views.en.about).map(({ nl: dutch, en: english }) => (
        <>
          <dt>
            <Both nl={dutch[0]} en={english[0]} />
          </dt>
          <dd>
            {dutch[1].startsWith("sha256:") ? (
              <code>{dutch[1]}</code>
            ) : (
              <Both nl={dutch[1]} en={english[1]} />
            )}
          </dd>
        </>
      ))}
    </dl>
  </section>
);
