/**
 * The engine's resource provider protocol on top of resource definitions: the only file that knows gRPC.
 * `pulumi.provider.main` is not used because it drops configuration, preview support, old inputs and
 * detailed diffs. Source: @pulumi/pulumi 3.250 proto/provider_pb (checked 2026-11-22).
 */
import grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { typeOfUrn } from "../../core/urn.ts";
import { listenOnLoopback } from "./loopback.ts";
import type { Ahead } from "./ahead.ts";
import type { ProviderPackage } from "./package.ts";
import type { ResourceContext, ResourceDefinition } from "./define.ts";
import type { Properties } from "./values.ts";
import { decode, encode } from "./values.ts";
import { differences } from "./diff.ts";
import { diffResponse } from "./diff-response.ts";
import { bringBack } from "./bring-back.ts";
import { contextOf } from "./connection.ts";
import { wasRefused } from "./earlier-run.ts";
import type { Connection } from "./connection.ts";
import { asServiceError, InitFailedError } from "./failures.ts";
import { packageSchema } from "./schema.ts";
import { adopt, findAdoptable, takeOver } from "./adopt.ts";
import type { ServeOptions } from "./serve-options.ts";
import * as lifecycle from "./lifecycle.ts";

export interface ProviderServer {
  /** Loopback port on which the engine attaches (PULUMI_DEBUG_PROVIDERS). */
  readonly port: number;
  close(): Promise<void>;
}

/** Makes the connection to the tenant; called on the first read or write, never in a preview. */
export type Connect = (config: Properties) => Promise<Connection>;

/** Serves one package on a free loopback port. */
export async function serveProvider(
  providerPackage: ProviderPackage,
  connect: Connect,
  options: ServeOptions = {},
): Promise<ProviderServer> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": 100 * 1024 * 1024 });
  const handlers = new Handlers(providerPackage, { connect, ...options });
  server.addService(providerGrpc.ResourceProviderService, handlers.service());
  const port = await listenOnLoopback(server);
  return {
    port,
    close: async () => {
      server.forceShutdown();
      await handlers.disconnect();
    },
  };
}

type Unary<Request, Response> = (request: Request) => Response | Promise<Response>;

class Handlers {
  readonly #package: ProviderPackage;
  readonly #options: ServeOptions & { readonly connect: Connect };
  readonly #definitions: ReadonlyMap<string, ResourceDefinition>;
  #cancelled = new AbortController();
  #config: Properties = {};
  #connection: Promise<Connection> | undefined;

  constructor(
    providerPackage: ProviderPackage,
    options: ServeOptions & { readonly connect: Connect },
  ) {
    this.#package = providerPackage;
    this.#options = options;
    this.#definitions = new Map(providerPackage.resources.map((entry) => [entry.token, entry]));
  }

