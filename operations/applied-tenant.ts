/** The tenant as it was applied last, from what a server has without any credential of the tenant: record and state. */
import { gunzipSync } from "node:zlib";
import { appliedObjects } from "../plan/index.ts";
import type { AppliedObject } from "../plan/index.ts";
import type { StateDatabase } from "../state/index.ts";
import { lastDifferences, lastLook } from "./looks.ts";
import { openLedger } from "./records.ts";
import type { RecordPorts } from "./records.ts";

export interface AppliedTenant {
  /** Empty where nothing was applied, or the state is not in this database. */
  readonly objects: readonly AppliedObject[];
  /** When it was applied; undefined: never. Times are UTC. */
  readonly at: string | undefined;
  /** When somebody compared the tenant with it last. */
  readonly looked: string | undefined;
  /** How much differed then. */
  readonly differences: number | undefined;
}

export async function appliedTenant(
  { database, ports }: { readonly database: StateDatabase; readonly ports: RecordPorts },
  stack: string,
): Promise<AppliedTenant> {
  const { record } = await openLedger(ports, stack);
  const stacks = await database.run("listStacks", undefined);
  const name = stacks.find((one) => one.split("/").at(-1) === stack);
  const content =
    name === undefined
      ? undefined
      : await database.run("exportStack", { stack: name, version: undefined });
  const applied = record.applications.at(-1);
  return {
    objects:
      content === undefined ? [] : appliedObjects(JSON.parse(gunzipSync(content).toString("utf8"))),
    at: applied?.predicate.finishedAt,
    looked: await lastLook(ports, stack),
    differences: (await lastDifferences(ports, stack))?.differences.length,
  };
}
