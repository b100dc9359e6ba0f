/**
 * Entry of the pack for a full Pulumi installation (`--policy-pack dist/policies`): serves itself to the engine,
 * which reads the port. The commands serve the same pack in their own process (engine/session.ts).
 */
import { policyPack } from "./pack.ts";
import { servePolicies } from "./server.ts";

// Not awaited: Pulumi's runner loads this file with `require`, which takes no module that waits.
void servePolicies(policyPack).then(({ port }) => {
  process.stdout.write(`${port}\n`);
});
