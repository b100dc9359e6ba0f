/** Another process on the same directory: starts an emulator of its own and makes groups through it. */
import { startEmulator } from "../../../emulator/index.ts";
import { groups } from "../../../emulator/entities/collections.ts";

const [directory = "", tenantId = "", count = "0"] = process.argv.slice(2);
const emulator = await startEmulator({ directory });
for (let index = 0; index < Number(count); index += 1) {
  emulator.state.write(tenantId, (scope) => {
    const id = scope.newId();
    scope.store.insert(
      groups,
      { id, displayName: `Group of ${process.pid}`, groupTypes: [] },
      scope.nowMs,
    );
  });
}
await emulator.close();
