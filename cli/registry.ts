/** The commands, in the order in which help shows them. Each is loaded when it is used. */
import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: "validate",
    summary: "Check tenant files: every problem at once, with file, line and column",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "plan",
    summary:
      "Show what an apply would do; makes no call to the tenant, unless asked to with --refresh",
    load: () => import("./commands/plan.ts"),
  },
  {
    name: "show",
    summary: "Show a plan that was made before",
    load: () => import("./commands/show.ts"),
  },
  {
    name: "approve",
    summary: "Sign the newest plan, as a decision maker whose key is on this machine",
    load: () => import("./commands/approve.ts"),
  },
  {
    name: "withdraw",
    summary: "Take back a decision that was not applied yet, with the key of who made it",
    load: () => import("./commands/withdraw.ts"),
  },
  {
    name: "apply",
    summary: "Apply the approved plan and nothing else, then read back and record",
    load: () => import("./commands/apply.ts"),
  },
  {
    name: "status",
    summary: "Read the tenant back and say what differs, what was applied last, and who holds it",
    load: () => import("./commands/status.ts"),
  },
  {
    name: "log",
    summary: "Show the approval record: who decided and applied what, and when",
    load: () => import("./commands/log.ts"),
  },
  {
    name: "unlock",
    summary: "Show who holds a tenant, and break the lock of a process that is gone; recorded",
    load: () => import("./commands/unlock.ts"),
  },
  {
    name: "register",
    summary: "Register who decides, as the tenant file names them, with their public keys",
    load: () => import("./commands/register.ts"),
  },
  {
    name: "keys",
    summary: "Make signing keys on this machine, list them, show the public half to hand over",
    load: () => import("./commands/keys.ts"),
  },
  {
    name: "emulator",
    summary: "Run this workspace's Microsoft 365 emulator for other programs, until Ctrl-C",
    load: () => import("./commands/emulator.ts"),
  },
  {
    name: "doctor",
    summary: "Say what was found where, and what to do about what is missing",
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "demo",
    summary:
      "Show the main job on the sample, with the real engine and the emulator, without questions",
    load: () => import("./commands/demo.ts"),
  },
];
