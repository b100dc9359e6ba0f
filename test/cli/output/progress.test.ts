import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { progressOn } from "../../../cli/output/progress.ts";
import { openTerminal } from "../../../cli/output/terminal.ts";

it("says in a plain line what a command waits for", () => {
  const stream = new PassThrough({ encoding: "utf8" });
  const report = progressOn(openTerminal(stream as unknown as NodeJS.WriteStream));
  const kind = "waiting-for-service";
  report({ kind, service: "graph", reason: "no-answer", nextTry: 2, mostTries: 8 });
  report({ kind, service: "sharepoint", reason: "throttled", seconds: 30 });
  report({ kind, service: "backup", reason: "throttled", seconds: 6 });
  report({ kind, service: "graph", reason: "quota", seconds: 20 });
  report({ kind, service: "graph", reason: "not-ready", seconds: 8 });
  const written = stripVTControlCharacters(String(stream.read()));
  expect(written.trimEnd().split("\n")).toEqual([
    "Waiting for Microsoft, try 2 of 8 …",
    "Microsoft asks to wait 30 s …",
    "The backup service asks to wait 6 s …",
    "Microsoft takes no more requests for now: going on in 20 s …",
    "Microsoft is not ready yet: trying again in 8 s …",
  ]);
});
