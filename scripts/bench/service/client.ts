/**
 * Child process: applies the company through the definitions and the client, then reads all of it back; prints
 * ClientResult. The engine is left out: its time belongs to no request.
 */
import type * as GraphModule from "../../../services/microsoft365.ts";
import type { KeptRelations, Microsoft365, RelationMemory } from "../../../services/index.ts";
import { Gate } from "../../../services/index.ts";
import type { Properties, ResourceContext, ResourceDefinition } from "../../../provider/index.ts";
import type * as LifecycleModule from "../../../provider/kit/lifecycle.ts";
import type * as RegistryModule from "../../../provider/registry.ts";
import { company } from "../company.ts";
import { timed } from "../measure.ts";
import { compiled } from "../product.ts";
import { CLIENT_ID, CLIENT_SECRET, KINDS, peakMemoryMb } from "./protocol.ts";
import type { ClientOrder, ClientResult, Cost, Kind } from "./protocol.ts";
import { resourcesOf } from "./resources.ts";
import type { BenchResource } from "./resources.ts";

const order = JSON.parse(process.env.SERVICE ?? "{}") as ClientOrder;
const { createMicrosoft365 } = await compiled<typeof GraphModule>("services/microsoft365.js");
const lifecycle = await compiled<typeof LifecycleModule>("provider/kit/lifecycle.js");
const { azureadPackage, m365Package } =
  await compiled<typeof RegistryModule>("provider/registry.js");
const definitions = new Map(
  [...azureadPackage.resources, ...m365Package.resources].map((one) => [one.token, one]),
);

const declared = company(order.people);
const resources = resourcesOf(declared);
let service = connect();
let context = contextOf(service);
const made = new Map<string, { readonly id: string; readonly inputs: Properties }>();

const result = order.oneByOne ? await oneByOne() : await together();
await service.close();
process.stdout.write(JSON.stringify({ ...result, peakMemoryMb: peakMemoryMb() }));

