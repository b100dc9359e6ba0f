/**
 * Child process: the emulator with documented quotas and a slow network, and a company of the given size: empty, or
 * `filled` past the wire. Called as `emulator.ts <folder> <people> <latencyMs> [filled]`; speaks EmulatorReady and
 * EmulatorEnd.
 */
import type * as EmulatorModule from "../../../emulator/index.ts";
import { company } from "../company.ts";
import { compiled } from "../product.ts";
import { CLIENT_ID, CLIENT_SECRET, peakMemoryMb } from "./protocol.ts";
import type { EmulatorEnd, EmulatorReady } from "./protocol.ts";

const [directory = "", people = "", latencyMs = "", filled] = process.argv.slice(2);
const { makeApplicationCertificate, startEmulator } =
  await compiled<typeof EmulatorModule>("emulator/index.js");
const emulator = await startEmulator({
  directory,
  behaviour: { quotas: true, latencyMs: Number(latencyMs) },
});
const application = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
const { certificatePem, keyPem } = await makeApplicationCertificate("Benchmark");
const tenantId =
  filled === undefined ? addEmpty(Number(people)) : addFilled(Number(people), certificatePem);
const { endpoints, certificateAuthorityPem } = emulator;
process.send?.({
  ...{ endpoints, certificateAuthorityPem, tenantId },
  applicationPem: `${certificatePem}\n${keyPem}`,
} satisfies EmulatorReady);
process.once("message", () => {
  process.send?.({ peakMemoryMb: peakMemoryMb() } satisfies EmulatorEnd);
  void emulator.close().then(() => {
    process.disconnect();
  });
});

function addEmpty(size: number): string {
  const { tenantId: id, initialDomain, domain, sku } = company(size);
  emulator.addTenant({
    ...{ tenantId: id, displayName: "Company", initialDomain, domains: [domain] },
    subscribedSkus: [{ skuPartNumber: sku, enabledUnits: size }],
    applications: [{ ...application, displayName: "Benchmark" }],
  });
  return id;
}

function addFilled(size: number, pem: string): string {
  const { seed } = emulator.addSampleTenant({
    ...{ people: size, ...application, certificatePem: pem },
  });
  return seed.tenantId;
}
