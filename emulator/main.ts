/** `npm run emulator`: the emulator alone, until Ctrl-C. */
import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startEmulator, type Emulator, type TenantFile } from "./index.ts";

const HELP = `Microsoft 365 emulator

  node emulator/main.ts [--directory <folder>] [--port <number>] [--people <number>] [--seed <number>]
                        [--import <tenant file>] [--export <tenant file>]

  --directory  where state and certificates lie (default: .tenantry/emulator)
  --port       port on 127.0.0.1 (default: 8443)
  --people     size of the sample company when the directory is new (default: 25)
  --seed       decides names and ids of the sample company (default: 1)
  --import     puts the tenant of a file into the emulator
  --export     writes the sample tenant to a file and stops
`;

const DEFAULTS = { directory: ".tenantry/emulator", port: "8443", people: "25", seed: "1" };

interface Credentials {
  tenantId: string;
  clientId: string;
  clientSecret: string;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The sample tenant of the directory; made once, its credentials kept beside the state. */
function sampleCredentials(
  emulator: Emulator,
  options: { directory: string; people: number },
): Credentials {
  const file = join(options.directory, "sample-tenant.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Credentials;
  const application = {
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString("base64url"),
  };
  const { seed } = emulator.addSampleTenant({ people: options.people, ...application });
  const credentials = { tenantId: seed.tenantId, ...application };
  writeFileSync(file, JSON.stringify(credentials), { mode: 0o600 });
  return credentials;
}

function describe(
  emulator: Emulator,
  options: { directory: string; credentials: Credentials },
): string {
  const { endpoints } = emulator;
  const { tenantId, clientId, clientSecret } = options.credentials;
  const authority = resolve(options.directory, "ca.pem");
  const host = emulator.origin.slice("https://".length);
  return `Microsoft 365 emulator, listening on 127.0.0.1 only. Ctrl-C stops it.

  Status page            ${emulator.origin}/
  Sign-in                ${endpoints.login}
  Graph                  ${endpoints.graph}/v1.0
  SharePoint             ${endpoints.sharePoint}
  Exchange               ${endpoints.exchange}
  Partner Center         ${endpoints.partnerCenter}
  Backup (Veeam v8)      ${endpoints.backup}

  Tenant                 ${tenantId}
  Client id              ${clientId}
  Client secret          ${clientSecret}
  Certificate authority  ${authority}

How to point clients at it
  Node         NODE_EXTRA_CA_CERTS=${authority}
  Go           SSL_CERT_FILE=${authority}
  curl         --cacert ${authority}
  @azure/identity         authorityHost "${endpoints.login}", disableInstanceDiscovery true
  Microsoft Graph client  baseUrl "${endpoints.graph}", customHosts new Set(["localhost"])
  Pulumi azuread          azuread:metadataHost ${host}, azuread:clientId, azuread:clientSecret, azuread:tenantId
`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      directory: { type: "string", default: DEFAULTS.directory },
      port: { type: "string", default: DEFAULTS.port },
      people: { type: "string", default: DEFAULTS.people },
      seed: { type: "string", default: DEFAULTS.seed },
      import: { type: "string" },
      export: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const { directory } = values;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const emulator = await startEmulator({
    directory,
    port: Number(values.port),
    seed: Number(values.seed),
  });
  const credentials = sampleCredentials(emulator, { directory, people: Number(values.people) });
  if (values.import !== undefined) {
    emulator.importTenant(JSON.parse(readFileSync(values.import, "utf8")) as TenantFile);
  }
  if (values.export !== undefined) {
    writeFileSync(values.export, JSON.stringify(emulator.exportTenant(credentials.tenantId)), {
      mode: 0o600,
    });
    await emulator.close();
    return;
  }
  say(describe(emulator, { directory, credentials }));
  const stop = (): void => {
    void emulator.close().then(() => process.exit(0));
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}

await main();
