/** What is around each page of the portal. Server-rendered; the script is needed for the passkey only. */
import type { Child, FC } from "hono/jsx";
import { localeOf } from "../../core/i18n/format.ts";
import type { Language, Text } from "../../core/language.ts";
import { Both, htmlDocument, PageFrame } from "../../views/index.ts";
import { TEXTS } from "./texts.ts";

export const Say: FC<{ readonly text: Text }> = ({ text }) => <Both nl={text.nl} en={text.en} />;

export const At: FC<{ readonly time: string }> = ({ time }) => {
  const instant = new Date(time);
  return <Both nl={localeOf("nl").instant(instant)} en={localeOf("en").instant(instant)} />;
};

/** What the script may have to say stands in each page. */
const SAID = ["notConfirmed", "hasOne", "unanswered", "differs", "again"] as const;

interface PortalPage {
  readonly title: Text;
  readonly language: Language;
  /** Path of the tenant's pages, such as `/portal/contoso`. */
  readonly base: string;
  readonly relyingPartyId: string;
  /** Undefined where nobody is signed in. */
  readonly session?: { readonly name: string; readonly csrf: string } | undefined;
  /** For the script, as `data-…`. */
  readonly data?: Readonly<Record<string, string>>;
  readonly children?: Child;
}

export const portalPage = (page: PortalPage): string => {
  const { title, language, base, relyingPartyId, session, data = {}, children } = page;
  const attributes = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [`data-${name}`, value]),
  );
  return htmlDocument(
    <PageFrame
      first={language}
      title={title}
      skip={TEXTS.skip}
      foot={<Foot session={session} />}
      served={{
        ...{ style: "/portal/style.css", script: "/portal/portal.js" },
        icon: "/portal/icon.svg",
      }}
    >
      <div
        // The content of a plan has a place of this name itself.
        id={data.digest === undefined ? "changes" : undefined}
        tabindex={-1}
        data-portal=""
        data-base={base}
        data-relying-party-id={relyingPartyId}
        data-csrf={session?.csrf ?? ""}
        {...attributes}
      >
        <div class="alert" role="alert" data-alert="" hidden></div>
        <div class="hint" data-open-in-browser="" hidden>
          <p>
            <Say text={TEXTS.openInBrowser} />
          </p>
          <p>
            <button type="button" class="quiet" data-copy="">
              <Say text={TEXTS.copy} />
            </button>{" "}
            <span hidden>
              <Say text={TEXTS.copied} />
            </span>
          </p>
        </div>
        <noscript>
          <p class="alert">
            <Say text={TEXTS.scriptNeeded} />
          </p>
        </noscript>
        {children}
        <div hidden>
          {SAID.map((name) => (
            <p data-text={name}>
              <Say text={TEXTS[name]} />
            </p>
          ))}
        </div>
      </div>
    </PageFrame>,
  );
};

const Foot: FC<Pick<PortalPage, "session">> = ({ session }) =>
  session === undefined ? null : (
    <form data-action="signOut" method="post">
      <span>{session.name}</span>{" "}
      <button class="quiet">
        <Say text={TEXTS.signOut} />
      </button>
    </form>
  );

export const Back: FC<{ readonly base: string }> = ({ base }) => (
  <p>
    <a href={base}>
      <Say text={TEXTS.back} />
    </a>
  </p>
);

/** A heading, and below it the rows, or the sentence that there are none. */
export const Rows: FC<{
  readonly title: Text;
  readonly none: Text;
  readonly rows: readonly Child[];
}> = ({ title, none, rows }) => (
  <>
    <h2>
      <Say text={title} />
    </h2>
    {rows.length === 0 ? (
      <p>
        <Say text={none} />
      </p>
    ) : null}
    <ul class="rows">{rows}</ul>
  </>
);
