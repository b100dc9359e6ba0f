import { foundText } from "../../core/tenant-findings.ts";
import type { FindingKind } from "../../core/tenant-findings.ts";
import type { RisksBeside } from "../../operations/index.ts";
import { cutNames } from "./cut-names.ts";

/** What is not in the tenant file and should be looked at first; none where there is nothing. */
export function riskLines({ globalAdministrators, forwarding, notRead }: RisksBeside): string[] {
  const forwards = forwarding.map(({ mailbox, to }) => `${mailbox} to ${to.join(", ")}`);
  const found = (kind: FindingKind, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`  ${foundText(kind, names.length, "en")}: ${cutNames(names)}`];
  const lines = [
    ...found("global-administrators", globalAdministrators),
    ...found("forwarding-outside", forwards),
  ];
  return [
    ...(lines.length === 0
      ? []
      : [
          "Not in the tenant file, and a risk:",
          ...lines,
          "Undo it in the admin center after finding out who did it, or put it in the file.",
        ]),
    ...notRead.map(({ part, reason }) => `Not looked for ${part}: ${reason}.`),
  ];
}
