/**
 * A rule that goes on in place of Microsoft's security defaults. Graph turns no policy on beside them, so whoever wants
 * the change has to turn them off first. Here that is one step: the rule is there already and only counted; it is tried
 * as it is; only where Graph refuses that, and the approved plan turns security defaults off, they go off, the rule goes
 * on at once and is read back, and where that fails they go on again. What is left is the time between the two requests:
 * whoever dies there leaves neither, which `status` finds, and the next apply goes on with the rule.
 * @see https://github.com/j0eyv/ConditionalAccessBaseline/issues/17 (the refusal as users quote it, checked 2026-11-27)
 * Not verified: status and code of the refusal, and whether Graph refuses in every tenant.
 */
import { isRequestError } from "../../../services/index.ts";
import { NOUNS } from "../../../core/nouns.ts";
import { SECURITY_DEFAULTS } from "../../directory/security-defaults.ts";
import type { ResourceContext } from "../../kit/define.ts";
import { RefusedError } from "../../kit/refusal.ts";

/** @param write turns the rule on, and returns once it is read back so. */
export async function insteadOfDefaults<T>(
  context: ResourceContext,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isInTheWay(error)) throw error;
    if (!turnsThemOff(context)) throw inTheWay(error);
    const { graph } = context.service;
    await graph.patch(SECURITY_DEFAULTS, { isEnabled: false });
    try {
      return await write();
    } catch (cause) {
      await graph.patch(SECURITY_DEFAULTS, { isEnabled: true });
      throw cause;
    }
  }
}

const isInTheWay = (error: unknown): boolean =>
  isRequestError(error) && (error.serviceMessage ?? "").includes("disable Security defaults");

const turnsThemOff = ({ ahead }: ResourceContext): boolean =>
  (ahead?.steps(NOUNS.securityDefaults.type) ?? []).some(({ after }) => after?.isEnabled === false);

const inTheWay = (cause: unknown): RefusedError =>
  new RefusedError({
    code: "security-defaults-on",
    message:
      "Microsoft turns no rule for signing in on while its security defaults are on (Security Defaults is enabled in the tenant)",
    hint: "Put `securityDefaults: off` under `signInSecurity`, beside `twoStepForEveryone: on`, and plan again.",
    cause,
  });