  async disconnect(): Promise<void> {
    await (await this.#connection)?.service.close();
  }

  service(): grpc.UntypedServiceImplementation {
    return {
      handshake: unary(() =>
        new proto.ProviderHandshakeResponse()
          .setAcceptSecrets(true)
          .setAcceptOutputs(true)
          .setAcceptResources(false),
      ),
      getSchema: unary(() =>
        new proto.GetSchemaResponse().setSchema(JSON.stringify(packageSchema(this.#package))),
      ),
      getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion(this.#package.version)),
      attach: unary(() => new emptyProto.Empty()),
      cancel: unary(() => {
        this.#cancelled.abort();
        return new emptyProto.Empty();
      }),
      checkConfig: unary((request: proto.CheckRequest) => this.#checkConfig(request)),
      diffConfig: unary((request: proto.DiffRequest) => this.#diffConfig(request)),
      configure: unary((request: proto.ConfigureRequest) => this.#configure(request)),
      check: unary((request: proto.CheckRequest) => this.#check(request)),
      diff: unary((request: proto.DiffRequest) => this.#diff(request)),
      create: unary((request: proto.CreateRequest) => this.#create(request)),
      read: unary((request: proto.ReadRequest) => this.#read(request)),
      update: unary((request: proto.UpdateRequest) => this.#update(request)),
      delete: unary((request: proto.DeleteRequest) => this.#delete(request)),
    };
  }

  #definition(urn: string): ResourceDefinition {
    return this.#definitionOf(typeOfUrn(urn));
  }

  #definitionOf(token: string): ResourceDefinition {
    const definition = this.#definitions.get(token);
    if (!definition) throw new Error(`${this.#package.name} serves no resource ${token}`);
    return definition;
  }

  /** The context of one call; `created` remembers the id for a failure later in the call. */
  async #context(
    remember: (id: string, outputs: Properties) => void,
    begunAt?: Date,
  ): Promise<ResourceContext> {
    this.#connection ??= this.#options.connect(this.#config);
    return contextOf(await this.#connection, {
      begunAt,
      signal: this.#cancelled.signal,
      created: (id, outputs = {}) => {
        remember(id, outputs);
      },
      ahead: this.#ahead(false),
    });
  }

  #ahead(isAhead: boolean): Ahead {
    return {
      isAhead,
      steps: (type) => (this.#options.planned?.() ?? []).filter((step) => step.type === type),
      carryOut: async ({ type, id, before }, news) => {
        const context = { ...(await this.#context(notCreating)), ahead: this.#ahead(true) };
        await lifecycle.update(this.#definitionOf(type), context, { id, news, oldInputs: before });
      },
    };
  }

  #secretKeys(definition: ResourceDefinition, seen: ReadonlySet<string> = new Set()): Set<string> {
    return new Set([...(definition.secrets ?? []), ...seen]);
  }

  #checkConfig(request: proto.CheckRequest): proto.CheckResponse {
    const news = decode(structToObject(request.getNews()));
    const own = Object.entries(news.values).filter(([key]) => !ENGINE_KEYS.has(key));
    const parsed = this.#package.config.safeParse(Object.fromEntries(own));
    const response = new proto.CheckResponse().setInputs(
      toStruct(encode(news.values, news.secretKeys)),
    );
    for (const issue of parsed.error?.issues ?? []) {
      const failure = new proto.CheckFailure()
        .setProperty(issue.path.join("."))
        .setReason(issue.message);
      response.addFailures(failure);
    }
    return response;
  }

  #diffConfig(request: proto.DiffRequest): proto.DiffResponse {
    const olds = decode(structToObject(request.getOldInputs() ?? request.getOlds())).values;
    const changes = differences(olds, decode(structToObject(request.getNews())).values);
    // Another tenant is another world: everything in it is a different object.
    return diffResponse(changes, new Set(changes.has("tenantId") ? ["tenantId"] : []));
  }

  #configure(request: proto.ConfigureRequest): proto.ConfigureResponse {
    this.#config = decode(structToObject(request.getArgs())).values;
    // Attached providers outlive an operation, and every operation ends with a cancel.
    this.#cancelled = new AbortController();
    return new proto.ConfigureResponse()
      .setAcceptsecrets(true)
      .setAcceptoutputs(true)
      .setSupportspreview(true);
  }

  #check(request: proto.CheckRequest): proto.CheckResponse {
    const definition = this.#definition(request.getUrn());
    const news = decode(structToObject(request.getNews()));
    const olds = request.getOlds();
    const checked = lifecycle.check(
      definition,
      news,
      olds === undefined ? undefined : decode(structToObject(olds)).values,
    );
    const wire = encode(checked.inputs, this.#secretKeys(definition, news.secretKeys));
    const response = new proto.CheckResponse().setInputs(toStruct(wire));
    for (const { property, reason } of checked.failures) {
      response.addFailures(new proto.CheckFailure().setProperty(property).setReason(reason));
    }
    return response;
  }

  #diff(request: proto.DiffRequest): proto.DiffResponse {
    const definition = this.#definition(request.getUrn());
    const { paths, replaces } = lifecycle.diff(definition, {
      oldInputs: decode(structToObject(request.getOldInputs())).values,
      oldOutputs: decode(structToObject(request.getOlds())).values,
      news: decode(structToObject(request.getNews())).values,
      ignoreChanges: request.getIgnorechangesList(),
    });
    return diffResponse(paths, replaces)
      .setDeletebeforereplace(definition.deleteBeforeReplace ?? false)
      .setStablesList(Object.keys(definition.outputs.shape));
  }

  async #create(request: proto.CreateRequest): Promise<proto.CreateResponse> {
    const definition = this.#definition(request.getUrn());
    const inputs = decode(structToObject(request.getProperties()));
    const secrets = this.#secretKeys(definition, inputs.secretKeys);
    const urn = request.getUrn();
    if (request.getPreview()) {
      if (this.#options.adoptions?.isAsked(urn) === true) {
        const context = await this.#context(notCreating);
        const found = await findAdoptable(definition, context, inputs.values);
        this.#options.adoptions.found.set(urn, found);
        return created(found, secrets);
      }
      const promised = lifecycle.previewCreate(definition, inputs.values);
      return new proto.CreateResponse().setProperties(toStruct(encode(promised, secrets)));
    }
    if (this.#options.adopted !== undefined) {
      const is = {
        id: this.#options.adopted(typeOfUrn(urn), inputs.values),
        inputs: inputs.values,
      };
      return created(await adopt(definition, await this.#context(notCreating), is), secrets);
    }
    const there = this.#options.adoptions?.found.get(urn);
    if (there !== undefined) {
      const change = { inputs: inputs.values, base: there };
      return created(await takeOver(definition, await this.#context(notCreating), change), secrets);
    }
    let known: { id: string; state: Properties } | undefined;
    const begunAt = await this.#options.intents?.begin(urn);
    const context = await this.#context((id, outputs) => {
      known = { id, state: { ...inputs.values, ...outputs, [UNFINISHED]: true } };
    }, begunAt);
    try {
      const base = this.#options.baseOf?.(urn);
      const made =
        this.#options.comesBack?.(urn) === true
          ? await bringBack(definition, context, inputs.values)
          : await lifecycle.create(definition, context, { inputs: inputs.values, base });
      return created(made, secrets);
    } catch (error) {
      // What an earlier run may have left stays to be looked for.
      if (known === undefined && begunAt === undefined && wasRefused(error)) {
        await this.#options.intents?.withdraw(urn);
      }
      if (known === undefined) throw error;
      throw new InitFailedError(error, {
        id: known.id,
        state: encode(known.state, secrets),
        inputs: encode(inputs.values, secrets),
      });
    }
  }

  async #read(request: proto.ReadRequest): Promise<proto.ReadResponse> {
    const definition = this.#definition(request.getUrn());
    const inputs = decode(structToObject(request.getInputs()));
    const found = await lifecycle.read(definition, await this.#context(notCreating), {
      id: request.getId(),
      oldInputs: inputs.values,
      acceptances: this.#options.acceptances?.(request.getUrn()) ?? [],
    });
    if (found === undefined) return new proto.ReadResponse().setId("");
    const secrets = this.#secretKeys(definition, inputs.secretKeys);
    return new proto.ReadResponse()
      .setId(found.id)
      .setInputs(toStruct(encode(found.inputs, secrets)))
      .setProperties(toStruct(encode(found.state, secrets)));
  }

  async #update(request: proto.UpdateRequest): Promise<proto.UpdateResponse> {
    const definition = this.#definition(request.getUrn());
    const news = decode(structToObject(request.getNews()));
    const olds = decode(structToObject(request.getOlds()));
    const secrets = this.#secretKeys(definition, news.secretKeys);
    const state = request.getPreview()
      ? lifecycle.previewUpdate(definition, news.values, olds.values)
      : await lifecycle.update(definition, await this.#context(notCreating), {
          id: request.getId(),
          news: news.values,
          oldInputs: decode(structToObject(request.getOldInputs())).values,
          oldOutputs: olds.values,
          isUnfinished: olds.values[UNFINISHED] === true,
        });
    return new proto.UpdateResponse().setProperties(toStruct(encode(state, secrets)));
  }

  async #delete(request: proto.DeleteRequest): Promise<emptyProto.Empty> {
    if (this.#options.isReleased?.(request.getUrn()) === true) return new emptyProto.Empty();
    const definition = this.#definition(request.getUrn());
    await lifecycle.remove(definition, await this.#context(notCreating), {
      id: request.getId(),
      oldInputs: decode(structToObject(request.getOldInputs())).values,
    });
    return new emptyProto.Empty();
  }
}

/** Inputs of a provider resource by which the engine finds the plugin; they are not configuration. */
const ENGINE_KEYS: ReadonlySet<string> = new Set([
  "version",
  "pluginDownloadURL",
  "pluginChecksums",
]);

const created = (
  { id, state }: { readonly id: string; readonly state: Properties },
  secrets: ReadonlySet<string>,
): proto.CreateResponse =>
  new proto.CreateResponse().setId(id).setProperties(toStruct(encode(state, secrets)));

/** In the state of an object whose creation did not come to an end: the next update finishes it. */
const UNFINISHED = "__unfinished";

/** Reads, updates and deletes have their id already. */
const notCreating = (): void => undefined;

function unary<Request, Response>(
  handle: Unary<Request, Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(asServiceError(error));
        },
      );
  };
}

const structToObject = (struct: structProto.Struct | undefined): Properties =>
  struct?.toJavaScript() ?? {};

const toStruct = (properties: Properties): structProto.Struct =>
  structProto.Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
