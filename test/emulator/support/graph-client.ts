import { Client, type FetchOptions } from "@microsoft/microsoft-graph-client";
import type { TestEmulator } from "./emulator.ts";

/** Microsoft's own Graph client, told only the host, the certificate authority and how to get a token. */
export function graphClient(emulator: TestEmulator): Client {
  return Client.initWithMiddleware({
    baseUrl: emulator.endpoints.graph,
    customHosts: new Set(["localhost"]),
    authProvider: { getAccessToken: () => emulator.token() },
    fetchOptions: { dispatcher: emulator.agent } as unknown as FetchOptions,
  });
}
