import { expect, it } from "vitest";
import { linesOf } from "../../cli/output/record-lines.ts";
import { accessPass } from "../../operations/access-pass.ts";
import { decide } from "../../operations/decide.ts";
import { readLog } from "../../operations/history.ts";
import { planTenant } from "../../operations/plan.ts";
import { aWorld, STACK } from "./support.ts";

const PASS = "c0ffee42";
const TOM = "emma.smit@contoso.com";
const asked = {
  ...{ stack: STACK, user: TOM, receiver: "Sanne Bakker" },
  lifetimeInMinutes: 60,
};

async function atWork() {
  const world = aWorld();
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  await decide(world.context, {
    ...{ stack: STACK, email: undefined, digest: undefined, shown: [], remark: "" },
    decision: "approved",
  });
  const given: unknown[] = [];
  const context = world.with({
    giveAccessPass: async ({ userPrincipalName, lifetimeInMinutes }) => {
      given.push([userPrincipalName, lifetimeInMinutes]);
      return PASS;
    },
  });
  return { world, context, given };
}

it("gives the pass to who asks, and the record says who, for whom and who reads it", async () => {
  const { world, context, given } = await atWork();
  expect(await accessPass(context, asked)).toEqual({ ...asked, pass: PASS });
  expect(given).toEqual([[TOM, 60]]);
  const [entry] = (await readLog(context, { stack: STACK })).slice(-1);
  expect(entry === undefined ? [] : linesOf(entry).map((line) => line.trim())).toEqual([
    expect.stringContaining(`asked for a pass to sign in as ${TOM}`),
    "shown to Sanne Bakker, for 60 minutes",
  ]);
  for (const name of await world.store.list("")) {
    expect(String(await world.store.get(name))).not.toContain(PASS);
  }
});

it("asks for none that would make an administrator or somebody who decides of whoever asks", async () => {
  const { context, given } = await atWork();
  for (const user of ["sanne.bakker@contoso.com", "pieter.jansen@contoso.com"]) {
    await expect(accessPass(context, { ...asked, user })).rejects.toMatchObject({
      code: "access-pass-refused",
    });
  }
  await expect(accessPass(context, { ...asked, user: "x@contoso.com" })).rejects.toMatchObject({
    code: "not-a-user",
  });
  expect(given).toEqual([]);
});
