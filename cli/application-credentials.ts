/** With what this program signs in to emulated tenants: made at the first run, never committed. */
import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PemConverter, X509CertificateGenerator } from "@peculiar/x509";

const ALGORITHM = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

const VALID_YEARS = 10;

export interface ApplicationCredentials {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** For the official azuread plugin, which takes no certificate in PEM. */
  readonly clientSecret: string;
}

export async function applicationCredentials(directory: string): Promise<ApplicationCredentials> {
  const path = join(directory, "application-credentials.json");
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const temporary = `${path}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(await makeCredentials()), { mode: 0o600 });
    // Of two commands that start at once the later one wins, whole; the emulator learns either.
    renameSync(temporary, path);
  }
  return JSON.parse(readFileSync(path, "utf8")) as ApplicationCredentials;
}

async function makeCredentials(): Promise<ApplicationCredentials> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const notBefore = new Date();
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + VALID_YEARS);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    { name: "CN=tenantry", keys, notBefore, notAfter, signingAlgorithm: ALGORITHM },
    webcrypto,
  );
  const privateKey = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificatePem: certificate.toString("pem"),
    keyPem: PemConverter.encode(privateKey, "PRIVATE KEY"),
    clientSecret: randomBytes(24).toString("base64url"),
  };
}
