/** A stack that keeps every rule, and how to judge a variation of it. */
import type { Rule, RuleResource } from "../../../policies/rule.ts";

type Props = Record<string, unknown>;

export const CONTRACT = { start: "2026-01-01", end: "2028-12-31", serviceLevel: "goud" };

export const tenant = (change: Props = {}): RuleResource =>
  resource("m365:directory:Tenant", "contoso", {
    contract: CONTRACT,
    approval: {
      required: 1,
      decisionMakers: [{ name: "Anna de Vries", email: "anna@contoso.com" }],
    },
    managedBy: { name: "Voorbeeld Beheer B.V.", domains: ["beheer.example"] },
    ...change,
  });

export const backup = (change: Props = {}): RuleResource =>
  resource("m365:backup:Policy", "contoso-backup", {
    operator: "Noordkluis B.V.",
    location: { name: "Groningen", country: "NL" },
    retention: { until: "2028-12-31" },
    mailboxes: ["anna@contoso.com", "piet@contoso.com"],
    sites: ["https://contoso.sharepoint.com/sites/finance"],
    exceptions: [],
    keyHeldBy: "Voorbeeld Beheer",
    ...change,
  });

export const user = (userPrincipalName: string, change: Props = {}): RuleResource =>
  resource("azuread:index/user:User", userPrincipalName, {
    userPrincipalName,
    usageLocation: "NL",
    ...change,
  });

export const userLicense = (
  userPrincipalName: string,
  skus = ["SPB"],
  change: Props = {},
): RuleResource =>
  resource("m365:licensing:UserLicense", `${userPrincipalName}-licenses`, {
    userPrincipalName,
    licenses: skus.map((sku) => ({ sku })),
    ...change,
  });

const groupLicense = (groupName: string): RuleResource =>
  resource("m365:licensing:GroupLicense", `${groupName}-licenses`, {
    groupName,
    licenses: [{ sku: "SPB" }],
  });

export const membership = (
  groupName: string,
  members: readonly (string | { readonly id: string; readonly userPrincipalName: string })[],
): RuleResource =>
  resource("m365:directory:GroupMembership", `${groupName}-members`, {
    groupName,
    members: members.map((one) =>
      typeof one === "string" ? { userPrincipalName: one } : { ...one },
    ),
  });

export const site = (url: string): RuleResource => resource("m365:sharepoint:Site", url, { url });

/** Anna holds a licence herself, Piet through the group staff. */
export const goodStack = (): RuleResource[] => [
  tenant(),
  backup(),
  user("anna@contoso.com"),
  user("piet@contoso.com"),
  userLicense("anna@contoso.com"),
  groupLicense("staff"),
  membership("staff", ["piet@contoso.com"]),
  site("https://contoso.sharepoint.com/sites/finance"),
];

/** The good stack with the resources of the same type and name replaced. */
export const stackWith = (...changed: RuleResource[]): RuleResource[] => [
  ...goodStack().filter(
    (kept) => !changed.some(({ type, name }) => kept.type === type && kept.name === name),
  ),
  ...changed,
];

export const stackWithout = (type: string): RuleResource[] =>
  goodStack().filter((kept) => kept.type !== type);

export function violationsOf(rule: Rule, resources: readonly RuleResource[]): string[] {
  const messages: string[] = [];
  rule.check(resources, (message) => messages.push(message.en));
  return messages;
}

function resource(type: string, name: string, props: Props): RuleResource {
  return { type, name, props, urn: `urn:pulumi:contoso::tenantry::${type}::${name}` };
}
