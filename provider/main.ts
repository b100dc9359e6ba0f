/**
 * The m365 provider as a process of its own, for a full Pulumi installation: prints its port, as the engine's
 * plugin protocol wants, and serves until the engine ends it. The commands of this project do not use it; they
 * serve the provider in their own process.
 */
import { connectionOfEnvironment } from "./environment.ts";
import { m365Package } from "./registry.ts";
import { serveProvider } from "./kit/server.ts";

// Ctrl-C reaches the whole process group. The engine says itself when to stop (Cancel), and then waits.
process.on("SIGINT", () => undefined);

const { port } = await serveProvider(m365Package, (config) =>
  connectionOfEnvironment(config, process.env),
);
process.stdout.write(`${port}\n`);
