/** What the SDK notes of the way through the code, with every resource: nothing, once it is told not to. */
import pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { forgetSourcePositions } from "../../../engine/sdk/strip-stack-traces.ts";

const noted = (): unknown =>
  (pulumi.Resource as unknown as { stackTrace: () => unknown }).stackTrace();

it("leaves out where a resource was declared, which the SDK notes otherwise", () => {
  expect(noted()).toEqual(expect.arrayContaining([expect.anything()]));
  forgetSourcePositions();
  expect(noted()).toEqual([]);
});
