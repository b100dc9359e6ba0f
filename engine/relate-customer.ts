/** The partner's relation with a customer by the template of the settings, without an engine: see provider/directory/. */
import { LEAST_ROLES } from "../core/directory-roles.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { inviteCustomer, relationStanding } from "../provider/index.ts";
import type { Customer, RelationStanding, RelationTemplate } from "../provider/index.ts";
import type { Settings } from "../workspace/index.ts";
import { openPartner, refuseWrites } from "./connect.ts";
import type { SessionOptions } from "./session-options.ts";

export interface RelateOptions extends Pick<
  SessionOptions,
  "workspace" | "signal" | "onRequest" | "onWaiting"
> {
  readonly customer: Customer;
  /** For the name of a new one, `2026-11-27`, to take it a step further; undefined only to read. */
  readonly createdOn: string | undefined;
}

export interface RelatedCustomer extends RelationStanding {
  /** Of the settings; template ids. */
  readonly template: RelationTemplate;
  /** Of our application, for the customer's consent. */
  readonly clientId: string;
}

/** @throws ExpectedError `no-partner-tenant`, `no-credential`, `partner-group-unknown`, `relation-differs`. */
export async function relateCustomer({
  customer,
  createdOn,
  ...options
}: RelateOptions): Promise<RelatedCustomer> {
  const mayWrite = createdOn === undefined ? refuseWrites : () => undefined;
  const opened = await openPartner({ ...options, mayWrite });
  const { partner: settings } = options.workspace.settings;
  if (opened === undefined || settings === undefined) {
    throw new ExpectedError("no-partner-tenant", "The settings name no tenant of the partner.", {
      hint: "Set `partner.tenantId` in tenantry.yaml to the id of your own tenant (docs/settings.md).",
    });
  }
  const { service: partner, clientId } = opened;
  try {
    const template = templateOf(settings);
    const asked = { partner, customer, template };
    const standing =
      createdOn === undefined
        ? await relationStanding(asked)
        : await inviteCustomer(asked, createdOn);
    return { ...standing, template, clientId };
  } finally {
    await opened.close();
  }
}

/** A role that no group is given serves nobody: only where no groups are named are there others. */
function templateOf({ groups }: NonNullable<Settings["partner"]>): RelationTemplate {
  const named = Object.entries(groups).map(([name, roles]) => ({ name, roles }));
  if (named.length === 0) return { roles: LEAST_ROLES, groups: [] };
  return { roles: [...new Set(named.flatMap(({ roles }) => roles))], groups: named };
}
