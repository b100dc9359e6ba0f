import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { shellWord } from "../../../cli/output/shell-quote.ts";

it("leaves plain paths as they are", () => {
  expect(shellWord("/tmp/contoso-1/a_b.json")).toBe("/tmp/contoso-1/a_b.json");
});

it.runIf(process.platform !== "win32").each(["a b", "it's $HOME", "客户/;rm", "", "-n\n"])(
  "is read by a shell as the one word that it was: %j",
  (text) => {
    const script = `printf '%s|' ${shellWord(text)}`;
    expect(execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" })).toBe(`${text}|`);
  },
);
