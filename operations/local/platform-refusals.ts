/** What a pipeline is told where its platform cannot be. */
import { ExpectedError } from "../../core/expected-error.ts";

/** A comment starts with it; shown to nobody. */
export const COMMENT_MARK = "<!-- tenantry:change -->";
export const issueMark = (stack: string): string => `<!-- tenantry:drift:${stack} -->`;

/** @param needs what the step has to be given */
export const noPlatform = (needs: string): ExpectedError =>
  new ExpectedError("no-platform", "There is no platform here to tell the result.", {
    hint: `Leave --publish out, or give the step ${needs} (docs/pipelines.md).`,
  });

/** A token goes over HTTPS only, and to this machine. */
export const isSafeUrl = (url: string | undefined): url is string =>
  url?.startsWith("https://") === true || url?.startsWith("http://127.0.0.1:") === true;

/** What a step was not given is empty on some platforms, and `$(NAME)` on Azure DevOps. */
export const given = (value: string | undefined): value is string =>
  value !== undefined && value !== "" && !value.startsWith("$(");

/** Names the operation, which is all that a log may hold of a request. */
export async function told<T>(platform: string, request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const { operation, status } = error;
    throw new ExpectedError(
      "platform-refused",
      `${platform} did not take ${operation}: ${status ?? "no answer"}.`,
      {
        hint: "For 401, 403 and 404, give the job the permissions that docs/pipelines.md lists. Everything else was done: run the step again.",
        cause: error,
      },
    );
  }
}

const isRefusal = (
  error: unknown,
): error is Error & { operation: string; status: number | undefined } =>
  error instanceof Error && "operation" in error && "status" in error;
