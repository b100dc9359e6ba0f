/**
 * Who registered a second way to sign in, as the report of the directory says it; it lags some hours behind.
 * @see https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails (v1.0, checked 2026-11-27)
 */
import { isRequestError } from "../../services/index.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { ResourceContext } from "../kit/define.ts";
import { isGranted, notGranted, permissionsOfTakeOver } from "../permissions.ts";
import type { Part } from "../permissions.ts";

interface RegistrationDetails {
  readonly id: string;
  readonly isMfaRegistered: boolean;
}

/** Not documented; reported by many (microsoft-graph-docs-contrib#8777, seen 2026-11-27). */
const NOT_PREMIUM = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";

/** What Microsoft shows to tenants with Microsoft Entra ID P1, where the application may look. */
export async function ofPremium<T>(
  { service }: ResourceContext,
  use: (service: ResourceContext["service"]) => Promise<T>,
): Promise<Part<T>> {
  const { "second-step": needed } = permissionsOfTakeOver;
  if (!isGranted(needed, await service.grantedPermissions("graph"))) {
    return notGranted(needed);
  }
  try {
    return { found: await use(service) };
  } catch (error) {
    if (!isRequestError(error, "forbidden") || error.serviceCode !== NOT_PREMIUM) throw error;
    const product = "Microsoft Entra ID P1";
    return { reason: `the tenant has no ${product}`, needs: { product } };
  }
}

/** Object ids of those who have none. */
export const readWithoutSecondStep = (
  context: ResourceContext,
): Promise<Part<ReadonlySet<string>>> =>
  ofPremium(context, async ({ graph }) => {
    const path = "/reports/authenticationMethods/userRegistrationDetails";
    const details = await graph.all<RegistrationDetails>(path);
    const without = details.filter(({ isMfaRegistered }) => !isMfaRegistered);
    return new Set(without.map(({ id }) => id));
  });

/** Of a tenant whose file manages what is asked of people who sign in. */
export const lookAtSecondStep = (connection: Connection): Promise<Part<ReadonlySet<string>>> =>
  readWithoutSecondStep(readingContext(connection));
