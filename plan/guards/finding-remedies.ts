/** What to do about each finding that stops a plan: the way out for whoever writes the tenant file. */
import type { Finding } from "../model/model.ts";

const OVER_LIMIT =
  "Split the change, or add `approval.exceptionalChange` to the tenant file; the plan then needs a second decision maker (stacks/README.md).";

export const FINDING_REMEDIES: Readonly<Record<Finding["code"], string>> = {
  "policy-violated": "Correct the tenant file; nothing can be approved or applied until then.",
  "left-out":
    "Keep the section, stop managing its objects with `release: [<section>]`, or set it to [] to remove them all.",
  "too-many-removed": OVER_LIMIT,
  "too-large-share-removed": OVER_LIMIT,
  "remove-entry-missing":
    "Add an entry under `remove` with the reason and what happens to the data, or put it back into the tenant file.",
  "tenant-removed": "Put `tenant` in the file back as it was; no plan removes a tenant.",
  "emergency-account-removed":
    "Put the account back into the tenant file, without `accountEnabled: false`; no approval can allow this.",
  "last-global-administrator-removed":
    "Give somebody else the role in the tenant and add them to `roles` or `tenant.globalAdministrators`; once that is applied, this one can go.",
  "emergency-role-removed":
    "Put the role back under `roles`; no approval can allow this. To have roles assigned by people again, use `release: [roles]`.",
  "privileged-role": "Nothing needs to change if that is meant; otherwise take it out of `roles`.",
  "smaller-role":
    "Nothing needs to change if that is meant; otherwise give a smaller role under `roles` in its place.",
  "protected-accepted":
    "Take the entry out of `accepted`. A protection that is lifted counts until that is applied.",
  "accepted-changed":
    "Take the entry out of `accepted` and plan with --refresh, or put the key back as it was.",
  "limits-loosened": "Have two decision makers approve it, or put the limits back.",
  "renamed-or-replaced":
    "Renamed: give the new entry `formerly` with the old name. Replaced: add an entry under `remove`, with what happens to the data.",
  "former-name-unused": "Remove `formerly` from the entry.",
  "site-address-changed":
    "Keep the address; the title can change. To start an empty site, add an entry for the old one under `remove`, with what happens to its files.",
  "in-recycle-bin":
    "Put `recycleBin: restore` beside it in the tenant file to get back what it had, or `recycleBin: leave` for a new one.",
  "mastered-on-premises":
    "Change it in the on-premises directory and wait for the synchronisation; a new name is then taken over with `tenantry pull`.",
  "remove-there":
    "Remove it in the on-premises directory; once the synchronisation has removed it here, plan with --refresh. To only stop managing it, put an entry under `release` in place of the one under `remove`.",
  "block-there-too": "Block the account in the on-premises directory as well.",
  "sharing-above-tenant":
    "Lower `sharingCapability` of the site, or raise it under `tenant` in the same change.",
  "storage-automatic":
    "Put `isSitesStorageLimitAutomatic: false` under `tenant`, or leave `storageQuota` out.",
  "storage-asked": "Nothing needs to change; lower the quotas if each of them has to fit.",
  "not-counted-first":
    "Put `reportOnly` there and have that approved and applied; it can go on with the next plan.",
  "second-step-ends":
    "Nothing needs to change if that is meant; otherwise keep the rule, or put `securityDefaults: on` in its place.",
  "left-out-of-sign-in-rules":
    "Nothing needs to change; take people and groups out of `signInSecurity` to whom the rules should apply.",
  "stops-with-legacy-sign-in":
    "Ask whoever uses them first: give a scanner or program another way to send, or put its account into a group under `excludedGroups`. Nobody looked? Plan with --refresh.",
  "mailbox-needs-license":
    "Keep a licence with Exchange Online Plan 2 under `licenses` of the person, or have the mailbox made smaller, without hold and archive.",
  "kept-alongside":
    "Nothing needs to change; once ours is on, the other one can be switched off and its name taken out of `alongside`.",
  "partner-shut-out":
    "Set `partner.tenantId` in tenantry.yaml to the id of your own tenant to leave its staff out, or leave it so.",
  "licenses-not-nested":
    "Nothing needs to change if that is meant; otherwise put the licences at the inner groups too, or their people under `members`.",
  "forwarding-outside":
    "Ask the person who has the mailbox. It arrives only where an outbound spam policy allows forwarding; put `forwardTo: []` where it is not meant.",
  "protection-lifted":
    "Put the object back as it was in the tenant file and have the plan that only lifts its protection approved and applied; then change it.",
  "term-running":
    "Keep the subscription in the tenant file until that day, with `atRenewal: 0`, or stop managing them all with `release: [subscriptions]`.",
};
