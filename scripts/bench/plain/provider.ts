/**
 * A plain provider process, to compare with: one resource is one fact, made with one request, one at a time.
 * Serves any type: inputs `path` and `body` are what is posted; the id is what the service gives, else the path.
 */
import grpc from "@grpc/grpc-js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { PlainEnvironment } from "./environment.ts";

const environment = JSON.parse(process.env.PLAIN ?? "{}") as PlainEnvironment;
const MOST_ATTEMPTS = 50;
const PAUSE_MS = 200;

async function fetchToken(): Promise<string> {
  const { origin, tenantId, clientId, clientSecret } = environment;
  const response = await fetch(`${origin}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

let token: Promise<string> | undefined;

async function post(path: string, body: unknown): Promise<string> {
  token ??= fetchToken();
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${environment.origin}/v1.0${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${await token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.ok) return text === "" ? path : ((JSON.parse(text) as { id?: string }).id ?? path);
    // New objects are readable a moment later.
    const isLate = response.status === 404 || response.status === 400 || response.status === 429;
    if (!isLate || attempt === MOST_ATTEMPTS)
      throw new Error(`${path}: ${response.status} ${text}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

type Properties = Record<string, unknown>;
const toObject = (struct: structProto.Struct | undefined): Properties =>
  struct?.toJavaScript() ?? {};
const toStruct = (properties: Properties): structProto.Struct =>
  structProto.Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);

function unary<Request, Response>(
  handle: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => handle(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: grpc.status.UNKNOWN, message: String(error) });
        },
      );
  };
}

const server = new grpc.Server();
server.addService(providerGrpc.ResourceProviderService, {
  getPluginInfo: unary(() => new pluginProto.PluginInfo().setVersion("1.0.0")),
  checkConfig: unary((request: proto.CheckRequest) =>
    new proto.CheckResponse().setInputs(request.getNews()),
  ),
  diffConfig: unary(() => new proto.DiffResponse()),
  configure: unary(() => new proto.ConfigureResponse().setSupportspreview(true)),
  cancel: unary(() => new emptyProto.Empty()),
  check: unary((request: proto.CheckRequest) =>
    new proto.CheckResponse().setInputs(request.getNews()),
  ),
  diff: unary((request: proto.DiffRequest) => {
    const olds = JSON.stringify(toObject(request.getOldInputs()));
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    const isSame = olds === JSON.stringify(toObject(request.getNews()));
    return new proto.DiffResponse().setChanges(isSame ? DIFF_NONE : DIFF_SOME);
  }),
  create: unary(async (request: proto.CreateRequest) => {
    const inputs = toObject(request.getProperties());
    const response = new proto.CreateResponse().setProperties(toStruct(inputs));
    if (request.getPreview()) return response;
    return response.setId(await post(String(inputs.path), inputs.body));
  }),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});
