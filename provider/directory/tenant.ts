/**
 * Which tenant the stack is about, who decides for it, and what holds for all of its SharePoint. Reads who the tenant is
 * and refuses another one; contract, approval and management live in the stack only, the settings are written.
 * @see https://learn.microsoft.com/graph/api/organization-list (v1.0, checked 2026-11)
 */
import { z } from "zod";
import { defineResource } from "../kit/define.ts";
import { SCHEDULE_NAMES } from "../../core/backup-schedules.ts";
import { serviceLevel } from "../../core/service-level.ts";
import { describeTenant } from "./describe-tenant.ts";
import { demandDomains, demandTenant, identify } from "./identity.ts";
import {
  changeSharePointSettings,
  declaresSettings,
  readSharePointSettings,
  sharePointSettings,
} from "../sharepoint/sharepoint-settings.ts";
import { address, day, domain, keyedSetOf, setOf } from "../kit/zod-shapes.ts";

const inputs = z.strictObject({
  tenantId: z.guid().toLowerCase().describe("Directory id of the tenant."),
  displayName: z.string().min(1).describe("What the customer is called."),
  initialDomain: domain.describe("The tenant's first domain, such as contoso.onmicrosoft.com."),
  domains: setOf(domain).describe("Domains that the tenant must have, verified."),
  contract: z.strictObject({
    start: day,
    end: day,
    serviceLevel,
    promises: z
      .strictObject({
        response: z.strictObject({ nl: z.string().min(1), en: z.string().min(1) }),
        backupSchedule: z.enum(SCHEDULE_NAMES),
        backupYears: z.int().min(1).optional(),
      })
      .optional()
      .describe("What the service level comes to, as the provider defines it."),
    seats: keyedSetOf(
      z.strictObject({ kind: z.enum(["user", "device"]), name: z.string().min(1), serviceLevel }),
      ({ kind, name }) => `${kind} ${name}`,
    ).optional(),
  }),
  approval: z.strictObject({
    required: z.int().min(1),
    decisionMakers: z.array(z.strictObject({ name: z.string().min(1), email: address })),
  }),
  managedBy: z.strictObject({ name: z.string().min(1), domains: setOf(domain) }),
  endDays: keyedSetOf(
    z.strictObject({ ending: z.string().min(1), until: day }),
    ({ ending }) => ending,
  )
    .default([])
    .describe("What ends by itself after its last day, of the days to come; see core/end-days.ts."),
  lastEmergencyDrill: day
    .optional()
    .describe("Last day on which a use of the emergency accounts was meant."),
  ...sharePointSettings,
});

const outputs = z.object({
  organizationName: z.string().describe("What the tenant calls itself."),
});

export const tenant = defineResource({
  token: "m365:directory:Tenant",
  summary:
    "The identity of the tenant, who decides for it, and its SharePoint settings. Refuses credentials of another tenant.",
  inputs,
  outputs,
  permissions: {
    read: ["Organization.Read.All", "Domain.Read.All", "SharePointTenantSettings.Read.All"],
    write: ["SharePointTenantSettings.ReadWrite.All"],
  },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/organization-list", checked: "2026-11-22" },
    { url: "https://learn.microsoft.com/graph/api/domain-list", checked: "2026-11-22" },
    {
      url: "https://learn.microsoft.com/graph/api/sharepointsettings-update",
      checked: "2026-11-27",
    },
    { url: "https://learn.microsoft.com/onedrive/set-retention", checked: "2026-11-27" },
  ],
  replaceOn: ["tenantId"],
  elementKeys: {
    "approval.decisionMakers": ["email"],
    "contract.seats": ["kind", "name"],
    endDays: ["ending"],
  },
  // Agreements between people: no service knows them.
  writeOnly: ["displayName", "contract", "approval", "managedBy", "endDays", "lastEmergencyDrill"],

  validate({ contract, approval }) {
    return [
      ...(contract.end > contract.start
        ? []
        : [{ property: "contract.end", reason: `must be after its start, ${contract.start}` }]),
      ...(approval.required <= Math.max(1, approval.decisionMakers.length)
        ? []
        : [{ property: "approval.required", reason: "is more than there are decision makers" }]),
    ];
  },

  // Other domains that the tenant has verified are nobody's drift.
  managed: (found, declared) => ({
    ...found,
    domains: declared.domains.filter((name) => found.domains?.includes(name)),
  }),

  async read(context, { id, previous }) {
    const [identity, settings] = await Promise.all([
      identify(context.service),
      readSharePointSettings(context, { isNeeded: declaresSettings(previous) }),
    ]);
    demandTenant(identity, previous ?? { tenantId: id });
    return {
      id,
      inputs: {
        tenantId: identity.organization.id.toLowerCase(),
        initialDomain: identity.initialDomain,
        domains: [...identity.verifiedDomains].sort(),
        ...settings,
      },
      outputs: { organizationName: identity.organization.displayName ?? "" },
    };
  },

  async reconcile(context, { wanted, observed }) {
    const identity = await identify(context.service);
    demandTenant(identity, wanted);
    demandDomains(identity, wanted.domains);
    const settings =
      observed?.inputs ??
      (await readSharePointSettings(context, { isNeeded: declaresSettings(wanted) }));
    await changeSharePointSettings(context, wanted, settings);
    return {
      id: wanted.tenantId,
      outputs: { organizationName: identity.organization.displayName ?? "" },
    };
  },

  async remove() {
    // Nothing was made, so nothing goes: the tenant itself and its settings stay as they are.
  },

  describe: describeTenant,
});
