/** What the database of a workspace has to do, by the tests of the embedded one, through a server over HTTP. */
import { reaching } from "../state/support/state.ts";
import { startServer } from "./support/server.ts";

reaching.open = async (file) => {
  const server = await startServer({ file });
  const database = server.database();
  return {
    database,
    close: async () => {
      await database.close();
      await server[Symbol.asyncDispose]();
    },
  };
};

await import("../state/record/database-record-store.test.ts");
await import("../state/record/lease-lock.test.ts");
await import("../state/intents/intents.test.ts");
await import("../state/leases/leases.test.ts");
await import("../state/stacks/updates.test.ts");
await import("../state/service/service.test.ts");
