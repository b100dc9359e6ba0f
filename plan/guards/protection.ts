/**
 * A protection against removal that goes is a plan of its own: the engine refuses to remove what it protects, but
 * replaces it in the same run that lifts the protection.
 * Source: pulumi 3.250.0 pkg/resource/deploy/step_generator.go, "unprotecting and replacing" (read 2026-11-27).
 */
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

export const liftsProtection = ({ optionChanges }: Pick<Change, "optionChanges">): boolean =>
  optionChanges.some(({ path, after }) => path === "protect" && after === false);

export const protectionFindings = (changes: readonly Change[]): Finding[] =>
  changes
    .filter((change) => liftsProtection(change) && changesMore(change))
    .map((change) => ({
      ...bySafeguard("protection-lifted", [change]),
      message: {
        nl: `De bescherming van ${change.name} vervalt in hetzelfde voorstel waarin er meer aan verandert`,
        en: `${change.name} loses its protection in the same plan that changes it`,
      },
      clearedBy: "declaration",
    }));

const changesMore = ({ operation, properties, formerUrn }: Change): boolean =>
  operation !== "update" || properties.length > 0 || formerUrn !== undefined;
