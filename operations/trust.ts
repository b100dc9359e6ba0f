/**
 * Whose keys count. On a real tenant: the provider's trust roots, a file of the workspace that its engineers
 * keep, and the registrations in the record. In practice (on the emulator) both are made on the first approval,
 * so that a newcomer sees the whole way without a ceremony; every such step is said aloud.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { headOf, trustRootsSchema } from "../approval/index.ts";
import type { SigningKey, TrustRoots, Verification, VerifiedRecord } from "../approval/index.ts";
import type { Tenant } from "../tenant-file/index.ts";
import {
  fileRecordStore,
  keyStore,
  knownHeads,
  recordFolder,
  tenantRecord,
} from "../state/index.ts";
import type { KeyStore, RecordStore, TenantRecord } from "../state/index.ts";
import { stateDirectory } from "../engine/index.ts";
import type { Workspace } from "../workspace/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { readJsonFile } from "../core/json-file.ts";
import { authorityOf, draftRegistration, signedBy, signersNeeded } from "./register-approvers.ts";
import type { FindPublicKey } from "./register-approvers.ts";

export const TRUST_ROOTS_FILE = "trust-roots.json";

/** The engineers of the practice provider: two, since one never decides alone. */
const PRACTICE_ENGINEERS = ["Practice Engineer One", "Practice Engineer Two"] as const;

export const isPractice = (workspace: Workspace): boolean =>
  workspace.settings.service === "emulator";

/** Private keys of whoever works on this machine. */
export const localKeys = (workspace: Workspace): KeyStore =>
  keyStore(join(workspace.dataDirectory, "keys"));

export function recordStore(workspace: Workspace): RecordStore {
  // Beside a state elsewhere there is no store yet that is write-once; see docs/decisions.
  return fileRecordStore(recordFolder(stateDirectory(workspace)));
}

export interface OpenRecord {
  readonly record: TenantRecord;
  readonly trustRoots: TrustRoots;
  /** Verifies and remembers the newest head, so that a record cut off later is noticed. */
  verify(): Promise<Verification>;
}

export async function openRecord(workspace: Workspace, stack: string): Promise<OpenRecord> {
  const heads = knownHeads(join(workspace.dataDirectory, "known-heads"));
  const trustRoots = await readTrustRoots(workspace);
  const knownHead = await heads.read(stack);
  const record = tenantRecord({
    store: recordStore(workspace),
    stack,
    trustRoots,
    now: () => new Date(),
    ...(knownHead === undefined ? {} : { knownHead }),
  });
  return {
    record,
    trustRoots,
    verify: async () => {
      const verification = await record.verify();
      if (verification.ok) await heads.write(stack, headOf(verification.record));
      return verification;
    },
  };
}

async function readTrustRoots(workspace: Workspace): Promise<TrustRoots> {
  if (isPractice(workspace)) return await practiceTrustRoots(workspace);
  const path = join(workspace.root, TRUST_ROOTS_FILE);
  if (!existsSync(path)) {
    throw new ExpectedError("no-trust-roots", `There is no ${TRUST_ROOTS_FILE} in the workspace.`, {
      hint: "Put the public keys of the provider's engineers there (docs/approval.md).",
    });
  }
  const parsed = trustRootsSchema.safeParse(readJsonFile(path));
  if (parsed.success) return parsed.data;
  throw new ExpectedError("invalid-trust-roots", `${TRUST_ROOTS_FILE} cannot be used.`, {
    hint: "Correct it; docs/approval.md shows its form.",
    details: parsed.error.issues.map(({ path: at, message }) =>
      [at.join("."), message].filter(Boolean).join(": "),
    ),
  });
}

const practiceEmail = (name: string): string =>
  `${name.toLowerCase().replaceAll(" ", "-")}@practice.example`;

/** The key that signs what apply did. */
export async function applierKey(
  workspace: Workspace,
): Promise<{ email: string; key: SigningKey }> {
  const email = isPractice(workspace)
    ? practiceEmail(PRACTICE_ENGINEERS[0])
    : process.env.TENANTRY_APPLIER;
  if (email === undefined) {
    throw new ExpectedError("no-applier", "It is not set who applies.", {
      hint: "Set TENANTRY_APPLIER to the address of a key in trust-roots.json (docs/approval.md).",
    });
  }
  return { email, key: await localKeys(workspace).load(email, keyPassphrase()) };
}

export const keyPassphrase = (): string | undefined => process.env.TENANTRY_KEY_PASSPHRASE;

async function practiceTrustRoots(workspace: Workspace): Promise<TrustRoots> {
  const keys = await Promise.all(
    PRACTICE_ENGINEERS.map(async (name) => {
      const email = practiceEmail(name);
      const { publicKey } = await loadOrCreate(localKeys(workspace), email);
      return { name, email, publicKey, purposes: PURPOSES, revokedAt: null };
    }),
  );
  return { version: 1, keys };
}

const PURPOSES: TrustRoots["keys"][number]["purposes"] = ["bootstrap", "application", "lock-break"];

async function loadOrCreate(keys: KeyStore, email: string): Promise<SigningKey> {
  const known = await keys.list();
  const passphrase = keyPassphrase();
  return known.includes(email)
    ? await keys.load(email, passphrase)
    : await keys.create(email, passphrase);
}

/**
 * In practice only: makes keys for the decision makers of the tenant file and registers them, signed by the
 * two practice engineers. Does nothing where somebody is registered already.
 * @returns the addresses registered just now
 */
export async function registerForPractice(
  workspace: Workspace,
  context: { readonly stack: string; readonly tenant: Tenant; readonly open: OpenRecord },
): Promise<readonly string[]> {
  const { stack, tenant, open } = context;
  const verification = await open.verify();
  if (!isPractice(workspace) || !verification.ok) return [];
  const { record } = verification;
  if (record.registrations.length > 0) return [];
  if ((tenant.approval?.decisionMakers ?? []).length === 0) return [];
  const authority = await authorityOf(tenant, practicePublicKey(workspace));
  const draft = draftRegistration(record, { tenant, stack, authority });
  await open.record.append(signedBy(draft, await practiceSigners(workspace, record)));
  return [...authority.decisionMakers, ...authority.deputies].map(({ email }) => email);
}

/** In practice everybody's keys are on this machine; who has none yet gets one. */
export const practicePublicKey =
  (workspace: Workspace): FindPublicKey =>
  async (email) =>
    (await loadOrCreate(localKeys(workspace), email)).publicKey;

/** In practice: keys of those who must sign the next registration. */
export async function practiceSigners(
  workspace: Workspace,
  record: VerifiedRecord,
): Promise<SigningKey[]> {
  const { count, emails } = signersNeeded(record);
  const signers = emails === "provider" ? PRACTICE_ENGINEERS.map(practiceEmail) : emails;
  const keys = localKeys(workspace);
  return await Promise.all(
    signers.slice(0, count).map((email) => keys.load(email, keyPassphrase())),
  );
}
