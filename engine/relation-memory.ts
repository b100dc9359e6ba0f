/**
 * What was read of relations in one tenant, in a file of this workspace: object ids and Graph's tokens, no name and no
 * value. It is only ever an advantage: where it is lost, damaged or cannot be written, the next look reads everything.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { RelationMemory } from "../services/index.ts";
import type { Workspace } from "../workspace/index.ts";

const byId = z.record(z.string(), z.string());
const related = z.partialRecord(z.enum(["manager", "members", "owners"]), byId);
const keptRelations = z.record(
  z.string(),
  z.strictObject({
    startedAt: z.iso.datetime(),
    link: z.string().startsWith("/"),
    objects: z.record(z.string(), related.nullable()),
  }),
);

/** @param tenantId of the directory: another one has other objects and other tokens */
export function relationMemory(
  { dataDirectory }: Pick<Workspace, "dataDirectory">,
  tenantId: string,
): RelationMemory {
  const folder = join(dataDirectory, "relations");
  const file = join(folder, `${tenantId.toLowerCase()}.json`);
  return {
    load: async () => {
      const text = await readFile(file, "utf8").catch(orNothing);
      return text === undefined ? undefined : parsed(text);
    },
    save: async (kept) => {
      const unfinished = `${file}.${process.pid}`;
      const write = async (): Promise<void> => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(unfinished, JSON.stringify(kept), { mode: 0o600 });
        await rename(unfinished, file);
      };
      await write().catch(orNothing);
    },
  };
}

function parsed(text: string): z.output<typeof keptRelations> | undefined {
  try {
    return keptRelations.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** No file, no right to it, no room on the disk. Anything that is not about files is a mistake of ours. */
function orNothing(error: unknown): undefined {
  if (error instanceof Error && "errno" in error) return undefined;
  throw error;
}
