/** The README's first command, whole: a noun that the sample gets must not stop what a newcomer tries first. */
import { expect, it } from "vitest";
import { TestWorkspace } from "./support/workspace.ts";

it("passes every step of the demo", async () => {
  const { json } = await TestWorkspace.create().succeed(["demo"]);
  const steps = json.steps as readonly { readonly title: string; readonly problem?: string }[];
  expect(steps.filter(({ problem }) => problem !== undefined)).toEqual([]);
  expect(json.succeeded).toBe(true);
  // Nobody is at a terminal: what to start is said.
  expect(json.portal).toMatchObject({
    link: expect.stringMatching(/^http:\/\/localhost:\d+\/portal\/contoso\/enrol\//) as unknown,
    code: expect.stringMatching(/^\d{8}$/) as unknown,
  });
});
