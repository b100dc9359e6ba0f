import type { webcrypto } from "node:crypto";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export interface PemPair {
  certificatePem: string;
  keyPem: string;
}

/** A certificate of its own authority for `commonName`, good for a day. */
export async function makeCertificate(
  commonName: string,
  ownKeys?: webcrypto.CryptoKeyPair,
): Promise<PemPair> {
  const keys = ownKeys ?? (await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]));
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 86_400_000),
    keys,
    signingAlgorithm: ownKeys ? ownKeys.privateKey.algorithm : ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: commonName }]),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificatePem: certificate.toString("pem"),
    keyPem: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}

/** Keys of the kind that sign client assertions. */
export function makeRsaKeys(): Promise<webcrypto.CryptoKeyPair> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}
