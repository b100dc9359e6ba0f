/**
 * What a provider refuses about an input, said of the tenant file: the engine reports it by resource and property,
 * in words that nobody who writes a tenant file knows.
 * Source: pulumi 3.250.0 pkg/resource/deploy/step_generator.go, "property %v value %v has a problem" (read 2026-11-26).
 */
import { ExpectedError } from "../core/expected-error.ts";
import { placeOf } from "../tenant-file/index.ts";
import type { EngineRun } from "./automation.ts";

const REFUSED_INPUT =
  /^.*?(?<type>\w+:[\w/]+:\w+) resource '(?<name>.*)': property (?<property>\w+)\S* value .* has a problem: (?<reason>.*)$/s;

type TenantPlace = Parameters<typeof placeOf>[0];

/** The failure of a preview, for whoever writes the tenant file. */
export const previewFailed = async (
  { failure }: Pick<EngineRun, "failure">,
  place: TenantPlace,
): Promise<ExpectedError> =>
  new ExpectedError("preview-failed", "The tenant file cannot be planned.", {
    hint: "Fix the problems listed above and plan again.",
    details: await placeRefusedInputs(failure?.messages ?? [], place),
    cause: failure?.cause,
  });

/** The messages with every refused input as `file:line:column section: reason`; others as they are. */
const placeRefusedInputs = (messages: readonly string[], place: TenantPlace): Promise<string[]> =>
  Promise.all(
    messages.map(async (message) => {
      const { type, name, property, reason } = REFUSED_INPUT.exec(message)?.groups ?? {};
      if (type === undefined || name === undefined || property === undefined) return message;
      const where = await placeOf(place, { type, name, property });
      return where === undefined || reason === undefined
        ? message
        : `${where} ${property}: ${reason}`;
    }),
  );
