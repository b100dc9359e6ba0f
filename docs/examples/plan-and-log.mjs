/**
 * Plans a tenant and reads its record through operations/ alone: what a portal or a pipeline starts from.
 * Called as `node plan-and-log.mjs <clone> <workspace> <tenant>`; the clone is set up and built.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [clone = "", folder = "", stack = ""] = process.argv.slice(2);
const room = pathToFileURL(resolve(clone, "dist/operations/index.js"));
/** @type {() => Promise<typeof import("../../operations/index.ts")>} */
const load = () => import(room.href);
const { localContext, openWorkspace, planTenant, readLog } = await load();

/** @param {string} line */
const print = (line) => process.stdout.write(`${line}\n`);

const context = localContext({
  workspace: openWorkspace(folder, process.cwd()),
  environment: process.env,
  now: () => new Date(),
  report: (event) => process.stderr.write(`${JSON.stringify(event)}\n`),
});
const request = { stack, refresh: false, isNew: false };
const { digest, plan, isEmpty } = await planTenant(context, request);
print(isEmpty ? "No changes in the file." : digest);
for (const { description } of plan.changes) print(`- ${description.en}`);
for (const { sequence, recordedAt, statement } of await readLog(context, { stack })) {
  print(`#${sequence} ${recordedAt} ${statement.kind}`);
}
