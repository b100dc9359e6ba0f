/** A device with a passkey, in software: what it returns is laid out as WebAuthn Level 3 says (§6.1, read 2026-11-28). */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { keyId } from "../../approval/keys.ts";
import type { Envelope } from "../../approval/dsse.ts";
import type { Passkey } from "../../approval/passkeys.ts";

export type Algorithm = "ES256" | "EdDSA" | "RS256";
type Signature = Envelope["signatures"][number];

const sha256 = (bytes: string | Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

/** What a test has go wrong. */
export interface Misuse {
  readonly type?: string;
  readonly origin?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  readonly relyingPartyId?: string;
  /** Of the authenticator data; user present and verified. */
  readonly flags?: number;
  readonly counter?: number;
  readonly privateKey?: KeyObject;
}

export class Authenticator {
  readonly passkey: Passkey;
  readonly publicKey: string;
  readonly keyId: string;
  readonly privateKey: KeyObject;

  constructor(algorithm: Algorithm = "ES256", origin = "https://portal.example.com") {
    const pair = {
      ES256: () => generateKeyPairSync("ec", { namedCurve: "prime256v1" }),
      EdDSA: () => generateKeyPairSync("ed25519"),
      RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
    }[algorithm]();
    this.privateKey = pair.privateKey;
    this.publicKey = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    this.keyId = keyId(this.publicKey);
    this.passkey = {
      credentialId: randomBytes(16).toString("base64url"),
      relyingPartyId: new URL(origin).hostname,
      origin,
      isManaged: false,
    };
  }

  sign(challenge: Uint8Array, misuse: Misuse = {}): Signature {
    const { type = "webauthn.get", origin = this.passkey.origin, topOrigin } = misuse;
    const { crossOrigin = false, relyingPartyId = this.passkey.relyingPartyId } = misuse;
    const { flags = 0x05, counter = 0, privateKey = this.privateKey } = misuse;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(counter, 1);
    const authenticatorData = Buffer.concat([sha256(relyingPartyId), tail]);
    const clientDataJSON = Buffer.from(
      JSON.stringify({
        ...{ type, challenge: Buffer.from(challenge).toString("base64url"), origin, crossOrigin },
        ...(topOrigin !== undefined && { topOrigin }),
      }),
    );
    const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
    const digest = privateKey.asymmetricKeyType === "ed25519" ? null : "sha256";
    return {
      keyid: this.keyId,
      sig: sign(digest, signed, privateKey).toString("base64"),
      webauthn: {
        authenticatorData: authenticatorData.toString("base64"),
        clientDataJSON: clientDataJSON.toString("base64"),
      },
    };
  }
}
