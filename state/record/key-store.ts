/**
 * Private keys of the people who work on this machine: one PKCS#8 PEM file per address, readable by its owner
 * only. The folder comes from the caller.
 */
import { randomUUID } from "node:crypto";
import { chmod, link, mkdir, open, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { ExpectedError } from "../../core/expected-error.ts";
import {
  email as emailSchema,
  generateKey,
  normalizeEmail,
  readPrivateKey,
  writePrivateKey,
} from "../../approval/index.ts";
import type { SigningKey } from "../../approval/index.ts";

export interface KeyStore {
  /** @throws ExpectedError `key-exists`, `passphrase-too-short`. */
  create(email: string, passphrase?: string): Promise<SigningKey>;
  /**
   * @throws ExpectedError `key-missing`, `key-file-open`, `passphrase-needed`, `passphrase-wrong`,
   * `key-malformed`.
   */
  load(email: string, passphrase?: string): Promise<SigningKey>;
  /** Addresses for which a key file is there, sorted. */
  list(): Promise<string[]>;
}

const SUFFIX = ".key.pem";

export function keyStore(folder: string): KeyStore {
  return {
    async create(email, passphrase) {
      const file = fileOf(folder, email);
      const key = generateKey();
      const pem = writePrivateKey(key, passphrase);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      await writeNew(file, pem, email);
      return key;
    },

    async load(email, passphrase) {
      const file = fileOf(folder, email);
      let pem: string;
      try {
        await requirePrivate(file);
        pem = await readFile(file, "utf8");
      } catch (error) {
        if (!isCode(error, "ENOENT")) throw error;
        throw new ExpectedError(
          "key-missing",
          `No key of ${normalizeEmail(email)} on this machine.`,
          { hint: "Create one and have it registered, or use the machine that has it." },
        );
      }
      return readPrivateKey(pem, passphrase);
    },

    async list() {
      let files: string[];
      try {
        files = await readdir(folder);
      } catch (error) {
        if (isCode(error, "ENOENT")) return [];
        throw error;
      }
      return files
        .filter((file) => file.endsWith(SUFFIX))
        .map((file) => decodeURIComponent(file.slice(0, -SUFFIX.length)))
        .sort();
    },
  };
}

function fileOf(folder: string, email: string): string {
  const parsed = emailSchema.safeParse(normalizeEmail(email));
  if (!parsed.success) {
    throw new ExpectedError("email-malformed", "Not a valid e-mail address for a key.", {
      hint: "Give an address such as name@example.com.",
    });
  }
  return path.join(folder, `${encodeURIComponent(parsed.data)}${SUFFIX}`);
}

/** Whole or not at all: another command may read it at the same moment. */
async function writeNew(file: string, pem: string, email: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  const handle = await open(draft, "wx", 0o600);
  try {
    await handle.writeFile(pem);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
    throw new ExpectedError(
      "key-exists",
      `A key of ${normalizeEmail(email)} already exists on this machine.`,
      { hint: "Use it, or move the file away first to create a new one." },
    );
  } finally {
    await rm(draft);
  }
}

/** As ssh does: a key that others on the machine can read is not used. */
async function requirePrivate(file: string): Promise<void> {
  const { mode } = await stat(file);
  if (process.platform === "win32" || (mode & 0o077) === 0) return;
  throw new ExpectedError(
    "key-file-open",
    "Other users of this machine can read the private key.",
    { hint: "Set its permissions to 600; if others use this machine, have a new key registered." },
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
