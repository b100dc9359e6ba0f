/** The folded details of one change on the page. */
import type { FC } from "hono/jsx";
import { isolated } from "../core/visible-text.ts";
import { en } from "../core/i18n/en.ts";
import { nl } from "../core/i18n/nl.ts";
import { Both, zip } from "./html.tsx";
import type { Pair } from "./html.tsx";
import type { ChangeView } from "./change-view.ts";
import type { PlanView } from "./plan-view.ts";
import type { PropertyView } from "./property-view.ts";

/** The same plan seen in both languages. */
export interface Views extends Pair<PlanView> {
  readonly isLarge: boolean;
}

interface InViews {
  readonly views: Views;
}

export const ChangeDetails: FC<{ readonly change: Pair<ChangeView> } & InViews> = ({
  change,
  views,
}) => {
  const { operation, severity, urn, commitment, remarks } = change.nl;
  const properties = zip(change.nl.properties, change.en.properties);
  const usual = zip(change.nl.usual, change.en.usual);
  const isPlain = (pair: Pair<PropertyView>): boolean =>
    views.isLarge || pair.nl.label !== undefined;
  const plain = properties.filter(isPlain);
  // On a large page the line of the object says it.
  const isSaid = views.isLarge && severity !== "destructive";
  const name = { nl: nl.operations[operation], en: en.operations[operation] };
  return (
    <li class={views.isLarge ? operation : `${operation} ${severity}`}>
      {isSaid ? null : (
        <p>
          <span class="tag">
            <Both {...name} />
          </span>
          <Both nl={change.nl.sentence} en={change.en.sentence} />
        </p>
      )}
      {isSaid || change.nl.affected.length === 0 ? null : (
        <p class="n">
          <Both
            nl={`${nl.affects}: ${views.nl.locale.list(change.nl.affected)}`}
            en={`${en.affects}: ${views.en.locale.list(change.en.affected)}`}
          />
        </p>
      )}
      {commitment === undefined ? null : (
        <p class="r">
          <Both
            nl={`${nl.commits}: ${commitment}`}
            en={`${en.commits}: ${change.en.commitment ?? commitment}`}
          />
        </p>
      )}
      {zip(remarks, change.en.remarks).map((remark) => (
        <p class="r">
          <Both {...remark} />
        </p>
      ))}
      {plain.length === 0 ? null : (
        <dl>
          {plain.map((pair) => (
            <PropertyRow pair={pair} views={views} />
          ))}
        </dl>
      )}
      {views.isLarge || urn === "" ? null : (
        <Technical
          change={change.nl}
          rows={[...properties.filter((pair) => !isPlain(pair)), ...usual]}
          views={views}
        />
      )}
    </li>
  );
};

const Technical: FC<
  { readonly change: ChangeView; readonly rows: readonly Pair<PropertyView>[] } & InViews
> = ({ change, rows, views }) => (
  <details>
    <summary>
      <Both nl={nl.technical} en={en.technical} />
    </summary>
    <dl>
      {rows.map((pair) => (
        <PropertyRow pair={pair} views={views} />
      ))}
      <dt>type</dt>
      <dd>
        <code>{isolated(change.type)}</code>
      </dd>
      <dt>URN</dt>
      <dd>
        <code>{isolated(change.urn)}</code>
      </dd>
    </dl>
  </details>
);

const PropertyRow: FC<{ readonly pair: Pair<PropertyView> } & InViews> = ({ pair, views }) => {
  const { path, label } = pair.nl;
  return (
    <>
      <dt>
        {views.isLarge || label === undefined ? (
          isolated(path)
        ) : (
          <Both nl={label} en={pair.en.label ?? label} />
        )}
      </dt>
      <dd>
        <PropertyValue pair={pair} views={views} />
      </dd>
    </>
  );
};

const PropertyValue: FC<{ readonly pair: Pair<PropertyView> } & InViews> = ({ pair, views }) => {
  const { nl: property, en: other } = pair;
  const { note, list, before, after } = property;
  if (note !== undefined) return <Both nl={note} en={other.note ?? note} />;
  if (list !== undefined)
    return <ListValue list={{ nl: list, en: other.list ?? list }} views={views} />;
  const was = <Both nl={before ?? ""} en={other.before ?? ""} />;
  const is = <Both nl={after ?? ""} en={other.after ?? ""} />;
  if (before === undefined) return is;
  if (after === undefined) return <del>{was}</del>;
  return (
    <>
      <del>{was}</del> → <ins>{is}</ins>
    </>
  );
};

const ListValue: FC<{ readonly list: Pair<NonNullable<PropertyView["list"]>> } & InViews> = ({
  list,
  views,
}) => {
  const { added, removed, keptCount, isReordered } = list.nl;
  if (added.length + removed.length + keptCount === 0 && !isReordered)
    return <Both nl={nl.empty} en={en.empty} />;
  return (
    <ul>
      {zip(added, list.en.added).map((item) => (
        <li>
          <ins>
            + <Both {...item} />
          </ins>
        </li>
      ))}
      {zip(removed, list.en.removed).map((item) => (
        <li>
          <del>
            − <Both {...item} />
          </del>
        </li>
      ))}
      {isReordered ? (
        <li>
          <Both nl={nl.reordered} en={en.reordered} />
        </li>
      ) : null}
      {keptCount > 0 ? (
        <li class="k">
          <Both
            nl={views.nl.locale.count(keptCount, nl.keptForms)}
            en={views.en.locale.count(keptCount, en.keptForms)}
          />
        </li>
      ) : null}
    </ul>
  );
};
