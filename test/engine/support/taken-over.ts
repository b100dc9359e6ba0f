/** A tenant file that was written by a take-over, and what the program of it finds in the tenant. */
import { adoptionBy } from "../../../provider/adoption.ts";
import type { Inventory } from "../../../provider/inventory.ts";
import { adopt } from "../../../provider/kit/adopt.ts";
import { readingContext } from "../../../provider/kit/connection.ts";
import type { Connection } from "../../../provider/kit/connection.ts";
import { parseTenant } from "../../../tenant-file/load.ts";
import type { Tenant } from "../../../tenant-file/tenant-schema.ts";
import { resourcesOf } from "./program-run.ts";

export function tenantIn(text: string): Tenant {
  const read = parseTenant(text, "tenant.yaml");
  if ("tenant" in read) return read.tenant;
  throw new Error(JSON.stringify(read.problems));
}

/** Each resource of the file is looked for in the tenant, as in a take-over. Gives their types. */
export async function takenOver(
  tenant: Tenant,
  { inventory, connection }: { readonly inventory: Inventory; readonly connection: Connection },
): Promise<string[]> {
  const adopted = adoptionBy(inventory);
  const context = readingContext(connection);
  const taken: string[] = [];
  await resourcesOf(tenant, async (definition, { type, inputs }) => {
    const found = await adopt(definition, context, { id: adopted(type, inputs), inputs });
    taken.push(type);
    return found;
  });
  return taken;
}
