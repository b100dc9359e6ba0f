/** Microsoft 365 on the loopback interface. README.md lists the differences from the real service. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { addTenant } from "./add-tenant.ts";
import { realisticBehaviour, type Behaviour } from "./core/behaviour.ts";
import { loadCertificates } from "./core/certificates.ts";
import { systemClock, type Clock } from "./core/clock.ts";
import { Database } from "./core/database.ts";
import { FaultPlan } from "./core/faults.ts";
import { startForwarder } from "./core/forwarder.ts";
import { Pipeline } from "./core/pipeline.ts";
import { QuotaLedger } from "./core/quota.ts";
import { MICROSOFT_LOGIN_HOSTS } from "./core/real-names.ts";
import { RequestLog, type RequestListener } from "./core/request-log.ts";
import { WorkloadRouter } from "./core/router.ts";
import { EmulatorState } from "./core/scope.ts";
import { startServer } from "./core/server.ts";
import { statusPage } from "./core/status-page.ts";
import { exportTenant, importTenant, type TenantExport } from "./core/tenant-export.ts";
import type { TenantSeed } from "./core/tenant-seed.ts";
import { REGISTRY, tenantRecords } from "./core/tenants.ts";
import { seedTenant } from "./seed-tenant.ts";
import { approveRelationship } from "./entities/delegated-admin.ts";
import { createGraph } from "./graph/workload.ts";
import { sampleTenant, type SampleOptions, type SampleTenant } from "./people.ts";
import { graphParts, workloads as otherWorkloads } from "./registry.ts";
import { AccessTokens } from "./sign-in/access-tokens.ts";
import { SigningKey } from "./sign-in/jwt.ts";
import { createSignIn } from "./sign-in/workload.ts";

export interface EmulatorOptions {
  /** Where state and certificates lie; several emulators may use it at once. `:memory:` for none. */
  directory: string;
  /** Port on 127.0.0.1; any free one when left out. */
  port?: number;
  clock?: Clock;
  /** Decides ids and faults. */
  seed?: number;
  /** Differences from `realisticBehaviour`. */
  behaviour?: Partial<Behaviour>;
  /** Also starts a proxy for clients that know Microsoft's host names only, and takes assertions signed for them. */
  realNames?: boolean;
  /** Told of each request when it has been answered. */
  onRequest?: RequestListener;
}

/** Base URLs of the services, without trailing slash. */
export interface Endpoints {
  login: string;
  graph: string;
  /** With `{host}` for the SharePoint host name. */
  sharePoint: string;
  exchange: string;
  partnerCenter: string;
  backup: string;
  azure: string;
  cloudflare: string;
}

export interface Emulator {
  /** `https://localhost:<port>`. */
  origin: string;
  endpoints: Endpoints;
  /** `http://127.0.0.1:<port>`: a proxy that brings Microsoft's host names here; only with `realNames`. */
  proxy: string | undefined;
  /** Clients must trust this certificate authority; also in the directory as `ca.pem`. */
  certificateAuthorityPem: string;
  state: EmulatorState;
  clock: Clock;
  /** In force; a change counts from the next request on. */
  behaviour: Behaviour;
  requestLog: RequestLog;
  /** Creates the tenant, or adds to it what the seed has more; never takes anything away. */
  addTenant(seed: TenantSeed): void;
  /** Creates a believable company of that size, and says who is in it. */
  addSampleTenant(options: SampleOptions): SampleTenant;
  exportTenant(tenantId: string): TenantExport;
  /** @throws TenantExportError when it is not an exported tenant, or is there already */
  importTenant(content: unknown): void;
  /**
   * What the customer's Global Administrator does by hand: approves a partner's relation that waits for it.
   * @returns false where none waits under this id
   */
  approveRelationship(id: string): boolean;
  close(): Promise<void>;
}

const DEFAULT_SEED = 1;

/** @throws PortError when the port is not free */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { directory, clock = systemClock, seed = DEFAULT_SEED } = options;
  const behaviour = { ...realisticBehaviour, ...options.behaviour };
  const certificates = await loadCertificates(directory);
  if (directory !== ":memory:") mkdirSync(directory, { recursive: true, mode: 0o700 });
  const database = new Database(
    directory === ":memory:" ? directory : join(directory, "state.sqlite"),
  );
  const key = new SigningKey(certificates.tokenKeyPem);
  const tokens = new AccessTokens(key);
  const services = [createGraph(graphParts), ...otherWorkloads];
  const authorities =
    options.realNames === true ? MICROSOFT_LOGIN_HOSTS.map((host) => `https://${host}`) : [];
  const workloads = [...services, createSignIn({ key, tokens, services, authorities })];
  const state = new EmulatorState({ database, clock, behaviour, seed, workloads });
  const requestLog = new RequestLog(options.onRequest);
  const pipeline = new Pipeline({
    state,
    router: new WorkloadRouter(workloads),
    faults: new FaultPlan(seed, behaviour),
    quotas: new QuotaLedger(database),
    log: requestLog,
    clock,
    behaviour,
    verifyToken: (token, nowMs) => tokens.verify(token, nowMs),
  });
  const server = await startServer({
    pipeline,
    certificates,
    port: options.port ?? 0,
    statusPage: () => statusPage({ state, log: requestLog, clock, behaviour }),
  }).catch((error: unknown) => {
    database.close();
    throw error;
  });
  const origin = `https://localhost:${server.port}`;
  state.origin = origin;
  const forwarder =
    options.realNames === true
      ? await startForwarder({ port: server.port, authorityPem: certificates.authorityPem })
      : undefined;
  return {
    origin,
    endpoints: endpointsAt(origin),
    proxy: forwarder?.url,
    certificateAuthorityPem: certificates.authorityPem,
    state,
    clock,
    behaviour,
    requestLog,
    addTenant: (tenant) => {
      state.write(tenant.tenantId, (scope) => {
        addTenant(scope, tenant);
      });
    },
    addSampleTenant: (sampleOptions) => {
      const sample = sampleTenant({ seed, ...sampleOptions });
      state.write(sample.seed.tenantId, (scope) => {
        addTenant(scope, sample.seed);
        seedTenant(scope, sample);
      });
      return sample;
    },
    exportTenant: (tenantId) => {
      const tenantData = workloads.map((workload) => ({
        tenant: workload.name,
        ids: state.peek(workload.name, (scope) => workload.tenantData?.(scope, tenantId) ?? []),
      }));
      return exportTenant(database, { tenantId, tenantData });
    },
    importTenant: (content) => {
      importTenant(database, content);
    },
    approveRelationship: (id) =>
      state.write(REGISTRY, (scope) =>
        scope.store
          .list(tenantRecords)
          .some(({ object }) => approveRelationship(scope.tenant(object.id), id)),
      ),
    close: async () => {
      await forwarder?.close();
      await server.close();
      database.close();
    },
  };
}

function endpointsAt(origin: string): Endpoints {
  return {
    login: origin,
    graph: origin,
    sharePoint: `${origin}/sharepoint/{host}`,
    exchange: `${origin}/exchange`,
    partnerCenter: `${origin}/partnercenter`,
    backup: `${origin}/veeam`,
    azure: `${origin}/azure`,
    cloudflare: `${origin}/cloudflare`,
  };
}
