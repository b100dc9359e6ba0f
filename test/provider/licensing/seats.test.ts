import { describe, expect, it } from "vitest";
import type { Ahead, PlannedStep } from "../../../provider/kit/ahead.ts";
import type { ResourceContext } from "../../../provider/kit/define.ts";
import * as lifecycle from "../../../provider/kit/lifecycle.ts";
import { mailboxType } from "../../../provider/exchange/mailbox-type.ts";
import { userLicense } from "../../../provider/licensing/user-license.ts";
import { contoso } from "../../emulator/support/emulator.ts";
import { makePeople } from "../support/people.ts";
import { settle, startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const EXCHANGE = "EXCHANGESTANDARD";

/** Bob and Carl have the two licences for Exchange that there are, Dora the only one of Entra ID P2. */
class Office {
  readonly #world: World;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #before = new Map<string, readonly string[]>();

  private constructor(world: World, ids: ReadonlyMap<string, string>) {
    this.#world = world;
    this.#ids = ids;
  }

  static async open(): Promise<Office> {
    const world = await startWorld();
    world.emulator.addTenant({
      ...contoso,
      subscribedSkus: [{ skuPartNumber: "AAD_PREMIUM_P2", enabledUnits: 1 }],
    });
    const people = await makePeople(world, ["Anna", "Bob", "Carl", "Dora"]);
    const office = new Office(
      world,
      new Map(people.map(({ id, name }) => [name.replace("@contoso.com", ""), id])),
    );
    await office.change("bob", [EXCHANGE], []);
    await office.change("carl", [EXCHANGE], []);
    await office.change("dora", ["AAD_PREMIUM_P2"], []);
    await settle(world);
    return office;
  }

  #inputs(name: string, skus: readonly string[]): Record<string, unknown> {
    return {
      userId: this.#ids.get(name),
      userPrincipalName: `${name}@contoso.com`,
      licenses: skus.map((sku) => ({ sku, disabledPlans: [] })),
    };
  }

  /** The approved change of somebody; undefined removes what they have. */
  step(name: string, skus: readonly string[] | undefined): PlannedStep {
    return {
      type: userLicense.token,
      id: this.#ids.get(name) ?? "",
      before: this.#inputs(name, this.#before.get(name) ?? []),
      after: skus && this.#inputs(name, skus),
    };
  }

  async change(
    name: string,
    skus: readonly string[],
    steps: readonly PlannedStep[],
  ): Promise<void> {
    const { id, before } = this.step(name, skus);
    await this.#write({ id, before }, { news: this.#inputs(name, skus), steps, isAhead: false });
    if (steps.length === 0) this.#before.set(name, skus);
  }

  async #write(
    {
      id,
      before,
      type = userLicense.token,
    }: Pick<PlannedStep, "id" | "before"> & { type?: string },
    call: { news: Record<string, unknown>; steps: readonly PlannedStep[]; isAhead: boolean },
  ): Promise<void> {
    const { steps, news, isAhead } = call;
    const ahead: Ahead = {
      isAhead,
      steps: (type) => steps.filter((step) => step.type === type),
      carryOut: (step, inputs) => this.#write(step, { news: inputs, steps, isAhead: true }),
    };
    const context: ResourceContext = { ...this.#world.context, ahead };
    const definition = type === mailboxType.token ? mailboxType : userLicense;
    await lifecycle.update(definition, context, { id, news, oldInputs: before });
  }

  /** Somebody's mailbox becomes a shared one. */
  conversion(name: string): PlannedStep {
    const { licenses: _, ...of } = this.#inputs(name, []);
    const after = { ...of, type: "shared", withoutLicense: true };
    const before = { ...of, type: "regular", withoutLicense: false };
    return { ...{ type: mailboxType.token, id: this.#ids.get(name) ?? "" }, before, after };
  }

  async mailboxOf(name: string): Promise<unknown> {
    await settle(this.#world);
    const found = await lifecycle.read(mailboxType, this.#world.context, {
      ...{ id: this.#ids.get(name) ?? "", oldInputs: this.conversion(name).after ?? {} },
    });
    return found?.inputs.type;
  }

  async held(name: string): Promise<unknown> {
    await settle(this.#world);
    const id = this.#ids.get(name) ?? "";
    const query = { id, oldInputs: this.#inputs(name, []) };
    const found = await lifecycle.read(userLicense, this.#world.context, query);
    return (found?.inputs.licenses as { sku: string }[]).map(({ sku }) => sku);
  }
}

describe("a licence that somebody needs", () => {
  it("is taken from who exchanges it, and their own turn finds that done", async () => {
    const office = await Office.open();
    const steps = [office.step("bob", ["SPB"])];
    await office.change("anna", [EXCHANGE], steps);
    await office.change("bob", ["SPB"], steps);
    expect(await office.held("anna")).toEqual([EXCHANGE]);
    expect(await office.held("bob")).toEqual(["SPB"]);
  });

  it("is taken from somebody else where one change fails, which is said in its own turn", async () => {
    const office = await Office.open();
    const steps = [office.step("bob", ["SPE_E5"]), office.step("carl", undefined)];
    await office.change("anna", [EXCHANGE], steps);
    expect(await office.held("anna")).toEqual([EXCHANGE]);
    expect(await office.held("carl")).toEqual([]);
    expect(await office.held("bob")).toEqual([EXCHANGE]);
    await expect(office.change("bob", ["SPE_E5"], steps)).rejects.toMatchObject({
      code: "license-not-bought",
    });
  });

  it("is taken from whose mailbox becomes a shared one only after it has", async () => {
    const office = await Office.open();
    const steps = [office.step("carl", []), office.conversion("carl")];
    await office.change("anna", [EXCHANGE], steps);
    expect(await office.held("anna")).toEqual([EXCHANGE]);
    expect(await office.mailboxOf("carl")).toBe("shared");
  });

  it("is not taken from somebody for whom the plan makes no room", async () => {
    const office = await Office.open();
    const steps = [office.step("bob", ["AAD_PREMIUM_P2"])];
    await expect(office.change("anna", [EXCHANGE], steps)).rejects.toMatchObject({
      code: "no-licenses-left",
    });
    expect(await office.held("bob")).toEqual([EXCHANGE]);
  });

  it("is swapped where everybody waits for everybody", async () => {
    const office = await Office.open();
    const steps = [office.step("bob", ["AAD_PREMIUM_P2"]), office.step("dora", [EXCHANGE])];
    await Promise.all([
      office.change("bob", ["AAD_PREMIUM_P2"], steps),
      office.change("dora", [EXCHANGE], steps),
    ]);
    expect(await office.held("bob")).toEqual(["AAD_PREMIUM_P2"]);
    expect(await office.held("dora")).toEqual([EXCHANGE]);
  });
});
