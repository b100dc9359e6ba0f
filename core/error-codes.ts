/**
 * Every expected failure by the area it belongs to. Programs rely on the codes, so none is ever renamed or reused.
 * Each of them ends a command with exit code 2; an internal error, which has no code, with 1.
 */
export const ERROR_AREAS = {
  usage: [
    "invalid-usage",
    "invalid-argument",
    "invalid-name",
    "invalid-option",
    "trace-unwritable",
  ],
  workspace: [
    ...["no-workspace", "invalid-settings", "not-set-up", "file-unusable"],
    ...["folder-not-empty", "package-unusable"],
  ],
  emulator: ["emulator-unusable", "tenant-export-unreadable"],
  page: ["no-browser", "pdf-failed"],
  "tenant file": [
    ...[
      "tenant-name-invalid",
      "tenant-exists",
      "tenant-unknown",
      "tenant-file-misplaced",
      "tenant-file-invalid",
      "backup-report-invalid",
    ],
  ],
  migration: [
    ...["no-migration", "migration-file-invalid", "not-in-migration", "migration-gate-closed"],
    ...[
      "migration-step-waits",
      "migration-counts-missing",
      "migration-seen-otherwise",
      "no-way-back",
      "not-a-decision-maker",
    ],
  ],
  engine: [
    ...["no-credential", "wrong-passphrase", "state-unavailable", "stack-locked", "interrupted"],
    ...["options-differ", "option-not-covered"],
  ],
  plan: [
    ...[
      "not-a-plan",
      "plan-other-version",
      "change-not-possible",
      "adoption-unread",
      "preview-failed",
      "preview-incomplete",
      "policy-pack-missing",
      "policy-pack-foreign",
    ],
    ...["unknown-operation", "unknown-value", "unexplained-difference"],
    ...["no-plan", "plan-refused", "state-missing", "plan-unknown", "plan-damaged", "page-differs"],
  ],
  findings: [
    ...["policy-violated", "left-out", "too-many-removed", "too-large-share-removed"],
    ...["remove-entry-missing", "tenant-removed", "emergency-account-removed"],
    ...["last-global-administrator-removed", "limits-loosened"],
    ...["renamed-or-replaced", "former-name-unused", "site-address-changed", "in-recycle-bin"],
    ...["protection-lifted", "term-running", "protected-accepted", "accepted-changed"],
    ...["mastered-on-premises", "remove-there", "block-there-too"],
    ...["sharing-above-tenant", "storage-automatic", "storage-asked", "forwarding-outside"],
    ...["not-counted-first", "second-step-ends", "left-out-of-sign-in-rules", "partner-shut-out"],
    ...["privileged-role", "smaller-role", "emergency-role-removed"],
    ...["kept-alongside", "licenses-not-nested", "stops-with-legacy-sign-in"],
    "mailbox-needs-license",
  ],
  approval: [
    ...[
      "request-malformed",
      "author-unknown",
      "history-incomplete",
      "nested-repository",
      "no-decision-maker",
    ],
    ...[
      "no-registration",
      "registration-expired",
      "recovery-waits",
      "clock-behind-record",
      "clock-wrong",
    ],
    "clock-unknown",
    ...[
      "authority-would-be-lost",
      "no-approval",
      "other-digest",
      "refused",
      "withdrawn",
      "expired",
    ],
    ...["not-yet-valid", "own-change", "key-revoked", "no-longer-decision-maker"],
    ...["deputy-outside-period", "consumed", "remainder-not-stated", "remainder-differs"],
    ...["required-not-met", "second-decision-maker-needed"],
    ...["nothing-to-approve", "nothing-to-withdraw", "already-applied", "already-decided"],
    ...["several-plans", "signer-unclear", "decided-too-late"],
    ...["enrolment-refused", "passkey-refused", "decision-differs", "portal-moved"],
  ],
  registration: [
    ...["public-key-missing", "invalid-public-key", "invalid-registration-file"],
    ...["no-trust-roots", "invalid-trust-roots", "no-applier"],
  ],
  keys: [
    ...["key-exists", "key-missing", "key-file-open", "key-malformed", "email-malformed"],
    ...["passphrase-needed", "passphrase-wrong", "passphrase-too-short"],
  ],
  record: [
    ...["record-broken", "record-busy", "known-head-malformed"],
    ...["malformed", "gap", "order", "chain", "rollback", "signature", "unknown-signer"],
    ...["too-few-signers", "surplus-signer", "foreign-tenant", "other-stack", "repeated", "time"],
    ...["reference", "not-registered", "key-not-allowed", "other-version"],
    "nothing-to-acknowledge",
  ],
  state: [
    ...["state-unusable", "state-read-only", "state-newer", "state-full", "state-busy"],
    "journal-refused",
    ...["backup-elsewhere", "backup-damaged", "backup-older"],
  ],
  server: [
    ...[
      "server-unreachable",
      "server-refused",
      "engineer-refused",
      "server-differs",
      "server-settings-invalid",
    ],
    "server-not-started",
  ],
  lock: [
    "lease-lost",
    ...["tenant-locked", "lock-malformed", "lock-changed", "lock-lost"],
    ...["not-locked", "reason-needed", "still-running"],
  ],
  apply: [
    "official-plugin",
    "base-moved",
    "name-taken",
    "not-in-recycle-bin",
    ...["domain-in-use", "domain-not-verified", "domain-federated"],
    ...["no-conditional-access", "exclusion-gone", "same-rule-exists"],
    ...["licenses-not-bought", "no-license-partner"],
    "apply-failed",
    "read-back-failed",
    "verification-failed",
  ],
  pipeline: [
    ...["no-repository", "revision-unknown", "not-merged", "merge-unknown", "merge-conflict"],
    ...["tenant-folder-gone", "no-platform", "platform-refused"],
  ],
  dns: ["dns-not-looked"],
  drift: ["not-drifted", "not-acceptable", "nothing-to-adopt"],
  partner: ["no-partner-tenant", "partner-group-unknown", "relation-differs"],
  "access pass": [
    ...["access-pass-not-allowed", "access-pass-refused", "not-a-user", "terminal-needed"],
  ],
  "take-over": [
    "observation-damaged",
    "tenant-details-missing",
    "already-applied-here",
    "not-taken-over",
  ],
} as const;

export type ErrorCode = (typeof ERROR_AREAS)[keyof typeof ERROR_AREAS][number];

/** Whether a server of another version, or somebody in its place, sent a code that this version knows. */
export const isErrorCode = (code: unknown): code is ErrorCode =>
  Object.values(ERROR_AREAS).some((codes: readonly unknown[]) => codes.includes(code));
