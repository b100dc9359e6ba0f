/** What the tests' clients of the engine's protocols share. */
import type grpc from "@grpc/grpc-js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

type Callback<Response> = (error: grpc.ServiceError | null, response: Response) => void;

export async function answered<Response>(
  send: (callback: Callback<Response>) => void,
): Promise<Response> {
  return await new Promise((resolve, reject) => {
    send((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}

export const struct = (properties: Readonly<Record<string, unknown>>): structProto.Struct =>
  structProto.Struct.fromJavaScript(properties as Record<string, JavaScriptValue>);
