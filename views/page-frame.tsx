/** What every page has around its content: one file without script, fonts, pictures or any request, in both languages. */
import { createHash } from "node:crypto";
import type { Child, FC } from "hono/jsx";
import { LANGUAGES } from "../core/language.ts";
import type { Language, Text } from "../core/language.ts";
import { nl } from "../core/i18n/nl.ts";
import { en } from "../core/i18n/en.ts";
import { isolated } from "../core/visible-text.ts";
import { Both } from "./html.tsx";
import { STYLE } from "./render-html-style.ts";

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

interface FrameProps {
  /** The language that shows first. */
  readonly first: Language;
  readonly title: Text;
  /** Names the link to `#changes`, for who goes by keyboard. */
  readonly skip: Text;
  readonly foot: Child;
  /** Of a page that a server sends, with a policy of its own: where its style sheet and its script, if any, are. */
  readonly served?: { readonly style: string; readonly script?: string; readonly icon: string };
  readonly children?: Child;
}

export const PageFrame: FC<FrameProps> = ({ first, title, skip, foot, served, children }) => (
  <html lang={first}>
    <head>
      <meta charset="utf-8" />
      {served === undefined ? <meta http-equiv="Content-Security-Policy" content={POLICY} /> : null}
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="referrer" content="no-referrer" />
      <meta name="robots" content="noindex" />
      <title>{isolated(title[first])}</title>
      {served === undefined ? (
        <style dangerouslySetInnerHTML={{ __html: STYLE }} />
      ) : (
        <>
          <link rel="stylesheet" href={served.style} />
          <link rel="icon" href={served.icon} />
          {served.script === undefined ? null : <script src={served.script} type="module"></script>}
        </>
      )}
    </head>
    <body>
      <a class="skip" href="#changes">
        <Both {...skip} />
      </a>
      <header>
        <h1>
          <Both {...title} />
        </h1>
        <LanguageChoice first={first} />
      </header>
      <main>{children}</main>
      <footer>{foot}</footer>
    </body>
  </html>
);

const LanguageChoice: FC<{ readonly first: Language }> = ({ first }) => (
  <fieldset class="choice">
    <legend>{`${nl.chooseLanguage} / ${en.chooseLanguage}`}</legend>
    {LANGUAGES.map((language) => (
      <label lang={language}>
        <input
          type="radio"
          name="language"
          id={`language-${language}`}
          checked={language === first}
        />
        {language === "nl" ? nl.languageName : en.languageName}
      </label>
    ))}
  </fieldset>
);

export const htmlDocument = (page: { toString: () => unknown }): string =>
  `<!doctype html>${String(page.toString())}\n`;
