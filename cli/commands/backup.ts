import { resolve } from "node:path";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import type { BackedUpTenant } from "../../operations/index.ts";
import { defineCommand } from "../command.ts";
import type { CommandContext, Outcome } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { placeOf, serverDatabase } from "../server-database.ts";
import { text } from "../shared-words.ts";

export const command = defineCommand({
  args: z.strictObject({
    action: z.enum(["create", "rehearse", "restore"]),
    file: text.describe("path of the backup"),
  }),
  options: z.strictObject({
    database: serverDatabase
      .optional()
      .describe(
        "of a server, on its machine: a file, or $NAME, the variable with a postgres:// URL",
      ),
  }),
  examples: [
    {
      line: "tenantry backup create contoso-monday.backup",
      meaning: "copies state, record and plans of all tenants, also while others are at work",
    },
    {
      line: "PULUMI_CONFIG_PASSPHRASE='…' tenantry backup rehearse contoso-monday.backup",
      meaning: "proves that the backup opens with your passphrase and key; changes nothing",
    },
    {
      line: "tenantry backup restore contoso-monday.backup",
      meaning: "puts it back; refused when this workspace holds anything newer",
    },
    {
      line: "tenantry backup create monday.backup --database '$DATABASE_URL'",
      meaning: "the same of a server's database, and `restore` puts it back there",
    },
  ],
  run: async (context, { args, options }) => {
    const file = resolve(args.file);
    if (options.database !== undefined) {
      return await onServer({ action: args.action, file, database: placeOf(options.database) });
    }
    switch (args.action) {
      case "create":
        return await create(context, file);
      case "rehearse":
        return await rehearse(context, file);
      case "restore":
        return await restore(context, file);
    }
  },
});

async function create(context: CommandContext, file: string): Promise<Outcome> {
  const { backUp } = await import("../../operations/index.ts");
  await backUp(await context.operation(), { file });
  return {
    exitCode: EXIT.done,
    text: [
      `Backed up all tenants to ${file}.`,
      "The passphrase of the state and the keys are not in it: keep those elsewhere, with two people (docs/recovery.md).",
    ].join("\n"),
    json: { file },
  };
}

async function onServer({
  action,
  ...request
}: {
  readonly action: "create" | "rehearse" | "restore";
  readonly file: string;
  readonly database: string;
}): Promise<Outcome> {
  const { backUpServer, restoreServer } = await import("../../operations/index.ts");
  const { file } = request;
  switch (action) {
    case "create":
      await backUpServer(request);
      return done(`Backed up the server's database to ${file}. Rehearse it in a workspace.`, file);
    case "restore":
      await restoreServer(request);
      return done("Restored. Run `tenantry log <tenant> --verify` in a workspace.", file);
    case "rehearse":
      throw new ExpectedError("invalid-option", "A backup is rehearsed in a workspace.", {
        hint: "Run it there without --database: passphrase, keys and trust roots are not on the server.",
      });
  }
}

const done = (text: string, file: string): Outcome => ({
  ...{ exitCode: EXIT.done, text, json: { file } },
});

async function rehearse(context: CommandContext, file: string): Promise<Outcome> {
  const { rehearseRecovery } = await import("../../operations/index.ts");
  const rehearsal = await rehearseRecovery(await context.operation(), { file });
  const { tenants, by, holders } = rehearsal;
  if (holders.length < 2) {
    context.terminal.warn(`Only ${by} holds a key that signs: give a second person one.`);
  }
  const lines = [
    ...tenants.map(lineOf),
    `The key of ${by} opens. Keys that sign: ${holders.join(", ")}.`,
    "Recovery was rehearsed; nothing was changed.",
  ];
  return { exitCode: EXIT.done, text: lines.join("\n"), json: rehearsal };
}

async function restore(context: CommandContext, file: string): Promise<Outcome> {
  const { restoreBackup } = await import("../../operations/index.ts");
  const tenants = await restoreBackup(await context.operation(), { file });
  const lines = [...tenants.map(lineOf), "Restored. Run `tenantry status` for each tenant."];
  return { exitCode: EXIT.done, text: lines.join("\n"), json: { tenants } };
}

const lineOf = ({ stack, entries, hasState }: BackedUpTenant): string =>
  `${stack}: ${entries} entries verified, ${hasState ? "state opened" : "no state yet"}`;
