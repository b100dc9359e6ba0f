import { ServiceFailure } from "../core/failure.ts";
import type { AccessToken } from "../core/workload.ts";
import { isSignedBy, readJwt, type SigningKey } from "./jwt.ts";

export interface TokenRequest extends AccessToken {
  origin: string;
  nowMs: number;
  lifetimeSeconds: number;
  displayName: string;
  tokenId: string;
}

/** Makes and checks access tokens of the form that the directory issues to applications (version 1.0). */
export class AccessTokens {
  readonly #key: SigningKey;
  readonly #checked = new Map<string, { token: AccessToken; expiresMs: number }>();

  constructor(key: SigningKey) {
    this.#key = key;
  }

  issue(request: TokenRequest): string {
    const nowSeconds = Math.floor(request.nowMs / 1000);
    const issuer = `${request.origin}/${request.tenantId}/`;
    return this.#key.sign({
      aud: request.audience,
      iss: issuer,
      iat: nowSeconds,
      nbf: nowSeconds,
      exp: nowSeconds + request.lifetimeSeconds,
      app_displayname: request.displayName,
      appid: request.appId,
      appidacr: request.credential === "certificate" ? "2" : "1",
      idp: issuer,
      idtyp: "app",
      oid: request.objectId,
      roles: request.roles,
      scp: "",
      sub: request.objectId,
      tid: request.tenantId,
      uti: request.tokenId,
      ver: "1.0",
    });
  }

  /** @throws ServiceFailure 401 InvalidAuthenticationToken when the token is malformed, forged or expired */
  verify(bearer: string, nowMs: number): AccessToken {
    const checked = this.#checked.get(bearer) ?? this.#check(bearer);
    if (checked.expiresMs <= nowMs) {
      throw refused("Lifetime validation failed, the token is expired.");
    }
    return checked.token;
  }

  #check(bearer: string): { token: AccessToken; expiresMs: number } {
    const read = readJwt(bearer);
    if (read === undefined) throw refused("CompactToken parsing failed with error code: 80049217");
    if (!isSignedBy(read, this.#key.publicKey)) {
      throw refused("Access token validation failure. Invalid signature.");
    }
    const { claims } = read;
    const checked = {
      expiresMs: Number(claims.exp) * 1000,
      token: {
        tenantId: String(claims.tid),
        appId: String(claims.appid),
        objectId: String(claims.oid),
        audience: String(claims.aud),
        roles: claims.roles as string[],
        credential: claims.appidacr === "2" ? ("certificate" as const) : ("secret" as const),
      },
    };
    this.#checked.set(bearer, checked);
    return checked;
  }
}

function refused(message: string): ServiceFailure {
  return new ServiceFailure(401, "InvalidAuthenticationToken", { message });
}
