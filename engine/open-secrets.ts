/** Whether a state opens with what is at hand, by having the engine open it: no program, no tenant, no change. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { readSetup } from "../workspace/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { Engine, stackName } from "./automation.ts";
import { openStateBackend } from "./state-backend.ts";

export interface SecretsOptions {
  readonly workspace: Workspace;
  readonly stack: string;
  /** Of this call alone, and empty. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** @throws ExpectedError `wrong-passphrase`, `state-unavailable`, `interrupted` */
export async function openStateSecrets(options: SecretsOptions): Promise<void> {
  const { workspace, stack, folder, signal } = options;
  const workDir = join(folder, "project");
  await mkdir(workDir, { recursive: true });
  const state = await openStateBackend({ workspace, folder, name: stackName(stack) });
  try {
    const engine = await Engine.open({
      ...{ workspace, setup: readSetup(), stack, workDir, state, signal },
      program: () => undefined,
      providerPorts: new Map(),
      policyPort: 0,
      pluginEnvironment: {},
      refresh: false,
    });
    try {
      await engine.openSecrets();
    } finally {
      engine.close();
    }
  } finally {
    await state.close();
  }
}
