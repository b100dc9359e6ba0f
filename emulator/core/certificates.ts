/**
 * The certificate authority and the server certificate for localhost, made at run time and kept in the emulator's
 * directory, so that every process on it and every other program can trust the same authority.
 */
import { randomBytes, webcrypto } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CERTIFIED_NAMES } from "./real-names.ts";

export interface ServerCertificates {
  authorityPem: string;
  certificatePem: string;
  privateKeyPem: string;
  /** PKCS #8 private key that signs access tokens (RS256). */
  tokenKeyPem: string;
}

const VALIDITY_DAYS = 820;
const RENEW_BEFORE_DAYS = 30;
const DAY_MS = 86_400_000;
const FILE = "certificates.json";
const AUTHORITY_FILE = "ca.pem";

interface StoredCertificates extends ServerCertificates {
  expiresMs: number;
  /** Host names of the server beside localhost. */
  names?: readonly string[];
}

let inMemory: Promise<StoredCertificates> | undefined;

/** @param directory where they are kept, or `:memory:` for ones that live as long as this process */
export async function loadCertificates(directory: string): Promise<ServerCertificates> {
  if (directory === ":memory:") {
    inMemory ??= makeCertificates();
    return inMemory;
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return readStored(directory) ?? (await makeStored(directory));
}

function readStored(directory: string): StoredCertificates | undefined {
  const file = join(directory, FILE);
  if (!existsSync(file)) return undefined;
  const stored = parseStored(readFileSync(file, "utf8"));
  const isFresh = (stored?.expiresMs ?? 0) - RENEW_BEFORE_DAYS * DAY_MS > Date.now();
  const isForAll = CERTIFIED_NAMES.every((name) => stored?.names?.includes(name));
  return isFresh && isForAll ? stored : undefined;
}

/** Damaged files are recreated, like expired ones: only this emulator depends on them. */
function parseStored(text: string): StoredCertificates | undefined {
  try {
    return JSON.parse(text) as StoredCertificates;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function makeStored(directory: string): Promise<StoredCertificates> {
  const made = await makeCertificates();
  const file = join(directory, FILE);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, JSON.stringify(made), { mode: 0o600 });
  try {
    if (readStored(directory) === undefined) rmSync(file, { force: true });
    // Two processes may start at once; a hard link is there for the first and fails for the second.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const kept = readStored(directory) ?? made;
  writeFileSync(join(directory, AUTHORITY_FILE), kept.authorityPem, { mode: 0o644 });
  return kept;
}

async function makeCertificates(): Promise<StoredCertificates> {
  // Loaded only here: a start with existing certificates must not pay for it.
  await import("reflect-metadata");
  const x509 = await import("@peculiar/x509");
  x509.cryptoProvider.set(webcrypto);
  const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const [authorityKeys, serverKeys, tokenKeys] = await Promise.all([
    webcrypto.subtle.generateKey(curve, true, ["sign", "verify"]),
    webcrypto.subtle.generateKey(curve, true, ["sign", "verify"]),
    webcrypto.subtle.generateKey(
      {
        name: "RSASSA-PKCS1-v1_5",
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: "SHA-256",
      },
      true,
      ["sign", "verify"],
    ),
  ]);
  const notBefore = new Date(Date.now() - DAY_MS);
  const notAfter = new Date(Date.now() + VALIDITY_DAYS * DAY_MS);
  const authority = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=Tenantry emulator authority",
    serialNumber: randomBytes(8).toString("hex"),
    notBefore,
    notAfter,
    signingAlgorithm: curve,
    keys: authorityKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server = await x509.X509CertificateGenerator.create({
    subject: "CN=localhost",
    issuer: authority.subject,
    serialNumber: randomBytes(8).toString("hex"),
    notBefore,
    notAfter,
    signingAlgorithm: curve,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "dns", value: "localhost" },
        { type: "ip", value: "127.0.0.1" },
        { type: "ip", value: "::1" },
        ...CERTIFIED_NAMES.map((value) => ({ type: "dns" as const, value })),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  return {
    authorityPem: `${authority.toString("pem")}\n`,
    certificatePem: `${server.toString("pem")}\n`,
    privateKeyPem: await toPem(serverKeys.privateKey),
    tokenKeyPem: await toPem(tokenKeys.privateKey),
    expiresMs: notAfter.getTime(),
    names: CERTIFIED_NAMES,
  };
}

/** PKCS #8. */
export async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replaceAll(/(.{64})/g, "$1\n").trimEnd()}\n-----END PRIVATE KEY-----\n`;
}
