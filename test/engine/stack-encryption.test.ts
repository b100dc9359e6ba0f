import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepStackKeys, keysInState, readStackKeys } from "../../engine/stack-encryption.ts";
import type { Workspace } from "../../workspace/workspace.ts";

const VAULT = "azurekeyvault://vault.vault.azure.net/keys/tenantry";

describe("what opens a stack's secrets", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "tenantry-keys-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const workspace = (secretsProvider = "passphrase"): Workspace => ({
    root: folder,
    stacksDirectory: join(folder, "stacks"),
    dataDirectory: folder,
    settings: {
      service: "emulator",
      azuread: "drop-in",
      state: "file",
      secretsProvider,
      backupUrl: undefined,
    },
  });

  it("is kept from session to session, without the configuration that stands beside it", () => {
    const settings = { encryptionSalt: "v1:salt", config: { "a:b": "c" } };
    keepStackKeys(workspace(), "contoso", settings);
    expect(readStackKeys(workspace(), "contoso")).toEqual({ encryptionSalt: "v1:salt" });
    expect(readStackKeys(workspace(), "fabrikam")).toEqual({});
  });

  it("names the key vault from the first session on", () => {
    expect(readStackKeys(workspace(VAULT), "contoso")).toEqual({ secretsProvider: VAULT });
    keepStackKeys(workspace(VAULT), "contoso", { secretsProvider: VAULT, encryptedKey: "abc" });
    expect(readStackKeys(workspace(VAULT), "contoso")).toEqual({
      secretsProvider: VAULT,
      encryptedKey: "abc",
    });
  });

  it("is not taken for another secrets provider than the one it was made for", () => {
    keepStackKeys(workspace(), "contoso", { encryptionSalt: "v1:salt" });
    expect(readStackKeys(workspace(VAULT), "contoso")).toEqual({ secretsProvider: VAULT });
  });

  it.each(["", "{", '{"config":{}}'])("is made anew when the file is damaged: %j", (text) => {
    mkdirSync(join(folder, "stack-keys"));
    writeFileSync(join(folder, "stack-keys", "contoso.json"), text);
    expect(readStackKeys(workspace(), "contoso")).toEqual({});
  });

  it("is found in a state that holds secrets, of either kind", () => {
    const state = (provider?: object) => ({
      version: 3,
      deployment: { resources: [], secrets_providers: provider },
    });
    const salt = "v1:salt";
    expect(keysInState(state({ type: "passphrase", state: { salt } }))).toEqual({
      encryptionSalt: salt,
    });
    expect(
      keysInState(state({ type: "cloud", state: { url: VAULT, encryptedkey: "key" } })),
    ).toEqual({ secretsProvider: VAULT, encryptedKey: "key" });
    expect(keysInState(state())).toBeUndefined();
  });
});
