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
export async function previewFailed(
  { failure }: Pick<EngineRun, "failure">,
  place: TenantPlace,
): Promise<ExpectedError> {
  const messages = failure?.messages ?? [];
  const placed = await Promise.all(messages.map((message) => refusedInput(message, place)));
  const about = {
    details: messages.map((message, at) => placed[at] ?? message),
    cause: failure?.cause,
  };
  return messages.length > 0 && !placed.includes(undefined)
    ? new ExpectedError(
        "change-not-possible",
        "The tenant file asks for what cannot be done, or not yet.",
        { hint: "Change the lines listed above and plan again.", ...about },
      )
    : new ExpectedError("preview-failed", "The tenant file cannot be planned.", {
        hint: "Fix the problems listed above and plan again.",
        ...about,
      });
}

/** A refused input as `file:line:column section: reason`; undefined for other messages. */
async function refusedInput(message: string, place: TenantPlace): Promise<string | undefined> {
  const { type, name, property, reason } = REFUSED_INPUT.exec(message)?.groups ?? {};
  if (type === undefined || name === undefined || property === undefined) return undefined;
  const where = await placeOf(place, { type, name, property });
  return where === undefined || reason === undefined
    ? undefined
    : `${where} ${property}: ${reason}`;
}
