/** A page about a migration for the customer: plan, risks, hours, run book, training sheet, leftover points, evaluation. */
import type { Language } from "../core/language.ts";
import type { MigrationPage } from "../migration/index.ts";
import { Both } from "./html.tsx";
import { htmlDocument, PageFrame } from "./page-frame.tsx";

/** A whole HTML document in both languages. @param asOf the day it was made, YYYY-MM-DD */
export function renderMigration(
  page: MigrationPage,
  {
    customer,
    asOf,
    first,
  }: { readonly customer: string; readonly asOf: string; readonly first: Language },
): string {
  const { nl, en } = page.title;
  return htmlDocument(
    <PageFrame
      first={first}
      title={{ nl: `${nl} · ${customer}`, en: `${en} · ${customer}` }}
      skip={{ nl: "Naar de inhoud", en: "Skip to the contents" }}
      foot={
        <p>
          <Both nl={`Zoals het stond op ${asOf}.`} en={`As it stood on ${asOf}.`} />
        </p>
      }
    >
      <div id="changes" tabindex={-1}>
        {page.sections
          .filter(({ rows }) => rows.length > 0)
          .map((section, index) => (
            <section aria-labelledby={`h-${index}`}>
              <h2 id={`h-${index}`}>
                <Both {...section.title} />
              </h2>
              <ol class="found">
                {section.rows.map(({ name, facts, isDone }) => (
                  <li>
                    {isDone === true ? "✓ " : ""}
                    <b>
                      <Both {...name} />
                    </b>
                    {facts.length === 0 ? null : (
                      <dl>
                        {facts.map(([label, value]) => (
                          <>
                            <dt>
                              <Both {...label} />
                            </dt>
                            <dd>
                              <Both {...value} />
                            </dd>
                          </>
                        ))}
                      </dl>
                    )}
                  </li>
                ))}
              </ol>
            </section>
          ))}
        {page.sections.every(({ rows }) => rows.length === 0) ? (
          <p>
            <Both nl="Er staat niets open." en="Nothing is open." />
          </p>
        ) : null}
      </div>
    </PageFrame>,
  );
}
