/**
 * Trust for practice on the emulator: two engineers of a provider that does not exist, and everybody's keys on this
 * machine, made when they are first needed. A newcomer sees the whole way without a ceremony.
 */
import { ExpectedError } from "../../core/expected-error.ts";
import type { SigningKey, TrustRoots } from "../../approval/index.ts";
import type { Keyring, Trust } from "../ports.ts";

/** Two, since one never decides alone. */
const ENGINEERS = ["Practice Engineer One", "Practice Engineer Two"] as const;

const PURPOSES: TrustRoots["keys"][number]["purposes"] = ["bootstrap", "application", "lock-break"];

const emailOf = (name: string): string =>
  `${name.toLowerCase().replaceAll(" ", "-")}@practice.example`;

export function sandboxTrust(keys: Keyring): Trust {
  const keyOf = async (email: string): Promise<SigningKey> => {
    if ((await keys.list()).includes(email)) return await keys.load(email);
    try {
      return await keys.create(email);
    } catch (error) {
      // Another command made it at the same moment.
      if (error instanceof ExpectedError && error.code === "key-exists") return keys.load(email);
      throw error;
    }
  };
  return {
    roots: async () => ({
      version: 1,
      keys: await Promise.all(
        ENGINEERS.map(async (name) => {
          const email = emailOf(name);
          const { publicKey } = await keyOf(email);
          return { name, email, publicKey, purposes: PURPOSES, revokedAt: null };
        }),
      ),
    }),
    applier: async () => {
      const email = emailOf(ENGINEERS[0]);
      return { email, key: await keyOf(email) };
    },
    sandbox: {
      publicKeyOf: async (email) => (await keyOf(email)).publicKey,
      registrationSigners: async ({ count, emails }) => {
        const signers = emails === "provider" ? ENGINEERS.map(emailOf) : emails;
        return await Promise.all(signers.slice(0, count).map((email) => keys.load(email)));
      },
    },
  };
}
