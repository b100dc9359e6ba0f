import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { confirmed } from "../../../cli/output/question.ts";

function conversation(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = Object.assign(new PassThrough(), { isTTY });
  const controller = new AbortController();
  return { input, output, signal: controller.signal, controller };
}

describe("a question", () => {
  it.each([
    ["y", true],
    ["Yes", true],
    ["n", false],
    ["", false],
    ["yesterday", false],
  ])("answered with %j is %s", async (answer, expected) => {
    const talk = conversation(true);
    const asked = confirmed(talk, "Approve this plan?");
    talk.input.write(`${answer}\n`);
    expect(await asked).toBe(expected);
    expect(String(talk.output.read())).toContain("Approve this plan? [y/N]");
  });

  it("is not asked where nobody can answer", async () => {
    const talk = conversation(false);
    expect(await confirmed(talk, "Approve this plan?")).toBe(true);
    expect(talk.output.read()).toBeNull();
  });

  it("ends with Ctrl-C", async () => {
    const talk = conversation(true);
    const asked = confirmed(talk, "Approve this plan?");
    talk.controller.abort();
    await expect(asked).rejects.toMatchObject({ code: "interrupted" });
  });
});
