/** Client assertions: proof by certificate or by another party's token instead of a secret. */
import { X509Certificate, createHash, createPublicKey } from "node:crypto";
import type { ApplicationCredentials } from "../core/tenants.ts";
import { signInFailure } from "./errors.ts";
import { isSignedBy, readJwt, type ReadToken } from "./jwt.ts";

export interface AssertionContext {
  credentials: ApplicationCredentials;
  assertion: string;
  nowMs: number;
  /** Values that the assertion's `aud` may have when it is signed by a certificate. */
  tokenEndpoints: readonly string[];
}

const CLOCK_SKEW_SECONDS = 300;

/** Throws the sign-in failure that Entra would answer; returns when the assertion is good. */
export function checkAssertion(context: AssertionContext): void {
  const token = readJwt(context.assertion);
  if (token === undefined) {
    throw signInFailure(700027, "Client assertion is not a well formed JSON Web Token.");
  }
  const nowSeconds = context.nowMs / 1000;
  if (Number(token.claims.exp ?? 0) + CLOCK_SKEW_SECONDS < nowSeconds) {
    throw signInFailure(700024, "Client assertion is not within its valid time range.");
  }
  if (token.claims.iss === context.credentials.id) checkCertificate(token, context);
  else checkFederated(token, context.credentials);
}

function checkCertificate(token: ReadToken, context: AssertionContext): void {
  const { credentials } = context;
  const certificate = credentials.certificatePems
    .map((pem) => new X509Certificate(pem))
    .find((candidate) => hasThumbprint(candidate, token.header));
  if (certificate === undefined) {
    throw signInFailure(
      700027,
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '${credentials.id}'.]`,
    );
  }
  const isForUs = context.tokenEndpoints.includes(String(token.claims.aud));
  if (
    !isSignedBy(token, certificate.publicKey) ||
    token.claims.sub !== credentials.id ||
    !isForUs
  ) {
    throw signInFailure(700027, "Client assertion failed signature validation.");
  }
}

function hasThumbprint(certificate: X509Certificate, header: Record<string, unknown>): boolean {
  const digest = (algorithm: string): Buffer =>
    createHash(algorithm).update(certificate.raw).digest();
  const matches = (value: unknown, expected: Buffer): boolean =>
    typeof value === "string" && Buffer.from(value, "base64url").equals(expected);
  return (
    matches(header["x5t#S256"], digest("sha256")) ||
    matches(header.x5t, digest("sha1")) ||
    // The azuread plugin names the certificate here: its SHA-1 thumbprint in base64url.
    matches(header.kid, digest("sha1"))
  );
}

function checkFederated(token: ReadToken, credentials: ApplicationCredentials): void {
  const { iss, sub, aud } = token.claims;
  const match = credentials.federated.find(
    (candidate) =>
      candidate.issuer === iss &&
      candidate.subject === sub &&
      candidate.audiences.includes(String(aud)),
  );
  if (match === undefined) {
    throw signInFailure(
      700213,
      `No matching federated identity record found for presented assertion subject '${String(sub)}'. Please check your federated identity credential Subject, Audience and Issuer against the presented assertion.`,
    );
  }
  if (!isSignedBy(token, createPublicKey(match.publicKeyPem))) {
    throw signInFailure(700027, "Client assertion failed signature validation.");
  }
}
