/** A world whose application signs in with a certificate, as SharePoint demands. */
import { CLIENT_ID, contoso } from "../../emulator/support/emulator.ts";
import { certificateCredential } from "./certificate.ts";
import { startWorld } from "./world.ts";
import type { World, WorldOptions } from "./world.ts";

export const FINANCE_URL = "https://contoso.sharepoint.com/sites/finance";

export async function startSharePointWorld(options: WorldOptions = {}): Promise<World> {
  const { credential, certificatePem } = await certificateCredential();
  const world = await startWorld({ ...options, credential });
  world.emulator.addTenant({
    ...contoso,
    applications: [{ clientId: CLIENT_ID, certificatePem }],
  });
  return world;
}
