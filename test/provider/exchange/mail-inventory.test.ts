/** What a take-over reads of all mailboxes; whole companies: test/engine/take-over.test.ts. */
import { expect, it } from "vitest";
import { readMail } from "../../../provider/exchange/mail-inventory.ts";
import { makeMailboxes } from "../support/mailboxes.ts";
import { startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const NAMES = ["Anna", "Bob", "Carla", "Dirk"];

async function company(): Promise<{ world: World; ids: readonly string[] }> {
  const world = await startWorld();
  const people = await makeMailboxes(world, NAMES);
  const [anna, bob, carla] = people;
  for (const [mailbox, trustee] of [
    [anna, bob],
    [bob, carla],
  ]) {
    await world.service.exchange.invoke("Add-RecipientPermission", {
      ...{ Identity: mailbox?.id, Trustee: trustee?.name, AccessRights: ["SendAs"] },
    });
  }
  return { world, ids: people.map(({ id }) => id) };
}

/** Requests and who may send as each, with the list of all as Exchange gives it, or otherwise. */
async function read(
  { world, ids }: Awaited<ReturnType<typeof company>>,
  listed: <T extends { readonly Identity?: string }>(rows: readonly T[]) => readonly T[],
) {
  const asked: string[] = [];
  const { exchange } = world.service;
  const service = {
    ...world.service,
    exchange: {
      ...exchange,
      invoke: async (cmdlet: string, parameters: Record<string, unknown>, options?: object) => {
        asked.push(cmdlet);
        const answer = await exchange.invoke<{ Identity?: string }>(cmdlet, parameters, options);
        const isList = cmdlet === "Get-RecipientPermission" && parameters.Identity === undefined;
        return isList ? { ...answer, value: [...listed(answer.value)] } : answer;
      },
    },
  } as typeof world.service;
  const found = await readMail({ ...world.context, service }, []);
  if (!("found" in found)) throw new Error(found.reason);
  const sendAs = ids.map((id) => found.found.mailboxes.get(id)?.rights?.sendAs);
  return { sendAs, count: asked.filter((one) => one === "Get-RecipientPermission").length };
}

const RIGHTS = [["bob@contoso.com"], ["carla@contoso.com"], [], []];

it("reads who may send as somebody in one list", async () => {
  const given = await company();
  expect(await read(given, (rows) => rows)).toEqual({ sendAs: RIGHTS, count: 1 });
});

it("asks for each mailbox of which that list says nothing, or by a name of two", async () => {
  const given = await company();
  const without = await read(given, (rows) =>
    rows.filter(({ Identity }) => Identity !== given.ids[0]),
  );
  expect(without).toEqual({ sendAs: RIGHTS, count: 2 });
  const none = await read(given, (rows) => rows.map((row) => ({ ...row, Identity: "?" })));
  expect(none).toEqual({ sendAs: RIGHTS, count: 5 });
});