function connect(relations?: RelationMemory): Microsoft365 {
  return createMicrosoft365({
    relations,
    tenantId: declared.tenantId,
    endpoints: order.endpoints,
    credential: { kind: "client-secret", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
    trustedCertificatesPem: order.certificateAuthorityPem,
    ...(order.oneByOne ? { limits: { concurrentRequests: 1 } } : {}),
  });
}

function contextOf(connected: Microsoft365): ResourceContext {
  return {
    service: order.oneByOne ? withoutBatches(connected) : connected,
    backup: () => {
      throw new Error("The benchmark has no backup vendor");
    },
    cloudflare: () => {
      throw new Error("The benchmark has no zones");
    },
    lookUp: () => Promise.resolve({ unreachable: "not asked" }),
    tenantId: declared.tenantId,
    signal: new AbortController().signal,
    created: () => undefined,
  };
}

async function together(): Promise<Omit<ClientResult, "peakMemoryMb">> {
  const places = new Gate(order.parallel ?? Number.POSITIVE_INFINITY);
  const apply = await costOf(async () => {
    const done = new Map<string, Promise<void>>();
    for (const resource of resources) {
      const before = resource.after.flatMap((name) => done.get(name) ?? []);
      done.set(
        resource.name,
        Promise.all(before).then(() => places.run(() => create(resource))),
      );
    }
    await Promise.all(done.values());
  });
  const readAll = (): Promise<Cost> =>
    costOf(async () => {
      await Promise.all(resources.map((resource) => places.run(() => readOne(resource))));
    });
  const by = async (relations?: RelationMemory): Promise<Cost> => {
    await service.close();
    service = connect(relations);
    context = contextOf(service);
    return await readAll();
  };
  const readBack = await readAll();
  const read = await by();
  let kept: KeptRelations | undefined;
  const memory: RelationMemory = {
    load: async () => kept,
    save: async (now) => {
      kept = now;
    },
  };
  return { apply, readBack, read, firstLook: await by(memory), secondLook: await by(memory) };
}

async function oneByOne(): Promise<Omit<ClientResult, "peakMemoryMb">> {
  const byKind: Partial<Record<Kind, { apply: Cost; read: Cost }>> = {};
  const all = async (
    kind: Kind,
    work: (resource: BenchResource) => Promise<void>,
  ): Promise<Cost> => {
    const some = resources.filter((resource) => resource.kind === kind);
    return await costOf(async () => {
      for (const resource of some) await work(resource);
    });
  };
  for (const kind of KINDS) {
    byKind[kind] = { apply: await all(kind, create), read: await all(kind, readOne) };
  }
  const measured = byKind as Record<Kind, { apply: Cost; read: Cost }>;
  const sum = (of: "apply" | "read"): Cost => added(KINDS.map((kind) => measured[kind][of]));
  const read = sum("read");
  const looks = { readBack: read, read, firstLook: read, secondLook: read };
  return { apply: sum("apply"), ...looks, byKind: measured };
}

async function create({ name, token, inputs }: BenchResource): Promise<void> {
  const definition = definitionOf(token);
  const values = inputs((other) => objectId(made.get(other)?.id ?? ""));
  const checked = lifecycle.check(
    definition,
    { values, secretKeys: new Set(), unknownKeys: new Set() },
    undefined,
  );
  if (checked.failures.length > 0) throw new Error(`${name}: ${JSON.stringify(checked.failures)}`);
  const { id } = await lifecycle.create(definition, context, { inputs: checked.inputs });
  made.set(name, { id, inputs: checked.inputs });
}

async function readOne({ name, token }: BenchResource): Promise<void> {
  const { id = "", inputs: oldInputs } = made.get(name) ?? {};
  const definition = definitionOf(token);
  const found = await lifecycle.read(definition, context, { id, oldInputs });
  if (found === undefined || oldInputs === undefined) throw new Error(`${name} is not there`);
  const news = found.inputs;
  const { paths } = lifecycle.diff(definition, { oldInputs, news, ignoreChanges: [] });
  if (paths.size > 0) throw new Error(`${name} differs in ${[...paths.keys()].join(", ")}`);
}

function definitionOf(token: string): ResourceDefinition {
  const definition = definitions.get(token);
  if (definition === undefined) throw new Error(`No resource ${token}`);
  return definition;
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const before = counted();
  const { ms } = await timed(work);
  const after = counted();
  return {
    requests: after.requests - before.requests,
    writes: after.writes - before.writes,
    throttled: after.throttled - before.throttled,
    seconds: ms / 1000,
  };
}

function counted(): Omit<Cost, "seconds"> {
  const counts = { requests: 0, writes: 0, throttled: 0 };
  for (const { operation, httpRequests, calls, throttled } of service.statistics()) {
    const isWrite = !operation.startsWith("GET ") && operation !== "POST /$batch";
    counts.requests += httpRequests;
    counts.writes += isWrite ? calls : 0;
    counts.throttled += throttled;
  }
  return counts;
}

function added(costs: readonly Cost[]): Cost {
  const sum = { requests: 0, writes: 0, throttled: 0, seconds: 0 };
  for (const cost of costs) {
    sum.requests += cost.requests;
    sum.writes += cost.writes;
    sum.throttled += cost.throttled;
    sum.seconds += cost.seconds;
  }
  return sum;
}

/** What a client that knows neither batches nor listings sends. */
function withoutBatches(batching: Microsoft365): Microsoft365 {
  const { graph } = batching;
  return {
    ...batching,
    graph: {
      ...graph,
      get: (path, options) => graph.get(path, { ...options, batch: false }),
      tryGet: (path, options) => graph.tryGet(path, { ...options, batch: false }),
      tryGetOneOf: ({ path, query = "", version = "v1.0" }, id) =>
        graph.tryGet(`${path}/${id}?${query}`, { version, batch: false }),
      post: (path, body, options) => graph.post(path, body, { ...options, batch: false }),
      patch: (path, body, options) => graph.patch(path, body, { ...options, batch: false }),
    },
  };
}

/** The official plugin's ids are paths. */
function objectId(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}
