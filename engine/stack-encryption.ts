/**
 * What opens the secrets of a stack's state besides the passphrase or key vault: a salt, or an encrypted data key.
 * The engine keeps it in its project's settings of the stack; its project folder is empty in each session, so
 * these few values are kept here. Without them the engine makes new ones, and encrypts the state anew each time.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Workspace } from "../workspace/index.ts";

const stackKeysSchema = z.strictObject({
  secretsProvider: z.string().exactOptional(),
  encryptedKey: z.string().exactOptional(),
  encryptionSalt: z.string().exactOptional(),
});

/** Layout of a deployment of pulumi 3.250, sdk/go/common/apitype (checked 2026-11-26). */
const stateSchema = z.object({
  deployment: z.object({
    secrets_providers: z
      .discriminatedUnion("type", [
        z.object({ type: z.literal("passphrase"), state: z.object({ salt: z.string() }) }),
        z.object({
          type: z.literal("cloud"),
          state: z.object({ url: z.string(), encryptedkey: z.string() }),
        }),
      ])
      .optional(),
  }),
});

export type StackKeys = z.output<typeof stackKeysSchema>;

const pathOf = (workspace: Workspace, stack: string): string =>
  join(workspace.dataDirectory, "stack-keys", `${stack}.json`);

/** What was kept, if it belongs to the secrets provider that is set now. */
export function readStackKeys(workspace: Workspace, stack: string): StackKeys {
  const { secretsProvider } = workspace.settings;
  const asSet = secretsProvider === "passphrase" ? {} : { secretsProvider };
  const path = pathOf(workspace, stack);
  if (!existsSync(path)) return asSet;
  const kept = stackKeysSchema.safeParse(parseJson(readFileSync(path, "utf8")));
  // Losing or damaging it does no harm: the state has them too, or the engine makes new ones.
  if (!kept.success || kept.data.secretsProvider !== asSet.secretsProvider) return asSet;
  return kept.data;
}

/** Whether the engine needs nothing else to open the secrets. */
export const areComplete = ({ encryptedKey, encryptionSalt }: StackKeys): boolean =>
  (encryptedKey ?? encryptionSalt) !== undefined;

/** What opens the secrets of an exported state; undefined while it holds none. */
export function keysInState(exported: unknown): StackKeys | undefined {
  const parsed = stateSchema.safeParse(exported);
  const provider = parsed.data?.deployment.secrets_providers;
  if (provider === undefined) return undefined;
  return provider.type === "passphrase"
    ? { encryptionSalt: provider.state.salt }
    : { secretsProvider: provider.state.url, encryptedKey: provider.state.encryptedkey };
}

export function keepStackKeys(workspace: Workspace, stack: string, found: StackKeys): void {
  // The settings hold configuration too, which is not ours to keep.
  const names = ["secretsProvider", "encryptedKey", "encryptionSalt"] as const;
  const entries = names.flatMap((name) => {
    const value = found[name];
    return value === undefined ? [] : [[name, value]];
  });
  const text = JSON.stringify(Object.fromEntries(entries));
  const path = pathOf(workspace, stack);
  if (text === JSON.stringify(readStackKeys(workspace, stack))) return;
  mkdirSync(join(workspace.dataDirectory, "stack-keys"), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
