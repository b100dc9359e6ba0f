/** A client certificate made for this run, as an application signs in with it. */
import { webcrypto } from "node:crypto";
import type { CredentialSource } from "../../../services/index.ts";
import { CLIENT_ID } from "../../emulator/support/emulator.ts";
import { makeCertificate } from "../../services/transport/support/certificate.ts";

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

const pair = (async () =>
  makeCertificate(
    "tests",
    await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]),
  ))();

/** What the client signs in with, and what the tenant must know of it. */
export async function certificateCredential(clientId = CLIENT_ID): Promise<{
  credential: CredentialSource;
  certificatePem: string;
}> {
  const { certificatePem, keyPem } = await pair;
  return {
    credential: {
      kind: "client-certificate",
      clientId,
      certificatePem: `${certificatePem}\n${keyPem}`,
    },
    certificatePem,
  };
}
