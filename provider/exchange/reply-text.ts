/**
 * Texts of automatic replies: plain lines in the tenant file, HTML in the mailbox. Exchange wraps what it is given in a
 * page of its own (example on learn, user-update-mailboxsettings, checked 2026-11-27), so texts are compared as lines.
 */

/** The same with one space between words, and no blank lines. */
export const asLines = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replaceAll(/\s+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " },
};

const decoded = (html: string): string =>
  html.replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return NAMED[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });

/** What a reader sees of it. */
export const linesOfHtml = (html: string): string =>
  asLines(
    decoded(
      html
        .replaceAll(/<(head|style|script)\b[\s\S]*?<\/\1>/gi, "")
        .replaceAll(/\s+/g, " ")
        .replaceAll(/<(br|\/p|\/div|\/li|\/h\d)\b[^>]*>/gi, "\n")
        .replaceAll(/<[^>]*>/g, ""),
    ),
  );

const escaped = (line: string): string =>
  line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const htmlOfLines = (lines: string): string =>
  `<html><body>${lines
    .split("\n")
    .map((line) => `<p>${escaped(line)}</p>`)
    .join("")}</body></html>`;
