/** A certificate with which an application signs in, made at run time. */
import { randomBytes, webcrypto } from "node:crypto";
import { toPem } from "./certificates.ts";

export interface ApplicationCertificate {
  certificatePem: string;
  /** PKCS #8. */
  keyPem: string;
}

/** Ten years: nothing renews what is kept beside an emulated tenant. */
const VALIDITY_MS = 3650 * 86_400_000;
const CLOCK_SKEW_MS = 86_400_000;

/** Self-signed, RSA 2048: what @azure/identity signs with. */
export async function makeApplicationCertificate(name: string): Promise<ApplicationCertificate> {
  // Loaded only here: a start with existing certificates must not pay for it.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto);
  const signingAlgorithm = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: "SHA-256",
  };
  const keys = await webcrypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    serialNumber: randomBytes(8).toString("hex"),
    notBefore: new Date(Date.now() - CLOCK_SKEW_MS),
    notAfter: new Date(Date.now() + VALIDITY_MS),
    signingAlgorithm,
    keys,
  });
  return {
    certificatePem: `${certificate.toString("pem")}\n`,
    keyPem: await toPem(keys.privateKey),
  };
}
