/**
 * Child process: reads a company as `tenantry import` does and writes its tenant file, without the engine's run that
 * fills the state; prints ImportResult.
 */
import type * as GraphModule from "../../../services/microsoft365.ts";
import type * as InventoryModule from "../../../provider/inventory.ts";
import type * as ComponentsModule from "../../../components/index.ts";
import type * as TenantFileModule from "../../../tenant-file/index.ts";
import { timed } from "../measure.ts";
import { compiled } from "../product.ts";
import { CLIENT_ID, peakMemoryMb } from "./protocol.ts";
import type { EmulatorReady, ImportResult } from "./protocol.ts";

const ready = JSON.parse(process.env.SERVICE ?? "{}") as EmulatorReady;
const { createMicrosoft365 } = await compiled<typeof GraphModule>("services/microsoft365.js");
const { takeInventory } = await compiled<typeof InventoryModule>("provider/inventory.js");
const { draftTenant } = await compiled<typeof ComponentsModule>("components/index.js");
const { tenantFileText } = await compiled<typeof TenantFileModule>("tenant-file/index.js");

const { tenantId, endpoints, applicationPem } = ready;
const service = createMicrosoft365({
  ...{ tenantId, endpoints },
  credential: {
    kind: "client-certificate",
    clientId: CLIENT_ID,
    certificatePem: applicationPem,
  },
  trustedCertificatesPem: ready.certificateAuthorityPem,
});
const domains = await service.graph.all<{ id: string; isInitial: boolean }>("/domains");
const initialDomain = domains.find(({ isInitial }) => isInitial)?.id ?? "";
const { value: inventory, ms } = await timed(async () => {
  const connection = { service, backupCredentials: undefined };
  const found = await takeInventory(connection, { tenantId, initialDomain });
  const { draft, remarks } = draftTenant(found, {
    name: "Provider",
    domains: ["provider.example"],
  });
  tenantFileText(draft, remarks);
  return found;
});
const statistics = service.statistics();
await service.close();
const result: ImportResult = {
  people: inventory.people.length,
  groups: inventory.groups.length,
  requests: statistics.reduce((sum, { httpRequests }) => sum + httpRequests, 0),
  throttled: statistics.reduce((sum, { throttled }) => sum + throttled, 0),
  seconds: ms / 1000,
  peakMemoryMb: peakMemoryMb(),
};
process.stdout.write(JSON.stringify(result));
