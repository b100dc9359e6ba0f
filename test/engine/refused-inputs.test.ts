import { expect, it } from "vitest";
import { previewFailed } from "../../engine/refused-inputs.ts";
import type { Sentence } from "../../core/language.ts";
import { contoso, positionOf, stacksDirectory } from "../tenant-file/contoso.ts";

const detailsOf = async (message: string): Promise<readonly Sentence[]> => {
  const failure = { messages: [message], isInterrupted: false, cause: undefined };
  return (await previewFailed({ failure }, { stacksDirectory, tenant: "contoso" })).details;
};

it("says at which line of the tenant file an input is refused", async () => {
  const { line, column } = positionOf(contoso, "count: ^9");
  expect(
    await detailsOf(
      "SPB: m365:licensing:Subscription resource 'SPB': property count value {8} has a problem: Not\nbefore then",
    ),
  ).toEqual([`${stacksDirectory}contoso/tenant.yaml:${line}:${column} count: Not\nbefore then`]);
});

it.each([
  "contoso: m365:backup:Policy resource 'contoso': property retention value {} has a problem: No",
  "The network is down",
])("leaves other words as they are: %s", async (message) => {
  expect(await detailsOf(message)).toEqual([message]);
});
