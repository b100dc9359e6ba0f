/** Where the remedy of each code is carried out by a test and ends well, or why it is not. */
import type { ErrorCode } from "../../core/error-codes.ts";

type Row = { readonly test: string; readonly title: string } | { readonly why: string };

const here: Row = { test: "operations/remedies.test.ts", title: "leads out of $code" };
const planned: Row = { test: "e2e/remedies.test.ts", title: "is planned once it is corrected" };
const at = (test: string, title: string): Row => ({ test, title });
const because = (why: string): Row => ({ why });

const ON_DISK = at("tenant-file/load.test.ts", "takes the folder by a valid name, and the file");
const OPENS = at(
  "state/record/key-store.test.ts",
  "encrypted when there is a passphrase, and opens",
);

const WORDS = because("Other words on the command line are the whole remedy.");
const PERSON = because("A person has to look, decide or ask somebody; there is no step to repeat.");
const OTHER_RELEASE = because(
  "It takes another release of Tenantry, of Pulumi's engine or of both.",
);
const PROGRAM = because(
  "It takes a change of the program; no tenant file and no command leads here.",
);
const DAMAGE = because("Only a backup leads out, which e2e/backup.test.ts restores whole.");
const KEY = because("The key or its passphrase comes from where a person keeps it.");
const STATEMENT = because(
  "Only a forged or hand-made statement leads here; a new one is signed instead.",
);

