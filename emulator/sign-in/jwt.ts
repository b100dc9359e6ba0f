/** JSON Web Tokens: made with the emulator's key, read with anybody's. */
import {
  createPrivateKey,
  createPublicKey,
  createHash,
  createSign,
  createVerify,
  constants,
  type KeyObject,
} from "node:crypto";

export type Claims = Record<string, unknown>;

export interface ReadToken {
  header: Claims;
  claims: Claims;
  /** What was signed. */
  signed: string;
  signature: Buffer;
}

export class SigningKey {
  readonly #privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly keyId: string;

  constructor(privateKeyPem: string) {
    this.#privateKey = createPrivateKey(privateKeyPem);
    this.publicKey = createPublicKey(this.#privateKey);
    this.keyId = createHash("sha256")
      .update(this.publicKey.export({ type: "spki", format: "der" }))
      .digest("base64url");
  }

  sign(claims: Claims): string {
    const header = encode({ typ: "JWT", alg: "RS256", kid: this.keyId, x5t: this.keyId });
    const signed = `${header}.${encode(claims)}`;
    return `${signed}.${createSign("RSA-SHA256").update(signed).sign(this.#privateKey, "base64url")}`;
  }

  /** The public key as one entry of a JSON Web Key Set. */
  toJsonWebKey(): Claims {
    return {
      ...this.publicKey.export({ format: "jwk" }),
      use: "sig",
      alg: "RS256",
      kid: this.keyId,
      x5t: this.keyId,
    };
  }
}

/** @returns undefined when the text is not a three-part token */
export function readJwt(token: string): ReadToken | undefined {
  const [header, claims, signature, ...rest] = token.split(".");
  if (header === undefined || claims === undefined || signature === undefined || rest.length > 0)
    return undefined;
  try {
    return {
      header: decode(header),
      claims: decode(claims),
      signed: `${header}.${claims}`,
      signature: Buffer.from(signature, "base64url"),
    };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function isSignedBy(token: ReadToken, key: KeyObject): boolean {
  const verify = createVerify("RSA-SHA256").update(token.signed);
  if (token.header.alg === "PS256") {
    return verify.verify(
      { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
      token.signature,
    );
  }
  return token.header.alg === "RS256" && verify.verify(key, token.signature);
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): Claims {
  return JSON.parse(Buffer.from(part, "base64url").toString("utf8")) as Claims;
}
