import { GraphError } from "@microsoft/microsoft-graph-client";

/** What Microsoft's Graph client throws for a refused request: `[status, code, message]`. */
export async function refusalOf(request: Promise<unknown>): Promise<[number, string, string]> {
  try {
    await request;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return [error.statusCode, error.code ?? "", error.message];
  }
  throw new Error("The request was answered, not refused.");
}
