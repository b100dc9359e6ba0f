import { readFileSync } from "node:fs";
import { z } from "zod";
import { ExpectedError } from "../../core/expected-error.ts";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { placeOf, serverDatabase } from "../server-database.ts";
import { file, flag } from "../shared-words.ts";

const listenAddress = z.string().transform((written, context) => {
  const { host = "127.0.0.1", port } =
    /^(?:(?<host>[^:]+|\[[0-9a-f:]+\]):)?(?<port>\d{1,5})$/i.exec(written)?.groups ?? {};
  if (port !== undefined && Number(port) <= 65_535) {
    return { host: host.replaceAll(/[[\]]/g, ""), port: Number(port) };
  }
  context.addIssue("a port, or an address with a port, such as 0.0.0.0:8443");
  return z.NEVER;
});

export const command = defineCommand({
  args: z.strictObject({}),
  options: z.strictObject({
    settings: file.default("server.yaml").describe("who may do what (docs/server.md)"),
    listen: listenAddress
      .prefault("127.0.0.1:8443")
      .meta({ value: "address", description: "port, or address and port" }),
    database: serverDatabase.prefault("server.sqlite"),
    certificate: file.optional().describe("PEM file with the certificate and those above it"),
    key: file.optional().describe("PEM file with its private key"),
    newToken: flag.describe("print a new token and what the settings hold of it, and exit"),
  }),
  examples: [
    {
      line: "tenantry serve --certificate server.pem --key server.key --listen 0.0.0.0:8443",
      meaning: "with a SQLite database in this folder, until it is stopped",
    },
    {
      line: "tenantry serve --database '$DATABASE_URL'",
      meaning: "on Postgres, behind a proxy on this machine that speaks HTTPS",
    },
    { line: "tenantry serve --new-token", meaning: "for `access` in the settings" },
  ],
  run: async ({ announce, terminal, signal }, { options }) => {
    const { hashOf, newToken, readServerSettings, serve } = await import("../../server/index.ts");
    if (options.newToken) {
      const token = newToken();
      const hash = `sha256:${hashOf(token)}`;
      const text = `Token, shown once:   ${token}\nIn the settings:     token: ${hash}`;
      return { exitCode: EXIT.done, text, json: { token, hash } };
    }
    const running = await serve({
      settings: readServerSettings(options.settings),
      listen: options.listen,
      database: placeOf(options.database),
      certificate: certificateOf(options),
      log: (entry) => {
        terminal.note(JSON.stringify(entry));
      },
    });
    announce({ text: `Serving ${running.url}`, json: { url: running.url } });
    await stopped(signal);
    await running.close();
    return { exitCode: EXIT.done, text: "", json: undefined };
  },
});

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => {
    signal.addEventListener("abort", resolve, { once: true });
  });
}

function certificateOf({
  certificate,
  key,
}: {
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}): { readonly chain: string; readonly key: string } | undefined {
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined) {
    throw new ExpectedError("invalid-option", "Certificate and key belong together.", {
      hint: "Give both files, or none to serve this machine only.",
    });
  }
  return { chain: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
}
