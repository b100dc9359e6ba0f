import { expect, it } from "vitest";
import { previewFailed } from "../../engine/refused-inputs.ts";
import type { ExpectedError } from "../../core/expected-error.ts";
import { contoso, positionOf, stacksDirectory } from "../tenant-file/contoso.ts";

const refusalOf = (message: string): Promise<ExpectedError> => {
  const failure = { messages: [message], isInterrupted: false, cause: undefined };
  return previewFailed({ failure }, { stacksDirectory, tenant: "contoso" });
};

it("says at which line of the tenant file an input is refused", async () => {
  const { line, column } = positionOf(contoso, "count: ^9");
  const refused = refusalOf(
    "SPB: m365:licensing:Subscription resource 'SPB': property count value {8} has a problem: Not\nbefore then",
  );
  expect(await refused).toMatchObject({
    code: "change-not-possible",
    details: [`${stacksDirectory}contoso/tenant.yaml:${line}:${column} count: Not\nbefore then`],
  });
});

it.each([
  "contoso: m365:backup:Policy resource 'contoso': property retention value {} has a problem: No",
  "The network is down",
])("leaves other words as they are: %s", async (message) => {
  expect(await refusalOf(message)).toMatchObject({ code: "preview-failed", details: [message] });
});
