/** A provider for the real engine whose objects are in memory: `things:index:Thing`. */
import grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import pulumi from "@pulumi/pulumi";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";

interface ThingInputs {
  /** Another key is another thing. `fails` makes writing fail, `hangs` makes it wait for `release`. */
  readonly key: string;
  readonly value: string;
}

export class Thing extends pulumi.CustomResource {
  constructor(name: string, inputs: ThingInputs, options?: pulumi.CustomResourceOptions) {
    super("things:index:Thing", name, { ...inputs }, options);
  }
}

export class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("things:index:Group", name);
    this.registerOutputs({ made: name });
  }
}

export interface Things {
  readonly port: number;
  /** What there is, by id. Change it to make drift. */
  readonly objects: Map<string, ThingInputs>;
  /** Aborted when the first thing hangs. */
  readonly hanging: AbortSignal;
  /** Lets what hangs come to its end. */
  release(): void;
  close(): void;
}

export async function serveThings(): Promise<Things> {
  const objects = new Map<string, ThingInputs>();
  const [hanging, released] = [new AbortController(), Promise.withResolvers<undefined>()];
  const server = new grpc.Server();
  server.addService(
    providerGrpc.ResourceProviderService,
    handlers(objects, async () => {
      hanging.abort();
      await released.promise;
    }),
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    objects,
    hanging: hanging.signal,
    release: () => {
      released.resolve(undefined);
    },
    close: () => {
      server.forceShutdown();
    },
  };
}

type Answer = (error: Partial<grpc.ServiceError> | null, response?: unknown) => void;

interface Call<Request> {
  readonly request: Request;
}

const unary =
  <Request, Response>(respond: (request: Request) => Response | Promise<Response>) =>
  ({ request }: Call<Request>, answer: Answer): void => {
    void (async () => {
      try {
        answer(null, await respond(request));
      } catch (error) {
        answer({ code: grpc.status.UNKNOWN, message: String(error) });
      }
    })();
  };

const inputsOf = (properties: structProto.Struct | undefined): ThingInputs =>
  properties?.toJavaScript() as unknown as ThingInputs;
const struct = (inputs: ThingInputs): structProto.Struct =>
  structProto.Struct.fromJavaScript({ ...inputs });

function handlers(
  objects: Map<string, ThingInputs>,
  hang: () => Promise<void>,
): grpc.UntypedServiceImplementation {
  const empty = unary(() => new emptyProto.Empty());
  let count = 0;
  const write = async (id: string, inputs: ThingInputs): Promise<void> => {
    if (inputs.value === "fails") throw new Error("the service refused it");
    if (inputs.value === "hangs") await hang();
    objects.set(id, inputs);
  };
  return {
    handshake: unary(() => new proto.ProviderHandshakeResponse()),
    getSchema: unary(() =>
      new proto.GetSchemaResponse().setSchema('{"name":"things","version":"1.0.0"}'),
    ),
    getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion("1.0.0")),
    attach: empty,
    cancel: empty,
    checkConfig: unary((request: proto.CheckRequest) =>
      new proto.CheckResponse().setInputs(request.getNews()),
    ),
    diffConfig: unary(() => new proto.DiffResponse()),
    configure: unary(() => new proto.ConfigureResponse().setSupportspreview(true)),
    check: unary((request: proto.CheckRequest) =>
      new proto.CheckResponse().setInputs(request.getNews()),
    ),
    diff: unary((request: proto.DiffRequest) => {
      const [old, wanted] = [inputsOf(request.getOldInputs()), inputsOf(request.getNews())];
      const replaces = old.key === wanted.key ? [] : ["key"];
      const changed = [...replaces, ...(old.value === wanted.value ? [] : ["value"])];
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      return new proto.DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(changed)
        .setReplacesList(replaces);
    }),
    create: unary(async (request: proto.CreateRequest) => {
      const inputs = inputsOf(request.getProperties());
      count += 1;
      const id = `thing-${count}`;
      if (!request.getPreview()) await write(id, inputs);
      return new proto.CreateResponse().setId(id).setProperties(struct(inputs));
    }),
    read: unary((request: proto.ReadRequest) => {
      const found = objects.get(request.getId());
      if (found === undefined) return new proto.ReadResponse();
      return new proto.ReadResponse()
        .setId(request.getId())
        .setProperties(struct(found))
        .setInputs(struct(found));
    }),
    update: unary(async (request: proto.UpdateRequest) => {
      const inputs = inputsOf(request.getNews());
      if (!request.getPreview()) await write(request.getId(), inputs);
      return new proto.UpdateResponse().setProperties(struct(inputs));
    }),
    delete: unary((request: proto.DeleteRequest) => {
      objects.delete(request.getId());
      return new emptyProto.Empty();
    }),
  };
}
