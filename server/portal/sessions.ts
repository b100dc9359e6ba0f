/**
 * Who is signed in, by a passkey over a challenge that is good once. Kept in the database, so that every process knows it
 * and signing out ends it everywhere; each request asks the record again whether the person still decides.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { isSignedBy, stackName } from "../../approval/index.ts";
import type { PasskeySignature } from "../../approval/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { openLedger, passkeyHolders } from "../../operations/index.ts";
import type { PasskeyHolder, RecordPorts } from "../../operations/index.ts";
import type { StateDatabase } from "../../state/index.ts";
import { hashOf, newToken } from "../tokens.ts";
import { TEXTS } from "./texts.ts";

const CHALLENGE_MS = 10 * 60_000;
const SESSION_MS = 60 * 60_000;

const keptSchema = z.strictObject({ portal: stackName, keyId: z.string() });
const challengeSchema = z.strictObject({ portalChallenge: stackName, nonce: z.string() });
const clientData = z.object({ challenge: z.string().max(100) });

export interface PortalSession {
  readonly holder: PasskeyHolder;
  readonly csrf: string;
  readonly token: string;
}

export interface SessionPorts {
  readonly database: StateDatabase;
  readonly ports: RecordPorts;
}

const challengeOf = (nonce: string): Buffer =>
  createHash("sha256").update(signedIn(nonce)).digest();
/** Begins like no statement, so that signing in can never be read as a decision. */
const signedIn = (nonce: string): Buffer => Buffer.from(`tenantry-sign-in/v1\n${nonce}`);

/** @returns what the passkey is to sign, base64url */
export async function beginSignIn({ database }: SessionPorts, stack: string): Promise<string> {
  const nonce = newToken();
  const challenge = challengeOf(nonce).toString("base64url");
  await database.run("beginSession", {
    used: { id: `portal-begin/${challenge}`, expires: Date.now() + CHALLENGE_MS },
    hash: hashOf(challenge),
    access: JSON.stringify({ portalChallenge: stack, nonce }),
    lifetime: CHALLENGE_MS,
  });
  return challenge;
}

/** @returns the token of the session @throws ExpectedError `passkey-refused` */
export async function finishSignIn(
  { database, ports }: SessionPorts,
  asked: {
    readonly stack: string;
    readonly credentialId: string;
    readonly signature: PasskeySignature;
  },
): Promise<string> {
  const { stack, credentialId, signature } = asked;
  const challenge = challengeIn(signature);
  const begun = await database.run("findSession", hashOf(challenge));
  const known = challengeSchema.safeParse(jsonOf(begun)).data;
  const { record } = await openLedger(ports, stack);
  const holder = passkeyHolders(record, ports.now()).find(
    ({ passkey }) => passkey.credentialId === credentialId,
  );
  const isTheirs =
    known?.portalChallenge === stack &&
    holder !== undefined &&
    isSignedBy(holder, signature, signedIn(known.nonce));
  if (!isTheirs) throw refused();
  const token = newToken();
  const isFirst = await database.run("beginSession", {
    used: { id: `portal/${challenge}`, expires: Date.now() + CHALLENGE_MS },
    hash: hashOf(token),
    access: JSON.stringify({ portal: stack, keyId: holder.keyId }),
    lifetime: SESSION_MS,
  });
  if (!isFirst) throw refused();
  return token;
}

/** Undefined: there is none, it is over or of another tenant, or the person does not decide any more. */
export async function findPortalSession(
  { database, ports }: SessionPorts,
  { stack, token }: { readonly stack: string; readonly token: string },
): Promise<PortalSession | undefined> {
  const kept = keptSchema.safeParse(jsonOf(await database.run("findSession", hashOf(token)))).data;
  if (kept?.portal !== stack) return undefined;
  const { record } = await openLedger(ports, stack);
  const holder = passkeyHolders(record, ports.now()).find(({ keyId }) => keyId === kept.keyId);
  return holder && { holder, token, csrf: hashOf(`csrf ${token}`) };
}

function challengeIn({ webauthn }: PasskeySignature): string {
  const text = Buffer.from(webauthn.clientDataJSON, "base64").toString("utf8");
  const parsed = clientData.safeParse(jsonOf(text));
  if (!parsed.success) throw refused();
  return parsed.data.challenge;
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const refused = (): ExpectedError =>
  new ExpectedError("passkey-refused", TEXTS.unknownPasskey, {
    hint: {
      nl: "Kies een andere passkey, of vraag uw beheerder om een link.",
      en: "Choose another passkey, or ask your provider for a link.",
    },
  });
