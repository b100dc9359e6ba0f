/** A platform that signs tokens, on loopback: discovery, keys, and claims as GitHub writes them. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface Issuer extends AsyncDisposable {
  readonly url: string;
  /** With the claims of a job on main in `production`, unless others are given. */
  token(
    claims?: Readonly<Record<string, unknown>>,
    header?: { readonly alg?: string; readonly kid?: string },
  ): Promise<string>;
}

const REPOSITORY = "voorbeeld/tenants";

export async function startIssuer(audience: string): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256", use: "sig" };
  let url = "";
  const server = createServer((request, response) => {
    const documents: Readonly<Record<string, object>> = {
      "/.well-known/openid-configuration": { issuer: url, jwks_uri: `${url}/keys` },
      "/keys": { keys: [jwk] },
    };
    const document = documents[request.url ?? ""];
    response.writeHead(document === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(document ?? {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let count = 0;
  return {
    url,
    token: async (claims = {}, { alg = "RS256", kid = "one" } = {}) => {
      count += 1;
      const now = Math.floor(Date.now() / 1000);
      return await new SignJWT({
        ...{ iss: url, aud: audience, iat: now, nbf: now, exp: now + 300, jti: `job-${count}` },
        ...{ sub: `repo:${REPOSITORY}:environment:production`, repository: REPOSITORY },
        ...{ repository_id: "4711", ref: "refs/heads/main", environment: "production" },
        ...claims,
      })
        .setProtectedHeader({ alg, kid, typ: "JWT" })
        .sign(privateKey);
    },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
