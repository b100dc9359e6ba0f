/** Parses YAML within a budget, and up to its first error only: a hostile file costs no more than an honest one. */
import { Composer, Lexer, Parser, type Document } from "yaml";

/** The largest tenant file, in bytes. 5,000 people with every key, in five groups each, take 3 MiB. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** The same 5,000 people take 570,000; a file of nothing but line ends or brackets has more. */
const MAX_TOKENS = 750_000;

export interface SyntaxFault {
  /** In UTF-16 code units. */
  offset: number;
  code: string;
  message: string;
}

/** Ends the parsing; never seen outside this file. */
class FirstError extends Error {
  readonly found: SyntaxFault;

  constructor(found: SyntaxFault) {
    super(found.message);
    this.found = found;
  }
}

export const TOO_MANY_TOKENS = "TOO_MANY_TOKENS";

/** The first two documents of a text, or the first thing that is wrong with it. */
export function parseDocuments(text: string): Document.Parsed[] | { error: SyntaxFault } {
  try {
    return [...compose(text)];
  } catch (error) {
    if (error instanceof FirstError) return { error: error.found };
    throw error;
  }
}

function* compose(text: string): Generator<Document.Parsed> {
  const parser = new Parser();
  const composer = stopAtFirstError(
    // Unique keys are checked in the walk: the library's own check takes quadratic time.
    new Composer({ version: "1.2", schema: "core", merge: false, uniqueKeys: false }),
  );
  let documentCount = 0;
  for (const token of tokens(parser, lex(text))) {
    for (const document of composer.next(token)) {
      yield document;
      documentCount += 1;
      if (documentCount === 2) return;
    }
  }
  yield* composer.end();
}

function* tokens(parser: Parser, lexemes: readonly string[]): ReturnType<Parser["end"]> {
  for (const lexeme of lexemes) yield* refuseErrors(parser.next(lexeme));
  yield* refuseErrors(parser.end());
}

function* refuseErrors(found: ReturnType<Parser["next"]>): ReturnType<Parser["next"]> {
  for (const token of found) {
    if (token.type === "error") {
      throw new FirstError({
        offset: token.offset,
        code: "UNEXPECTED_TOKEN",
        message: token.message,
      });
    }
    yield token;
  }
}

/** Counted before they are parsed, which takes five times as long. */
function lex(text: string): string[] {
  const lexemes: string[] = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexemes.length === MAX_TOKENS) {
      throw new FirstError({ offset, code: TOO_MANY_TOKENS, message: "Too many tokens" });
    }
    lexemes.push(lexeme);
    offset += lexeme.length;
  }
  return lexemes;
}

type ErrorSource = number | readonly [number, ...number[]] | { readonly offset: number };

/**
 * The composer collects every error, each with a stack trace: half a million of them take half a minute. Its
 * handler of errors is a property that it passes on to everything (yaml 2.9.1, compose/composer.js). What the
 * handler throws is caught once for each level of nesting and reported again, hence the first one is kept.
 */
function stopAtFirstError(composer: Composer): Composer {
  let first: FirstError | undefined;
  const onError = (
    source: ErrorSource,
    code: string,
    ...[message, isWarning]: [string, boolean?]
  ): void => {
    if (isWarning === true) return;
    const offset =
      typeof source === "number" ? source : "offset" in source ? source.offset : source[0];
    first ??= new FirstError({ offset, code, message });
    throw first;
  };
  return Object.assign(composer, { onError });
}
