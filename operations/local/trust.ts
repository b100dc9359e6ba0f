/**
 * Whose keys count in a workspace. On a real tenant: the provider's trust roots, a file of the workspace that its
 * engineers keep, and the registrations in the record. In the sandbox both are made on the first approval.
 */
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { normalizeEmail, trustRootsSchema } from "../../approval/index.ts";
import type { TrustRoots } from "../../approval/index.ts";
import { isSandbox } from "../../workspace/index.ts";
import type { Workspace } from "../../workspace/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { readJsonFile } from "../../core/json-file.ts";
import type { Keyring, Trust } from "../ports.ts";
import { sandboxTrust } from "./sandbox-trust.ts";

const TRUST_ROOTS_FILE = "trust-roots.json";

/** @param own.applier address whose key signs what an apply did */
export function workspaceTrust(
  workspace: Workspace,
  own: { readonly keys: Keyring; readonly applier: string | undefined },
): Trust {
  if (isSandbox(workspace)) return sandboxTrust(own.keys);
  return {
    roots: async () => readTrustRoots(join(workspace.root, TRUST_ROOTS_FILE)),
    applier: async () => {
      if (own.applier === undefined) {
        throw new ExpectedError("no-applier", "No applier is configured.", {
          hint: "Set TENANTRY_APPLIER to the address of a key in trust-roots.json (docs/approval.md).",
        });
      }
      return { email: normalizeEmail(own.applier), key: await own.keys.load(own.applier) };
    },
    sandbox: undefined,
  };
}

/** @throws ExpectedError `no-trust-roots`, `invalid-trust-roots` */
export function readTrustRoots(path: string): TrustRoots {
  if (!existsSync(path)) {
    throw new ExpectedError("no-trust-roots", `There is no ${basename(path)} here.`, {
      hint: "Put the public keys of the provider's engineers there (docs/approval.md).",
    });
  }
  const parsed = trustRootsSchema.safeParse(readJsonFile(path));
  if (parsed.success) return parsed.data;
  throw new ExpectedError("invalid-trust-roots", `${basename(path)} cannot be used.`, {
    hint: "Fix it; docs/approval.md describes the format.",
    details: parsed.error.issues.map(({ path: at, message }) =>
      [at.join("."), message].filter(Boolean).join(": "),
    ),
  });
}
