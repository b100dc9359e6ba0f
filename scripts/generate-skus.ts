/**
 * Renews core/skus.json from Microsoft's list, "Product names and service plan identifiers for licensing" (a CSV, linked from
 * learn.microsoft.com/entra/identity/users/licensing-service-plan-reference): `node scripts/generate-skus.ts <csv> [part
 * number…]`. Products named there are added. Of the plans only those are kept that the list has already: each plan that
 * decides something is known to the emulator (emulator/entities/service-plans.ts).
 */
import { readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

interface Product {
  readonly name: string;
  readonly skuId: string;
  readonly plans: readonly string[];
}

const target = fileURLToPath(new URL("../core/skus.json", import.meta.url));
const [csv, ...added] = process.argv.slice(2);
if (csv === undefined) throw new Error("Give the path of Microsoft's CSV.");

const products = JSON.parse(readFileSync(target, "utf8")) as Record<string, Product>;
const known = new Set(Object.values(products).flatMap(({ plans }) => plans));
const rows = readFileSync(csv, "utf8").split(/\r?\n/).slice(1).map(cellsOf);
for (const partNumber of [...Object.keys(products), ...added]) {
  const own = rows.filter(([, id]) => id === partNumber);
  const [[name = "", , skuId = ""] = []] = own;
  if (skuId === "") {
    process.stderr.write(`${partNumber} is not in the list; kept as it is.\n`);
    continue;
  }
  const plans = own.map(([, , , plan = ""]) => plan).filter((plan) => known.has(plan));
  // A name is what customers read; ours stays.
  products[partNumber] = { name, ...products[partNumber], skuId: skuId.toLowerCase(), plans };
}
const options = { ...(await resolveConfig(target)), parser: "json" };
writeFileSync(target, await format(JSON.stringify(products), options));

/** Cells of a row; a cell in quotes may hold commas and doubled quotes. */
function cellsOf(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
}
