import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const room = new URL("../../operations/", import.meta.url);
/** Without the adapters of a workspace on this machine, in local/. */
const files = readdirSync(room).filter((name) => name.endsWith(".ts"));

/** What an operation is given instead: ports.ts. Comments may speak of them. */
const AMBIENT = /process\.env|new Date\(\)|Date\.now|stdout|stderr|\bterminal\b|console\./i;

const codeOf = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/\/\/.*$/gm, "");

describe("operations/", () => {
  it.each(files)("%s knows no environment, clock and terminal of its own", (name) => {
    const code = codeOf(readFileSync(new URL(name, room), "utf8"));
    expect(AMBIENT.exec(code)?.[0]).toBeUndefined();
  });

  it.each(files)("%s names no command line: what to do is data", (name) => {
    const code = codeOf(readFileSync(new URL(name, room), "utf8"));
    expect(/`?tenantry [a-z]+ |--[a-z]{2,}/.exec(code)?.[0]).toBeUndefined();
  });
});
