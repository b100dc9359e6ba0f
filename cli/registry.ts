/** The commands, in the order in which help shows them. Each is loaded when it is used. */
import type { CommandEntry } from "./command.ts";

export const commands: readonly CommandEntry[] = [
  {
    name: "validate",
    summary: "Check tenant files and report every problem with file, line and column",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "check",
    summary:
      "Check sign-in, permissions, identity, backup and partner relation of a tenant; only reads",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "observe",
    summary:
      "Look at a tenant that nobody manages from here: what there is, what is odd, what changed",
    load: () => import("./commands/observe.ts"),
  },
  {
    name: "init",
    summary:
      "Write a repository of your own: customers, settings and pipelines, the product pinned",
    load: () => import("./commands/init.ts"),
  },
  {
    name: "invite",
    summary:
      "Show the partner's relation with a customer (GDAP), or make it, with the links to send",
    load: () => import("./commands/invite.ts"),
  },
  {
    name: "new",
    summary: "Write the first file of a new tenant, with what is to be done next",
    load: () => import("./commands/new.ts"),
  },
  {
    name: "import",
    summary: "Take over a tenant that exists: write its file and its state; changes nothing in it",
    load: () => import("./commands/import.ts"),
  },
  {
    name: "plan",
    summary:
      "Show what an apply would change; does not contact the tenant unless --refresh is given",
    load: () => import("./commands/plan.ts"),
  },
  {
    name: "show",
    summary: "Show an earlier plan",
    load: () => import("./commands/show.ts"),
  },
  {
    name: "approve",
    summary: "Approve or reject the latest plan, with a decision maker's key on this machine",
    load: () => import("./commands/approve.ts"),
  },
  {
    name: "withdraw",
    summary: "Withdraw a decision that was not applied yet, with the key that signed it",
    load: () => import("./commands/withdraw.ts"),
  },
  {
    name: "apply",
    summary: "Apply exactly the approved plan, read it back and record the result",
    load: () => import("./commands/apply.ts"),
  },
  {
    name: "status",
    summary: "Show drift, the last apply and who holds the lock",
    load: () => import("./commands/status.ts"),
  },
  {
    name: "due",
    summary: "List what ends or renews by the days of the tenant files, also as a calendar",
    load: () => import("./commands/due.ts"),
  },
  {
    name: "seats",
    summary: "List licences and managed seats of the tenant files as CSV, for invoices",
    load: () => import("./commands/seats.ts"),
  },
  {
    name: "order",
    summary: "Write the order for the licence partner that the latest plan asks for",
    load: () => import("./commands/order.ts"),
  },
  {
    name: "dns",
    summary:
      "List the DNS records that the tenant's domains need, and what is there; changes nothing",
    load: () => import("./commands/dns.ts"),
  },
  {
    name: "migration",
    summary:
      "A customer's migration: where it stands, its run book, what is signed, and pages; writes to no tenant",
    load: () => import("./commands/migration.ts"),
  },
  {
    name: "pull",
    summary:
      "Take what others changed in the tenant over into the tenant file; writes that file only",
    load: () => import("./commands/pull.ts"),
  },
  {
    name: "adopt",
    summary:
      "Put what was made by hand in the tenant into the tenant file, to take it over; writes that file only",
    load: () => import("./commands/adopt.ts"),
  },
  {
    name: "accept",
    summary: "Put a drift into the tenant file as a deviation that is accepted until a day",
    load: () => import("./commands/accept.ts"),
  },
  {
    name: "log",
    summary: "Show the approval record: who decided and applied what, and when",
    load: () => import("./commands/log.ts"),
  },
  {
    name: "unlock",
    summary: "Show who holds the lock on a tenant, or break the lock of a dead process (recorded)",
    load: () => import("./commands/unlock.ts"),
  },
  {
    name: "access-pass",
    summary: "Make a pass for somebody's first sign-in, and show it once at this terminal",
    load: () => import("./commands/access-pass.ts"),
  },
  {
    name: "acknowledge",
    summary:
      "Show what somebody has to look at, such as entries of a wrong clock, or record that you did",
    load: () => import("./commands/acknowledge.ts"),
  },
  {
    name: "enrol",
    summary:
      "Offer a decision maker to make a passkey in the portal: a link, and a code for another way",
    load: () => import("./commands/enrol.ts"),
  },
  {
    name: "register",
    summary: "Register the decision makers of the tenant file, with their public keys",
    load: () => import("./commands/register.ts"),
  },
  {
    name: "keys",
    summary: "Create, list and show signing keys on this machine",
    load: () => import("./commands/keys.ts"),
  },
  {
    name: "backup",
    summary: "Back up state and record of all tenants, rehearse their recovery, or restore them",
    load: () => import("./commands/backup.ts"),
  },
  {
    name: "serve",
    summary: "Serve state, records and plans to workspaces on other machines, until it is stopped",
    load: () => import("./commands/serve.ts"),
  },
  {
    name: "ci",
    summary:
      "For pipelines: plan what a pull request touches, wait for approvals, apply what is merged, look for drift",
    load: () => import("./commands/ci.ts"),
  },
  {
    name: "emulator",
    summary: "Run this workspace's Microsoft 365 emulator for other programs, until Ctrl-C",
    load: () => import("./commands/emulator.ts"),
  },
  {
    name: "completion",
    summary: "Print the script that completes commands, options and tenants in a shell",
    load: () => import("./commands/completion.ts"),
  },
  {
    name: "doctor",
    summary: "Check prerequisites and explain how to fix what is missing",
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "demo",
    summary:
      "Run plan, approve and apply end to end on the sample, with the real engine and the emulator",
    load: () => import("./commands/demo.ts"),
  },
];
