import grpc from "@grpc/grpc-js";

/** @returns the free port of 127.0.0.1 on which the server listens */
export async function listenOnLoopback(server: grpc.Server): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}
