import { expect, it } from "vitest";
import { individualLines } from "../../../cli/output/individual-lines.ts";

const url = "https://contoso.sharepoint.com/sites/finance";
const one = (name: string, library?: string) => ({
  ...{ url, library, userPrincipalName: `${name}@contoso.com`, role: "edit" as const },
});

it("says nothing where the file knows everybody", () => {
  expect(individualLines([])).toEqual([]);
});

it("names people by site and library, counts the rest, and says what to do", () => {
  const many = Array.from({ length: 12 }, (_, at) => one(`p${at}`));
  const [head, site, board, hint] = individualLines([
    ...many,
    { ...one("eva", "Board"), role: undefined },
  ]);
  expect(head).toContain("which the tenant file does not say");
  expect(site).toMatch(/^ {2}\/sites\/finance: p0@contoso.com \(edit\), .*, and 2 more$/);
  expect(board).toBe("  /sites/finance, library Board: eva@contoso.com (several)");
  expect(hint).toContain("`permissions`");
});
