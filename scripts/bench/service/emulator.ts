/**
 * Child process: the emulator with documented quotas and a slow network, and an empty company of the given size.
 * Called as `emulator.ts <folder> <people> <latencyMs>`; speaks EmulatorReady and EmulatorEnd.
 */
import type * as EmulatorModule from "../../../emulator/index.ts";
import { company } from "../company.ts";
import { compiled } from "../product.ts";
import { CLIENT_ID, CLIENT_SECRET, peakMemoryMb } from "./protocol.ts";
import type { EmulatorEnd, EmulatorReady } from "./protocol.ts";

const [directory = "", people = "", latencyMs = ""] = process.argv.slice(2);
const { startEmulator } = await compiled<typeof EmulatorModule>("emulator/index.js");
const emulator = await startEmulator({
  directory,
  behaviour: { quotas: true, latencyMs: Number(latencyMs) },
});
const { tenantId, initialDomain, domain, sku } = company(Number(people));
emulator.addTenant({
  tenantId,
  displayName: "Company",
  initialDomain,
  domains: [domain],
  subscribedSkus: [{ skuPartNumber: sku, enabledUnits: Number(people) }],
  applications: [{ clientId: CLIENT_ID, displayName: "Benchmark", clientSecret: CLIENT_SECRET }],
});
const { endpoints, certificateAuthorityPem } = emulator;
process.send?.({ endpoints, certificateAuthorityPem } satisfies EmulatorReady);
process.once("message", () => {
  process.send?.({ peakMemoryMb: peakMemoryMb() } satisfies EmulatorEnd);
  void emulator.close().then(() => {
    process.disconnect();
  });
});
