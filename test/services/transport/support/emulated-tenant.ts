/** A tenant in the emulator and our client for it, on one virtual clock. */
import { onTestFinished } from "vitest";
import { promptBehaviour, startEmulator, type Emulator } from "../../../../emulator/index.ts";
import { createMicrosoft365 } from "../../../../services/microsoft365.ts";
import type { Microsoft365, Microsoft365Options } from "../../../../services/transport/types.ts";
import { VirtualClock } from "./virtual-clock.ts";

const TENANT_ID = "11111111-2222-4333-8444-555555555555";
const CLIENT_ID = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
const CLIENT_SECRET = "only-for-tests";

export interface EmulatedTenant {
  client: Microsoft365;
  /** A client that sees no faults of its own making: same emulator, other options. */
  connect(options?: Partial<Microsoft365Options>): Microsoft365;
  clock: VirtualClock;
  emulator: Emulator;
}

export async function emulatedTenant(
  options: {
    seed?: number;
    behaviour?: Partial<typeof promptBehaviour>;
    client?: Partial<Microsoft365Options>;
    certificatePem?: string;
  } = {},
): Promise<EmulatedTenant> {
  const clock = new VirtualClock();
  const emulator = await startEmulator({
    directory: ":memory:",
    clock: clock.forServer(),
    seed: options.seed ?? 1,
    behaviour: { ...promptBehaviour, ...options.behaviour },
  });
  emulator.addTenant({
    tenantId: TENANT_ID,
    displayName: "Contoso",
    initialDomain: "contoso.onmicrosoft.com",
    domains: ["contoso.com"],
    subscribedSkus: [{ skuPartNumber: "SPB", enabledUnits: 25 }],
    applications: [
      {
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
        ...(options.certificatePem === undefined ? {} : { certificatePem: options.certificatePem }),
      },
    ],
  });
  // What the tenant starts with becomes visible late too; it is older than the test.
  await clock.sleep(options.behaviour?.visibilityDelayMs ?? 0);
  const clients: Microsoft365[] = [];
  const connect = (more: Partial<Microsoft365Options> = {}) => {
    const client = createMicrosoft365({
      tenantId: TENANT_ID,
      endpoints: emulator.endpoints,
      credential: { kind: "client-secret", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
      trustedCertificatesPem: emulator.certificateAuthorityPem,
      clock,
      ...more,
    });
    clients.push(client);
    return client;
  };
  onTestFinished(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await emulator.close();
  });
  return { client: connect(options.client), connect, clock, emulator };
}

/** The body that makes a person. */
export function person(name: string) {
  return {
    accountEnabled: true,
    displayName: `Person ${name}`,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.com`,
    usageLocation: "NL",
    passwordProfile: { password: "Tijdelijk-1", forceChangePasswordNextSignIn: true },
  };
}
