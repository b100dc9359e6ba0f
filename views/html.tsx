/** Building blocks of the page: text in two languages of which the style sheet shows one. JSX escapes it. */
import type { FC } from "hono/jsx";
import { en } from "../core/i18n/en.ts";
import { nl } from "../core/i18n/nl.ts";
import type { Texts } from "../core/i18n/nl.ts";
import { isolated } from "../core/visible-text.ts";

/** One thing seen in both languages. */
export interface Pair<T> {
  readonly nl: T;
  readonly en: T;
}

/** A text of strangers: visible, escaped, and isolated so that its direction stays its own affair. */
export const Value: FC<{ readonly text: string }> = ({ text }) => <bdi>{isolated(text)}</bdi>;

/** Both languages, each isolated and marked. Equal texts stand once. */
export const Both: FC<Pair<string>> = ({ nl, en }) =>
  nl === en ? (
    <Value text={nl} />
  ) : (
    <>
      <bdi lang="nl">{isolated(nl)}</bdi>
      <bdi lang="en">{isolated(en)}</bdi>
    </>
  );

/** A text of the product. */
export const Say: FC<{ readonly pick: (texts: Texts) => string }> = ({ pick }) => (
  <Both nl={pick(nl)} en={pick(en)} />
);

/** Items that the two languages have in the same order. */
export const zip = <T,>(dutch: readonly T[], english: readonly T[]): Pair<T>[] =>
  dutch.map((item, index) => ({ nl: item, en: english[index] ?? item }));

interface Fact {
  /** Class of the fact, where the style sheet knows it. */
  readonly id?: string;
  readonly label: string;
  readonly lines: readonly string[];
}

export const Facts: FC<{ readonly facts: readonly Pair<Fact>[] }> = ({ facts }) => (
  <dl class="facts">
    {facts.map((fact) => (
      <div class={fact.nl.id}>
        <dt>
          <Both nl={fact.nl.label} en={fact.en.label} />
        </dt>
        {zip(fact.nl.lines, fact.en.lines).map((line) => (
          <dd>
            <Both {...line} />
          </dd>
        ))}
      </div>
    ))}
  </dl>
);
