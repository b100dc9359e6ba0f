/** The partner's relations with a customer, what is missing of the template, and what is to be done next. */
import { isolated } from "../../core/visible-text.ts";
import type { GroupAccess, InvitedTenant } from "../../operations/index.ts";

type Relation = InvitedTenant["relations"][number];
type State = GroupAccess["state"];

const STATUS: Readonly<Record<Relation["status"], string>> = {
  created: "made, and not sent to the customer yet",
  approvalPending: "waits for the customer's approval",
  approved: "approved; Microsoft is setting it up",
  activating: "approved; Microsoft is setting it up",
  active: "in force",
  expiring: "has ended",
  expired: "has ended",
  terminationRequested: "is being terminated",
  terminating: "is being terminated",
  terminated: "was terminated",
  unknownFutureValue: "in a state that this version does not know",
};

const REPLACE: Readonly<Record<NonNullable<Relation["replace"]>, string>> = {
  "Global Administrator":
    "has Global Administrator, and so is never extended: make a new one, then terminate it",
  "Microsoft-led":
    "was made by Microsoft in its own transition and cannot be changed: make a new one, then terminate it",
};

const STATE: Readonly<Record<State, string>> = {
  none: "not given yet",
  "other roles": "has other roles",
  pending: "being given; it can take Microsoft hours",
  active: "given",
  deleting: "being taken away: run this again later",
  deleted: "taken away",
  error: "refused by Microsoft: remove it in Partner Center, then run this again",
  unknownFutureValue: "in a state that this version does not know",
};

export function relationLines(
  invited: InvitedTenant,
  { isSandbox }: { readonly isSandbox: boolean },
): string[] {
  const { displayName, tenantId, relations, groups, otherGroups } = invited;
  return [
    `${displayName}, tenant ${tenantId}: ${relations.length === 0 ? "no relation yet" : "relations (GDAP)"}`,
    ...relations.flatMap(linesOf),
    ...(relations.some(({ isCurrent }) => isCurrent)
      ? []
      : [`The settings ask for: ${invited.roles.join(", ")}`]),
    ...(groups.length === 0
      ? ["Groups: none in the settings, so that nobody of yours has a role yet (docs/settings.md)"]
      : ["Groups:"]),
    ...groups.map(({ name, roles, state }) => `  ${name}: ${STATE[state]} (${roles.join(", ")})`),
    ...otherGroups.map((id) => `  ${id}: has roles, and is not in the settings`),
    "",
    "Next:",
    ...nextSteps(invited, isSandbox).map((step) => `  ${step}`),
  ].map(isolated);
}

function linesOf(relation: Relation): string[] {
  const { displayName, status, endsOn, isExtended, roles, missing, replace } = relation;
  const end = status === "active" ? (isExtended ? "is extended on" : "ends on") : "ended on";
  return [
    `  ${displayName}: ${STATUS[status]}${endsOn === undefined ? "" : `, ${end} ${endsOn}`}`,
    `    roles: ${roles.join(", ")}`,
    ...(missing.length === 0 ? [] : [`    lacks: ${missing.join(", ")}`]),
    ...(replace === undefined ? [] : [`    ${REPLACE[replace]}`]),
  ];
}

function nextSteps(
  { stack, relations, groups, invitation, consent, isComplete }: InvitedTenant,
  isSandbox: boolean,
): string[] {
  const current = relations.find(({ isCurrent }) => isCurrent);
  const again = `\`tenantry invite ${stack} --create\``;
  const consented = [
    "Have the customer consent to the application, as Global Administrator or Privileged Role Administrator:",
    `  ${consent}`,
    `then \`tenantry check ${stack}\`.`,
  ];
  if (isComplete) return consented;
  if (current === undefined) return [`${again} makes a relation for the customer to approve.`];
  if (current.status === "created") return [`${again} sends it to the customer.`];
  if (invitation !== undefined) {
    return [
      "Have a Global Administrator of the customer approve it:",
      `  ${invitation}`,
      ...(isSandbox ? [`  (in practice: \`tenantry emulator --approve ${current.id}\`)`] : []),
      `then ${again} gives your groups their roles.`,
    ];
  }
  if (current.status !== "active") return [`${again}, in some minutes.`];
  return groups.length === 0 && current.isExtended
    ? ["Name your security groups in the settings, then run this again.", ...consented]
    : [`${again} goes on from here.`, ...consented];
}
