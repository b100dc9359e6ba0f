/** Plans and records that an older version of Tenantry left in a workspace: named as that, and never as damaged. */
import { describe, expect, it } from "vitest";
import { signEnvelope } from "../../approval/dsse.ts";
import { decodeEntry, encodeEntry } from "../../approval/entry.ts";
import { canonicalJson } from "../../core/canonical-json.ts";
import type { Json } from "../../core/json.ts";
import { decide } from "../../operations/decide.ts";
import { readLog, verifyLog } from "../../operations/history.ts";
import { planTenant } from "../../operations/plan.ts";
import { showPlan } from "../../operations/show.ts";
import { aWorld, MARIEKE, STACK } from "./support.ts";
import type { World } from "./support.ts";

const newest = { stack: STACK, digest: undefined };

async function planned(): Promise<World> {
  const world = aWorld();
  await planTenant(world.context, { stack: STACK, refresh: false, isNew: false });
  return world;
}

/** The same ports on a store in which some values were written by somebody else. */
const rewriting = (
  world: World,
  rewrite: (key: string, bytes: Uint8Array) => Promise<Uint8Array>,
) =>
  world.with({
    records: {
      ...world.store,
      get: async (key) => {
        const bytes = await world.store.get(key);
        return bytes && (await rewrite(key, bytes));
      },
    },
  });

describe("what an older version left", () => {
  it("is refused as such when it is a plan", async () => {
    const context = rewriting(await planned(), async (key, bytes) =>
      key.includes("/plans/")
        ? Buffer.from(Buffer.from(bytes).toString().replace("tenantry.plan/v3", "tenantry.plan/v2"))
        : bytes,
    );
    await expect(showPlan(context, newest)).rejects.toMatchObject({
      code: "plan-other-version",
      message:
        "This plan was made by an older version of Tenantry (tenantry.plan/v2; this one reads tenantry.plan/v3).",
    });
  });

  it("is refused as such when it is an entry of the record", async () => {
    const world = await planned();
    const decision = {
      decision: "approved",
      remark: "",
      email: undefined,
      shown: [],
    } as const;
    await decide(world.context, { ...newest, ...decision });
    const key = await world.context.keys.load(MARIEKE);
    const context = rewriting(world, async (path, bytes) => {
      if (!path.endsWith("/entries/0000000002.json")) return bytes;
      const entry = decodeEntry(bytes);
      const signed = JSON.parse(Buffer.from(entry.envelope.payload, "base64").toString()) as {
        predicateType: string;
      };
      const older = { ...signed, predicateType: signed.predicateType.replace("/v1", "/v0") };
      const payload = Buffer.from(canonicalJson(older as Json));
      return encodeEntry({ ...entry, envelope: signEnvelope(payload, [key]) });
    });
    const refused = {
      code: "other-version",
      message:
        "Entry 2 of the approval record: A statement was signed with an older version of Tenantry (decision/v0; this one reads v1).",
    };
    const about = { stack: STACK };
    await expect(readLog(context, about)).rejects.toMatchObject(refused);
    await expect(verifyLog(context, { ...about, receipt: undefined })).rejects.toMatchObject(
      refused,
    );
    await expect(decide(context, { ...newest, ...decision })).rejects.toMatchObject(refused);
  });
});
