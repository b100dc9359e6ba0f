/** The report for the owner of a tenant that was looked at: what there is, what is at risk, what is proposed, what was solved. */
import type { FC } from "hono/jsx";
import { nl } from "../core/i18n/nl.ts";
import { en } from "../core/i18n/en.ts";
import type { Language } from "../core/language.ts";
import { Both, Facts, Say, zip } from "./html.tsx";
import type { Pair } from "./html.tsx";
import { observationView } from "./observation-view.ts";
import type { FindingView, LevelView, Observation } from "./observation-view.ts";
import { htmlDocument, PageFrame } from "./page-frame.tsx";

/** A whole HTML document in both languages. */
export function renderObservation(observation: Observation, first: Language): string {
  const dutch = observationView(observation, "nl");
  const english = observationView(observation, "en");
  const levels = zip(dutch.levels, english.levels);
  return htmlDocument(
    <PageFrame
      first={first}
      title={{ nl: dutch.title, en: english.title }}
      skip={{ nl: nl.report.skip, en: en.report.skip }}
      foot={
        <p>
          <Say pick={(texts) => texts.report.onlyRead} />
        </p>
      }
    >
      <section class="summary">
        <Facts facts={zip(dutch.summary, english.summary)} />
      </section>
      {dutch.progress === undefined || english.progress === undefined ? null : (
        <section aria-labelledby="h-progress">
          <h2 id="h-progress">
            <Both nl={dutch.progress.title} en={english.progress.title} />
          </h2>
          <Facts facts={zip(dutch.progress.facts, english.progress.facts)} />
        </section>
      )}
      <div id="changes" tabindex={-1}>
        {levels.map((level) => (
          <Level level={level} />
        ))}
      </div>
      <section aria-labelledby="h-there">
        <h2 id="h-there">
          <Say pick={(texts) => texts.report.thereIs} />
        </h2>
        <Facts facts={zip(dutch.thereIs, english.thereIs)} />
      </section>
      <NotLooked lines={zip(dutch.notLooked, english.notLooked)} />
      {dutch.progress === undefined ? (
        <p class="n">
          <Say pick={(texts) => texts.report.first} />
        </p>
      ) : null}
    </PageFrame>,
  );
}

const Level: FC<{ readonly level: Pair<LevelView> }> = ({ level }) => (
  <section aria-labelledby={`h-${level.nl.level}`}>
    <h2 id={`h-${level.nl.level}`}>
      <Both nl={level.nl.title} en={level.en.title} />
    </h2>
    <ol class="found">
      {zip(level.nl.findings, level.en.findings).map((finding) => (
        <Finding finding={finding} />
      ))}
    </ol>
  </section>
);

/** So many names stand on the page; the others are folded. */
const MOST_NAMED = 6;

const Finding: FC<{ readonly finding: Pair<FindingView> }> = ({ finding }) => {
  const names = zip(finding.nl.names, finding.en.names);
  const { age } = finding.nl;
  const rest = String(names.length - MOST_NAMED);
  const more = { nl: nl.report.more(rest), en: en.report.more(rest) };
  return (
    <li>
      <b>
        <Both nl={finding.nl.title} en={finding.en.title} />
      </b>{" "}
      {age === undefined ? null : (
        <span class="tag">
          <Both nl={age} en={finding.en.age ?? age} />
        </span>
      )}
      <p class="n">
        <Names names={names.slice(0, MOST_NAMED)} />
      </p>
      {names.length > MOST_NAMED ? (
        <details>
          <summary>
            <Both {...more} />
          </summary>
          <p class="n">
            <Names names={names.slice(MOST_NAMED)} />
          </p>
        </details>
      ) : null}
      <dl>
        {zip(finding.nl.explained, finding.en.explained).map(({ nl: dutch, en: english }) => (
          <>
            <dt>
              <Both nl={dutch[0]} en={english[0]} />
            </dt>
            <dd>
              <Both nl={dutch[1]} en={english[1]} />
            </dd>
          </>
        ))}
      </dl>
    </li>
  );
};

const Names: FC<{ readonly names: readonly Pair<string>[] }> = ({ names }) => (
  <>
    {names.map((name, index) => (
      <>
        {index === 0 ? "" : ", "}
        <Both {...name} />
      </>
    ))}
  </>
);

const NotLooked: FC<{ readonly lines: readonly Pair<string>[] }> = ({ lines }) =>
  lines.length === 0 ? null : (
    <section class="warnings" aria-labelledby="h-not-looked">
      <h2 id="h-not-looked">
        <Say pick={(texts) => texts.report.notLooked} />
      </h2>
      <ul>
        {lines.map((line) => (
          <li>
            <Both {...line} />
          </li>
        ))}
      </ul>
    </section>
  );
