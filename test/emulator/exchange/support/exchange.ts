/** The emulated Exchange, spoken to with fetch. */
import type { EmulatorOptions } from "../../../../emulator/index.ts";
import { TENANT_ID, startTestEmulator, type TestEmulator } from "../../support/emulator.ts";
import { pick, pickText } from "../../support/pick.ts";

export const BASE = `adminapi/beta/${TENANT_ID}`;

export interface Reply {
  status: number;
  /** Parsed JSON, or the text of what is not JSON. */
  body: unknown;
}

export interface Exchange {
  emulator: TestEmulator;
  post: (url: string, body: unknown, headers?: Record<string, string>) => Promise<Reply>;
  run: (cmdlet: string, parameters?: object) => Promise<Reply>;
  /** The output of a cmdlet that must succeed. */
  output: (cmdlet: string, parameters?: object) => Promise<unknown[]>;
}

export async function startExchange(
  options: Partial<EmulatorOptions> & { clientId?: string; clientSecret?: string } = {},
): Promise<Exchange> {
  const { clientId, clientSecret, ...emulatorOptions } = options;
  const application = {
    ...(clientId !== undefined && { clientId }),
    ...(clientSecret !== undefined && { clientSecret }),
  };
  return exchangeAt(await startTestEmulator(emulatorOptions), application);
}

export function exchangeAt(
  emulator: TestEmulator,
  application: { clientId?: string; clientSecret?: string } = {},
): Exchange {
  const post: Exchange["post"] = async (url, body, headers = {}) => {
    const token = await emulator.token({
      scope: "https://outlook.office365.com/.default",
      ...application,
    });
    const absolute = url.startsWith("https:") ? url : `${emulator.endpoints.exchange}/${url}`;
    const response = await emulator.fetch(absolute, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
  };
  const run: Exchange["run"] = (cmdlet, parameters = {}) =>
    post(`${BASE}/InvokeCommand`, command(cmdlet, parameters));
  return {
    emulator,
    post,
    run,
    output: async (cmdlet, parameters) =>
      pick((await run(cmdlet, parameters)).body, "value") as unknown[],
  };
}

/** The warnings of an answer. */
export function warningsOf({ body }: Reply): string[] {
  return (body as { "@adminapi.warnings": string[] })["@adminapi.warnings"];
}

/** The address of the next page, if there is one. */
export function nextLinkOf({ body }: Reply): string | undefined {
  return (body as { "@odata.nextLink"?: string })["@odata.nextLink"];
}

export function command(cmdlet: string, parameters: object = {}): object {
  return { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } };
}

export function hashTable(change: { add?: string | string[]; remove?: string | string[] }): object {
  return { "@odata.type": "#Exchange.GenericHashTable", ...change };
}

export async function addUser(emulator: TestEmulator, name: string): Promise<string> {
  const created = await emulator.graph("POST", "/users", {
    body: {
      accountEnabled: true,
      displayName: name,
      mailNickname: name.toLowerCase(),
      userPrincipalName: `${name.toLowerCase()}@contoso.com`,
      usageLocation: "NL",
      passwordProfile: { password: "Only-4-tests!" },
    },
  });
  return pickText(created.body, "id");
}

export async function changeLicenses(
  emulator: TestEmulator,
  userId: string,
  change: "add" | "remove",
): Promise<void> {
  const skus = await emulator.graph("GET", "/subscribedSkus");
  const skuId = pickText(skus.body, "value.0.skuId");
  await emulator.graph("POST", `/users/${userId}/assignLicense`, {
    body: {
      addLicenses: change === "add" ? [{ skuId, disabledPlans: [] }] : [],
      removeLicenses: change === "remove" ? [skuId] : [],
    },
  });
}

/** A user with a mailbox. */
export async function addMailbox(exchange: Exchange, name: string): Promise<string> {
  const id = await addUser(exchange.emulator, name);
  await changeLicenses(exchange.emulator, id, "add");
  return id;
}
