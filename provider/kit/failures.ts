/** How a failure travels to the engine over gRPC. */
import grpc from "@grpc/grpc-js";
import anyProto from "google-protobuf/google/protobuf/any_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import statusProto from "@pulumi/pulumi/proto/status_pb.js";
import type { Properties } from "./values.ts";

/** The object exists in the service, but its creation did not come to an end: its id belongs in the state. */
export class InitFailedError extends Error {
  readonly object: { readonly id: string; readonly state: Properties; readonly inputs: Properties };

  constructor(cause: unknown, object: InitFailedError["object"]) {
    super(explain(cause), { cause });
    this.name = "InitFailedError";
    this.object = object;
  }
}

export class NoBackupAccountError extends Error {
  readonly code = "no-backup-account";
  readonly hint = "Set the backup vendor's user name and password (docs/real-tenant.md).";

  constructor() {
    super("No account is configured for the backup vendor");
    this.name = "NoBackupAccountError";
  }
}

export class NoCloudflareTokenError extends Error {
  readonly code = "no-cloudflare-token";
  readonly hint =
    "Set CLOUDFLARE_API_TOKEN to a token that may edit the DNS of this zone (docs/real-tenant.md).";

  constructor() {
    super("No API token is configured for Cloudflare");
    this.name = "NoCloudflareTokenError";
  }
}

interface ExpectedFailure {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

const isExpected = (error: unknown): error is ExpectedFailure =>
  error instanceof Error && "code" in error && "hint" in error;

/** Expected failures are a sentence with what to do next; anything else is our bug and shows its stack. */
function explain(error: unknown): string {
  if (isExpected(error)) return `${error.message} [${error.code}]. ${error.hint}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

export function asServiceError(error: unknown): Partial<grpc.StatusObject> {
  if (!(error instanceof InitFailedError)) {
    return { code: grpc.status.UNKNOWN, details: explain(error) };
  }
  const { id, state, inputs } = error.object;
  const detail = new proto.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(structProto.Struct.fromJavaScript(state as Record<string, JavaScriptValue>))
    .setInputs(structProto.Struct.fromJavaScript(inputs as Record<string, JavaScriptValue>))
    .setReasonsList([error.message]);
  const any = new anyProto.Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new statusProto.Status()
    .setCode(grpc.status.UNKNOWN)
    .setMessage(error.message)
    .setDetailsList([any]);
  // gRPC's own field for structured errors; the Node library does not fill it by itself.
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: error.message, metadata };
}
