import { expect, it } from "vitest";
import { BehaviourSettingError, behaviourOf } from "../../emulator/behaviour-settings.ts";
import { realisticBehaviour, promptBehaviour } from "../../emulator/index.ts";

it("starts from a preset and changes what is named", () => {
  expect(behaviourOf("realistic", [])).toEqual(realisticBehaviour);
  expect(
    behaviourOf("prompt", [
      "visibilityDelayMs=30000",
      "throttledShare=0.3",
      "quotas=true",
      "serverErrorStatuses=500,503",
      "retryAfterForm=date",
    ]),
  ).toEqual({
    ...promptBehaviour,
    visibilityDelayMs: 30_000,
    throttledShare: 0.3,
    quotas: true,
    serverErrorStatuses: [500, 503],
    retryAfterForm: "date",
  });
});

it.each([
  ["visibilityDelay=1", "visibilityDelayMs"],
  ["visibilityDelayMs", "whole number"],
  ["visibilityDelayMs=-1", "whole number"],
  ["visibilityDelayMs=soon", "whole number"],
  ["replicas=0", "whole number from 1"],
  ["throttledShare=30", "share from 0 to 1"],
  ["quotas=yes", "true, false"],
  ["serverErrorStatuses=503,404", "statuses from 500"],
  ["retryAfterForm=later", "seconds"],
  ["__proto__=1", "name=value"],
])("refuses %s and says what is allowed", (setting, hint) => {
  const read = (): unknown => behaviourOf("realistic", [setting]);
  expect(read).toThrow(BehaviourSettingError);
  expect(read).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) as string }));
});

it("refuses a preset that it does not have", () => {
  expect(() => behaviourOf("wild", [])).toThrow(
    expect.objectContaining({ hint: "Choose realistic or prompt." }),
  );
});
