/** CLI for Microsoft 365: commands as an administrator types them. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { operation } from "./report.mjs";

const { M365_TENANT, M365_CLIENT_ID, M365_CERTIFICATE, M365_SITE_HOST, M365_DOMAIN } = process.env;
const run = promisify(execFile);
const program = fileURLToPath(
  new URL("./node_modules/@pnp/cli-microsoft365/dist/index.js", import.meta.url),
);

/** @param {string} line with `'` around words with spaces */
async function m365(line) {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
  try {
    const { stdout } = await run(process.execPath, [program, ...words, "--output", "json"]);
    return stdout === "" ? undefined : JSON.parse(stdout);
  } catch (error) {
    // What the command says of itself stands on either stream.
    const { stdout, stderr, message } =
      /** @type {import("node:child_process").ExecFileException} */ (error);
    throw new Error(stdout || stderr || message, { cause: error });
  }
}

const site = `https://${M365_SITE_HOST}`;
const name = `clients${Date.now()}`;
const user = `${name}@${M365_DOMAIN}`;
/** @type {[what: string, kind: "read" | "write", command: string][]} */
const COMMANDS = [
  [
    "sign in with a certificate",
    "read",
    `login --authType certificate --certificateFile ${M365_CERTIFICATE} --appId ${M365_CLIENT_ID} --tenant ${M365_TENANT}`,
  ],
  ["list users", "read", "entra user list --properties id,displayName"],
  ["list groups", "read", "entra group list"],
  ["list licences", "read", "entra license list"],
  ["list roles", "read", "entra roledefinition list"],
  ["list applications", "read", "entra app list"],
  ["read the tenant", "read", `tenant info get --domainName ${M365_DOMAIN}`],
  ["read a web", "read", `spo web get --url ${site}`],
  ["list lists", "read", `spo list list --webUrl ${site}`],
  ["list site groups", "read", `spo group list --webUrl ${site}`],
  ["list site users", "read", `spo user list --webUrl ${site}`],
  ["list permission levels", "read", `spo roledefinition list --webUrl ${site}`],
  [
    "add a user",
    "write",
    `entra user add --displayName Client --userName ${user} --password Only-4-tests!`,
  ],
  ["read a user", "write", `entra user get --userName ${user}`],
  ["change a user", "write", `entra user set --userName ${user} --jobTitle Tester`],
  ["add a group", "write", `entra group add --displayName ${name} --type security`],
  [
    "add a member",
    "write",
    `entra group member add --groupName ${name} --userNames ${user} --role Member`,
  ],
  ["list members", "write", `entra group member list --groupName ${name}`],
  ["remove a group", "write", `entra group remove --displayName ${name} --force`],
  ["remove a user", "write", `entra user remove --userName ${user} --force`],
  [
    "add a library",
    "write",
    `spo list add --webUrl ${site} --title ${name} --baseTemplate DocumentLibrary`,
  ],
  ["remove a library", "write", `spo list remove --webUrl ${site} --title ${name} --force`],
];

for (const [what, kind, line] of COMMANDS) await operation(what, kind, () => m365(line));
