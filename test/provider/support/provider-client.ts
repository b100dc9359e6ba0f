/** The engine's side of the provider protocol, for tests: a real gRPC client. */
import grpc from "@grpc/grpc-js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import { answered } from "../../support/grpc.ts";

export { proto };

export type Wire = Record<string, unknown>;

export class ProviderClient {
  readonly #client: InstanceType<typeof providerGrpc.ResourceProviderClient>;

  constructor(port: number) {
    this.#client = new providerGrpc.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
  }

  close(): void {
    this.#client.close();
  }

  getSchema = (request: proto.GetSchemaRequest): Promise<proto.GetSchemaResponse> =>
    answered((done) => this.#client.getSchema(request, done));

  checkConfig = (request: proto.CheckRequest): Promise<proto.CheckResponse> =>
    answered((done) => this.#client.checkConfig(request, done));

  diffConfig = (request: proto.DiffRequest): Promise<proto.DiffResponse> =>
    answered((done) => this.#client.diffConfig(request, done));

  check = (request: proto.CheckRequest): Promise<proto.CheckResponse> =>
    answered((done) => this.#client.check(request, done));

  diff = (request: proto.DiffRequest): Promise<proto.DiffResponse> =>
    answered((done) => this.#client.diff(request, done));

  create = (request: proto.CreateRequest): Promise<proto.CreateResponse> =>
    answered((done) => this.#client.create(request, done));

  read = (request: proto.ReadRequest): Promise<proto.ReadResponse> =>
    answered((done) => this.#client.read(request, done));

  update = (request: proto.UpdateRequest): Promise<proto.UpdateResponse> =>
    answered((done) => this.#client.update(request, done));

  delete = (request: proto.DeleteRequest): Promise<unknown> =>
    answered((done) => this.#client.delete(request, done));
}

/** What the engine puts into the state when a creation was interrupted, if the error says so. */
export function initFailureOf(error: unknown): proto.ErrorResourceInitFailed | undefined {
  const { metadata } = error as grpc.ServiceError;
  const [bytes] = metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(bytes)) return undefined;
  const [detail] = statusProto.Status.deserializeBinary(bytes).getDetailsList();
  return detail && proto.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
}