export const REMEDIES: Readonly<Record<ErrorCode, Row>> = {
  "invalid-usage": WORDS,
  "invalid-argument": WORDS,
  "invalid-name": WORDS,
  "invalid-option": WORDS,
  "trace-unwritable": WORDS,
  "no-workspace": at("e2e/remedies.test.ts", "is put where it belongs"),
  "invalid-settings": at("e2e/remedies.test.ts", "is put where it belongs"),
  "not-set-up": because("Set-up runs before any test; test/setup has it on bare machines."),
  "file-unusable": because("The disk, the path or the rights are a matter of the machine."),
  "folder-not-empty": at("operations/init-repository.test.ts", "is never written into a folder"),
  "package-unusable": at("operations/init-repository.test.ts", "pins exactly, and nothing else"),
  "emulator-unusable": at("e2e/refusals.test.ts", "is none is named, and can be removed"),
  "tenant-export-unreadable": WORDS,
  "no-browser": because("A browser is installed by a person; the page can be printed without."),
  "pdf-failed": because("The page is opened in a browser by a person."),
  "tenant-exists": at("operations/new-tenant.test.ts", "is never written over one that is there"),
  "tenant-name-invalid": ON_DISK,
  "tenant-unknown": at("e2e/remedies.test.ts", "is put where it belongs"),
  "tenant-file-misplaced": ON_DISK,
  "tenant-file-invalid": planned,
  "no-migration": because("Somebody writes the file."),
  "not-in-migration": WORDS,
  "migration-gate-closed": at("operations/migration.test.ts", "comes to its end, each gate kept"),
  "migration-step-waits": at("operations/migration.test.ts", "comes to its end, each gate kept"),
  "migration-counts-missing": at(
    "operations/migration.test.ts",
    "comes to its end, each gate kept",
  ),
  "no-way-back": PERSON,
  "not-a-decision-maker": PERSON,
  "migration-file-invalid": at("migration/load.test.ts", "is valid again once it is corrected"),
  "no-credential": because("The certificate or the token comes from outside, from the platform."),
  "wrong-passphrase": at(
    "e2e/state-backends.test.ts",
    "that is wrong is refused in a sentence, and nothing is lost",
  ),
  "state-unavailable": because(
    "The place of the state is put right in the settings, or by its owner.",
  ),
  "stack-locked": because("Whoever holds the stack ends by themselves."),
  interrupted: at(
    "e2e/cancel.test.ts",
    "goes on with the same approval without making anybody twice",
  ),
  "options-differ": PROGRAM,
  "option-not-covered": PROGRAM,
  "not-a-plan": OTHER_RELEASE,
  "plan-other-version": OTHER_RELEASE,
  "change-not-possible": planned,
  "adoption-unread": at(
    "e2e/adopt.test.ts",
    "is approved with what differs, and stops an apply when somebody changes that",
  ),
  "preview-failed": because("The cause is whatever the engine says; the lines above name it."),
  "preview-incomplete": OTHER_RELEASE,
  "policy-pack-missing": PROGRAM,
  "policy-pack-foreign": PROGRAM,
  "unknown-operation": PROGRAM,
  "unknown-value": PROGRAM,
  "unexplained-difference": PROGRAM,
  "no-plan": at("e2e/remedies.test.ts", "is made by a plan"),
  "plan-refused": here,
  "state-missing": at(
    "operations/plan.test.ts",
    "asks whether the tenant is new when it was applied and its state is not here",
  ),
  "server-unreachable": because(
    "A server that is started again is waited for, which test/server/works.test.ts has.",
  ),
  "server-refused": because("Whoever runs the server changes its settings, or the job its token."),
  "server-differs": OTHER_RELEASE,
  "server-settings-invalid": at(
    "server/settings.test.ts",
    "are refused with file, line and column",
  ),
  "server-not-started": WORDS,
  "plan-unknown": at("e2e/remedies.test.ts", "is made by a plan"),
  "plan-damaged": at(
    "e2e/refusals.test.ts",
    "a kept plan that is damaged is refused until it is created again",
  ),
  "page-differs": here,
  "policy-violated": planned,
  "left-out": planned,
  "too-many-removed": planned,
  "too-large-share-removed": planned,
  "remove-entry-missing": planned,
  "tenant-removed": because(
    "No valid tenant file is without its tenant; a program would have to remove it.",
  ),
  "emergency-account-removed": planned,
  "last-global-administrator-removed": at(
    "e2e/remedies.test.ts",
    "lets the administrator go once another one is known",
  ),
  "limits-loosened": because(
    "It asks for a second decision maker, as second-decision-maker-needed does.",
  ),
  "renamed-or-replaced": planned,
  "mastered-on-premises": because(
    "It is changed in the on-premises directory, and planned again with what came from there.",
  ),
  "remove-there": at(
    "e2e/import.test.ts",
    "removes nobody who is mastered on premises, and lets go of them where that is asked",
  ),
  "sharing-above-tenant": at("e2e/sharepoint.test.ts", "is refused above the tenant's own level"),
  "storage-automatic": at("e2e/sharepoint.test.ts", "is refused while SharePoint divides it"),
  "not-counted-first": at(
    "e2e/sign-in-security.test.ts",
    "goes from nothing to on by way of being counted",
  ),
  "stops-with-legacy-sign-in": because(
    "It stops nothing; it says what will not sign in any more, and where to look.",
  ),
  "second-step-ends": because("It stops nothing; it says what the plan leaves unasked."),
  "left-out-of-sign-in-rules": because("It stops nothing; it names who is left out."),
  "kept-alongside": because("It stops nothing; it names what stays."),
  "partner-shut-out": because("It stops nothing; it says whom the rules may shut out."),
  "storage-asked": because("It stops nothing; it says how much the tenant has."),
  "forwarding-outside": because("It stops nothing; it says that mail leaves the organisation."),
  "licenses-not-nested": because("It stops nothing; it says who gets no licence that way."),
  "block-there-too": because("It stops nothing; the account is blocked on premises as well."),
  "former-name-unused": because("It stops nothing; the key is taken out of the file."),
  "site-address-changed": planned,
  "in-recycle-bin": at(
    "e2e/remedies.test.ts",
    "comes back as the refusals say, one after the other",
  ),
  "protected-accepted": because("The entry is taken out of the file."),
  "accepted-changed": at("e2e/deviations.test.ts", "leads out of accepted-changed"),
  "protection-lifted": because(
    "A program or a person with the engine has to protect it first; the tenant file cannot.",
  ),
  "term-running": planned,
  "no-repository": at("operations/ci/plan-change.test.ts", "takes a clone of a repository"),
  "revision-unknown": at("operations/ci/plan-change.test.ts", "takes a commit that was fetched"),
  "not-merged": at("operations/ci/plan-change.test.ts", "runs what is merged and nothing else"),
  "merge-unknown": at("operations/ci/plan-change.test.ts", "takes histories that can be merged"),
  "merge-conflict": at("operations/ci/plan-change.test.ts", "that conflicts says where"),
  "tenant-folder-gone": at(
    "operations/ci/plan-change.test.ts",
    "names release where it is deleted or renamed",
  ),
  "no-platform": at("cli/ci-publish.test.ts", "is none without a token"),
  "platform-refused": at("cli/ci-publish.test.ts", "that refuses is named with the operation"),
  "request-malformed": OTHER_RELEASE,
  "author-unknown": here,
  "history-incomplete": at(
    "operations/local/git-authorship.test.ts",
    "is not told from a shallow clone, until the rest is fetched",
  ),
  "nested-repository": at(
    "operations/local/git-authorship.test.ts",
    "such as a repository of its own around the file, until that is taken out",
  ),
  "no-decision-maker": because("The tenant file names somebody, as those of every other test do."),
  "no-registration": because(
    "Two people of the provider register them, as e2e/record.test.ts does by file.",
  ),
  "registration-expired": because(
    "It takes years to expire; e2e/record.test.ts signs a new registration.",
  ),
  "clock-behind-record": because("The machine's clock is set by a person."),
  "clock-wrong": here,
  "clock-unknown": because("The network or the service answers again; the command is run again."),
  "nothing-to-acknowledge": because("There is nothing to be done."),
  "authority-would-be-lost": at(
    "e2e/record.test.ts",
    "does all of that at once in practice, and approve says when it is needed",
  ),
  "no-approval": here,
  "other-digest": here,
  refused: here,
  withdrawn: here,
  expired: here,
  "not-yet-valid": because("Time passes, or a clock is set by a person."),
  "own-change": here,
  "key-revoked": at(
    "e2e/record.test.ts",
    "changes who decides only with the signature of who decides now",
  ),
  "no-longer-decision-maker": PERSON,
  "deputy-outside-period": PERSON,
  consumed: here,
  "remainder-not-stated": because(
    "A new plan is approved, as for other-digest; approval/evaluate.test.ts provokes it.",
  ),
  "remainder-differs": because(
    "A new plan is approved, as for other-digest; approval/evaluate.test.ts provokes it.",
  ),
  "required-not-met": here,
  "second-decision-maker-needed": here,
  "nothing-to-approve": here,
  "nothing-to-withdraw": here,
  "already-applied": here,
  "already-decided": here,
  "several-plans": here,
  "signer-unclear": WORDS,
  "enrolment-refused": PERSON,
  "passkey-refused": PERSON,
  "decision-differs": PERSON,
  "portal-moved": at("server/portal.test.ts", "is not started under another name"),
  "decided-too-late": here,
  "public-key-missing": KEY,
  "invalid-public-key": KEY,
  "invalid-registration-file": WORDS,
  "no-trust-roots": KEY,
  "invalid-trust-roots": KEY,
  "no-applier": KEY,
  "key-exists": KEY,
  "key-missing": at("state/record/key-store.test.ts", "is not there, until one is made"),
  "key-file-open": at("state/record/key-store.test.ts", "others can read, until they cannot"),
  "key-malformed": KEY,
  "email-malformed": WORDS,
  "passphrase-needed": OPENS,
  "passphrase-wrong": OPENS,
  "passphrase-too-short": at("approval/keys.test.ts", "refuses a short passphrase"),
  "record-broken": DAMAGE,
  "record-busy": because("It takes many writers at once; the command is run again."),
  "known-head-malformed": PERSON,
  malformed: STATEMENT,
  gap: DAMAGE,
  order: DAMAGE,
  chain: DAMAGE,
  rollback: DAMAGE,
  signature: STATEMENT,
  "unknown-signer": STATEMENT,
  "too-few-signers": at(
    "e2e/record.test.ts",
    "changes who decides only with the signature of who decides now",
  ),
  "surplus-signer": STATEMENT,
  "foreign-tenant": planned,
  "other-stack": STATEMENT,
  repeated: STATEMENT,
  time: STATEMENT,
  reference: STATEMENT,
  "not-registered": STATEMENT,
  "key-not-allowed": STATEMENT,
  "other-version": OTHER_RELEASE,
  "state-unusable": DAMAGE,
  "state-read-only": because("The storage or the user's rights are a matter of the machine."),
  "state-newer": OTHER_RELEASE,
  "state-full": because("Space is made on the machine; nothing that was stored is lost meanwhile."),
  "state-busy": because("The other processes end by themselves."),
  "journal-refused": OTHER_RELEASE,
  "backup-elsewhere": because("Another product's backup tools are used."),
  "backup-damaged": because(
    "Another copy is given; e2e/backup.test.ts restores one that is whole.",
  ),
  "backup-older": because(
    "A newer backup is given; e2e/backup.test.ts restores one that is whole.",
  ),
  "lease-lost": because(
    "Whoever took the lease over ends by themselves; the command is run again.",
  ),
  "tenant-locked": because(
    "The holder ends by itself, or its lock is broken as for reason-needed.",
  ),
  "lock-malformed": PERSON,
  "lock-changed": PERSON,
  "lock-lost": at("e2e/locks.test.ts", "writes nothing, says so, and can be repeated"),
  "not-locked": because("There is nothing to be done."),
  "reason-needed": at(
    "e2e/apply-failures.test.ts",
    "is taken over by the next one, on the record, and goes on",
  ),
  "still-running": because("The other command ends by itself, or by Ctrl-C at its terminal."),
  "official-plugin": because("It is refused for real tenants only, which no test has."),
  "base-moved": here,
  "name-taken": here,
  "domain-in-use": at(
    "e2e/domains.test.ts",
    "is added with who has a name in it, seen when changed by hand, and removed once nobody uses it",
  ),
  "domain-not-verified": because(
    "The record is set where the DNS of the domain is managed; domain.test.ts then verifies it.",
  ),
  "no-conditional-access": because("A licence is bought at the licence partner, by a person."),
  "exclusion-gone": at(
    "e2e/sign-in-refusals.test.ts",
    "is not written without a group that was excluded, and is once the group is back",
  ),
  "same-rule-exists": at(
    "e2e/sign-in-refusals.test.ts",
    "is not made a second time under another name, unless the file says so",
  ),
  "domain-federated": because("The accounts are made at the other service, or in another domain."),
  "dns-not-looked": because("A DNS server has to answer first."),
  "not-in-recycle-bin": here,
  "apply-failed": at(
    "e2e/apply-failures.test.ts",
    "names the cause, and goes on with the same approval once that is removed",
  ),
  "read-back-failed": because("The service answers again by itself; the command is run again."),
  "verification-failed": PERSON,
  "no-partner-tenant": at("e2e/invite.test.ts", "needs the partner's tenant"),
  "partner-group-unknown": at(
    "provider/directory/partner-invitation.test.ts",
    "makes nothing as long as a group of the settings is not there",
  ),
  "relation-differs": at(
    "provider/directory/partner-invitation.test.ts",
    "asks a customer once: not while another relation waits",
  ),
  "observation-damaged": at(
    "operations/observe.test.ts",
    "is refused where the last look is damaged, until that is removed",
  ),
  "tenant-details-missing": at(
    "e2e/import.test.ts",
    "asks who the tenant is where no file says so",
  ),
  "not-drifted": WORDS,
  "nothing-to-adopt": WORDS,
  "not-acceptable": at(
    "e2e/deviations.test.ts",
    "takes over into the file what cannot be accepted",
  ),
  "already-applied-here": PERSON,
  "not-taken-over": because("The lines of the file are corrected; the same command is run again."),
};
