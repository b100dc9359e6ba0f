/** What the emulator of a workspace holds, seen with clients that this project did not write. */
import { readFileSync } from "node:fs";
import { Agent as HttpsAgent } from "node:https";
import { ClientCertificateCredential } from "@azure/identity";
import { Client, type FetchOptions } from "@microsoft/microsoft-graph-client";
import { Agent, fetch } from "undici";
import { PRACTICE_CLIENT_ID } from "../../../engine/sandbox.ts";
import { cloudflareToken, promptBehaviour, startEmulator } from "../../../emulator/index.ts";
import type { Emulator } from "../../../emulator/index.ts";
import { backupOperator } from "../../../emulator/veeam/index.ts";
import type { TestWorkspace } from "./workspace.ts";

export interface SeenService {
  /** Microsoft's Graph client, signed in by @azure/identity with the application's certificate. */
  readonly graph: Client;
  /** An answer of SharePoint's REST interface for the site with this address. */
  readonly sharePoint: (site: string, path: string, sent?: Sent) => Promise<Json>;
  /** An answer of the backup vendor's interface, such as `/Jobs`. */
  readonly vendor: (path: string, sent?: Sent) => Promise<Json>;
  /** An answer of Cloudflare's interface to a request of who manages the customer's zone, such as `/zones/…`. */
  readonly cloudflare: (path: string, method?: string, body?: unknown) => Promise<Json>;
  /** Runs a cmdlet of Exchange. */
  readonly exchange: (cmdlet: string, parameters: Json) => Promise<Json>;
}

/** What is posted; MERGE is how SharePoint takes a change. */
interface Sent {
  readonly body?: Json;
  readonly isMerge?: true;
}

export type Json = Readonly<Record<string, unknown>>;

/** Opens the emulator on the workspace's data for as long as `look` takes. */
export async function lookAt<T>(
  workspace: TestWorkspace,
  tenantId: string,
  look: (service: SeenService) => Promise<T>,
): Promise<T> {
  const directory = workspace.data("emulator");
  const emulator = await startEmulator({ directory, behaviour: promptBehaviour });
  const dispatcher = new Agent({ connect: { ca: emulator.certificateAuthorityPem } });
  const agent = new HttpsAgent({ ca: emulator.certificateAuthorityPem });
  const certificate = readFileSync(
    workspace.data("emulator", "application-credentials.json"),
    "utf8",
  );
  const { certificatePem, keyPem } = JSON.parse(certificate) as Record<string, string>;
  const credential = new ClientCertificateCredential(
    tenantId,
    PRACTICE_CLIENT_ID,
    { certificate: `${certificatePem}\n${keyPem}` },
    { authorityHost: emulator.endpoints.login, disableInstanceDiscovery: true, agent },
  );
  try {
    return await look(seenService({ emulator, dispatcher, credential, tenantId }));
  } finally {
    agent.destroy();
    await dispatcher.close();
    await emulator.close();
  }
}

function seenService(open: {
  readonly emulator: Emulator;
  readonly dispatcher: Agent;
  readonly credential: ClientCertificateCredential;
  readonly tenantId: string;
}): SeenService {
  const { dispatcher, credential } = open;
  const { graph, sharePoint, exchange, backup, cloudflare } = open.emulator.endpoints;
  const token = async (scope: string): Promise<string> => (await credential.getToken(scope)).token;
  const ask = async (url: string, bearer: string, sent?: Sent): Promise<Json> => {
    const response = await fetch(url, {
      method: sent === undefined ? "GET" : "POST",
      headers: {
        ...{ authorization: `Bearer ${bearer}`, accept: "application/json" },
        ...(sent?.body && { "content-type": "application/json" }),
        ...(sent?.isMerge && { "x-http-method": "MERGE", "if-match": "*" }),
      },
      ...(sent?.body && { body: JSON.stringify(sent.body) }),
      dispatcher,
    });
    if (!response.ok)
      throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
    const text = await response.text();
    return text === "" ? {} : (JSON.parse(text) as Json);
  };
  return {
    graph: Client.initWithMiddleware({
      baseUrl: graph,
      customHosts: new Set(["localhost"]),
      authProvider: { getAccessToken: () => token("https://graph.microsoft.com/.default") },
      fetchOptions: { dispatcher } as unknown as FetchOptions,
    }),
    sharePoint: async (site, path, sent) => {
      const { host, pathname } = new URL(site);
      const bearer = await token(`https://${host}/.default`);
      return await ask(`${sharePoint.replace("{host}", host)}${pathname}${path}`, bearer, sent);
    },
    cloudflare: async (path, method = "GET", body) => {
      const headers = {
        authorization: `Bearer ${cloudflareToken}`,
        "content-type": "application/json",
      };
      const init = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await fetch(`${cloudflare}${path}`, {
        method,
        headers,
        dispatcher,
        ...init,
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return (await response.json()) as Json;
    },
    exchange: async (cmdlet, parameters) => {
      const bearer = await token("https://outlook.office365.com/.default");
      const body = { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } };
      return await ask(`${exchange}/adminapi/beta/${open.tenantId}/InvokeCommand`, bearer, {
        body,
      });
    },
    vendor: async (path, sent) => {
      const { userName: username, password } = backupOperator;
      const form = {
        grant_type: "password",
        username,
        password,
        disable_antiforgery_token: "true",
      };
      const body = new URLSearchParams(form);
      const answer = await fetch(`${backup}/v8/token`, { method: "POST", body, dispatcher });
      const { access_token: bearer } = (await answer.json()) as { access_token: string };
      return await ask(`${backup}/v8${path}`, bearer, sent);
    },
  };
}
