/**
 * Who registered a second way to sign in, as the report of the directory says it; it lags some hours behind. Without P1
 * there is no report, and each person is asked for. Not verified: that a tenant without P1 answers that.
 * @see https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/authentication-list-methods (v1.0, checked 2026-11-28)
 */
import { isRequestError, odata } from "../../services/index.ts";
import { readingContext } from "../kit/connection.ts";
import type { Connection } from "../kit/connection.ts";
import type { ResourceContext } from "../kit/define.ts";
import { LISTED_USERS } from "./listed.ts";
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

/**
 * Object ids of those who have none.
 * @param looking.onlyAt object id of the one person who is asked about, where each has to be asked for
 */
export async function readWithoutSecondStep(
  context: ResourceContext,
  { onlyAt }: { readonly onlyAt?: string } = {},
): Promise<Part<ReadonlySet<string>>> {
  const report = await ofPremium(context, async ({ graph }) => {
    const path = "/reports/authenticationMethods/userRegistrationDetails";
    const details = await graph.all<RegistrationDetails>(path);
    const without = details.filter(({ isMfaRegistered }) => !isMfaRegistered);
    return new Set(without.map(({ id }) => id));
  });
  const { graph } = context.service;
  const lacksProduct = "needs" in report && report.needs !== undefined && "product" in report.needs;
  if (!lacksProduct || !isGranted(OF_EACH, await context.service.grantedPermissions("graph")))
    return report;
  const people =
    onlyAt === undefined
      ? await graph.allOf<{ readonly id: string }>(LISTED_USERS)
      : [{ id: onlyAt }];
  const asked = people.map(async ({ id }) => {
    const methods = await graph.all<Method>(odata`/users/${id}/authentication/methods`);
    return methods.some((method) => !NO_SECOND_STEP.has(method["@odata.type"])) ? [] : [id];
  });
  return { found: new Set((await Promise.all(asked)).flat()) };
}

/** Optional: what one person has registered; twenty people a request. */
const OF_EACH = "UserAuthenticationMethod.Read.All";

interface Method {
  readonly "@odata.type": string;
}

/** A mail address only helps with a forgotten password. */
const NO_SECOND_STEP: ReadonlySet<string> = new Set(
  ["password", "email"].map((kind) => `#microsoft.graph.${kind}AuthenticationMethod`),
);

/** Of a tenant whose file manages what is asked of people who sign in. */
export const lookAtSecondStep = (connection: Connection): Promise<Part<ReadonlySet<string>>> =>
  readWithoutSecondStep(readingContext(connection));
