/** A tenant on the emulator with the real client, and one resource in it as the engine would drive it. */
import { afterEach } from "vitest";
import type { LookUp } from "../../../core/dns-records.ts";
import type { Behaviour } from "../../../emulator/index.ts";
import { cloudflareToken, realisticBehaviour } from "../../../emulator/index.ts";
import { createMicrosoft365 } from "../../../services/microsoft365.ts";
import type { CredentialSource, Microsoft365, RestClient } from "../../../services/index.ts";
import type { ResourceContext } from "../../../provider/kit/define.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startTestEmulator,
  TENANT_ID,
} from "../../emulator/support/emulator.ts";
import type { TestEmulator } from "../../emulator/support/emulator.ts";
import { VirtualClock } from "../../services/transport/support/virtual-clock.ts";

export interface World {
  readonly emulator: TestEmulator;
  readonly service: Microsoft365;
  readonly clock: VirtualClock;
  readonly context: ResourceContext;
  /** Id that a resource announced before it was ready, and what it said of it. */
  readonly announced: { id: string; outputs: Readonly<Record<string, unknown>> }[];
  /** The same tenant as another process sees it: with a client that knows of nothing that was done before. */
  another(): World;
  /** Requests that change something, as `METHOD route`, since the last call of this function. */
  writes(): string[];
}

export interface WorldOptions {
  readonly behaviour?: Partial<Behaviour>;
  readonly credential?: CredentialSource;
  /** How long one call may go on trying; the client's own deadline unless told. */
  readonly deadlineMs?: number;
  /** What DNS says; that there is nothing unless told. */
  readonly lookUp?: LookUp;
  readonly backup?: (service: Microsoft365) => RestClient;
}

const open: Microsoft365[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});

/** Contoso with late visibility on two replicas, in virtual time. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const behaviour = { ...realisticBehaviour, quotas: false, ...options.behaviour };
  const clock = new VirtualClock();
  const emulator = await startTestEmulator({ behaviour, clock: clock.forServer() });
  // A tenant that was made a moment ago would not be readable everywhere.
  await clock.sleep(60_000);
  return worldOf({ emulator, clock, options });
}

interface Place {
  readonly emulator: TestEmulator;
  readonly clock: VirtualClock;
  readonly options: WorldOptions;
}

function worldOf(place: Place): World {
  const { emulator, clock, options } = place;
  const service = createMicrosoft365({
    tenantId: TENANT_ID,
    endpoints: emulator.endpoints,
    credential: options.credential ?? {
      kind: "client-secret",
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
    },
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    clock,
    random: () => 0.5,
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  open.push(service);
  const announced: World["announced"] = [];
  const context: ResourceContext = {
    service,
    backup: () => {
      if (options.backup === undefined) throw new Error("This test has no backup vendor");
      return options.backup(service);
    },
    cloudflare: () => service.cloudflare(cloudflareToken),
    lookUp: options.lookUp ?? (() => Promise.resolve({ values: [] })),
    tenantId: TENANT_ID,
    signal: new AbortController().signal,
    created: (id, outputs = {}) => {
      announced.push({ id, outputs });
    },
  };
  let seen = 0;
  return {
    emulator,
    service,
    clock,
    context,
    announced,
    another: () => worldOf(place),
    writes: () => {
      const entries = emulator.requestLog.entries().slice(seen);
      seen = emulator.requestLog.entries().length;
      return entries
        .filter(({ method, route }) => method !== "GET" && !isNoWrite(route))
        .map(({ method, route }) => `${method} ${route}`);
    },
  };
}

/** Until every replica has seen everything. */
export async function settle(world: World): Promise<void> {
  await world.clock.sleep(60_000);
}

const isNoWrite = (route: string): boolean => route.includes("token") || route.endsWith("/$batch");
