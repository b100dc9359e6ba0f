import { createServer } from "node:net";
import type { AddressInfo } from "node:net";

/** Origin of a service on this machine that nobody runs: its port was free a moment ago. */
export async function nobodysOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `https://localhost:${port}`;
}
