import { describe, expect, it } from "vitest";
import { applyOutcome } from "../../operations/apply-outcome.ts";
import { aChange, aPlan, property } from "../plan/support.ts";

const told = (key: string): { description: { nl: string; en: string } } => ({
  description: { nl: `${key} komt erbij`, en: `${key} is added` },
});

const anna = aChange("anna", { operation: "create", ...told("Anna") });
const bram = aChange("bram", { operation: "create", ...told("Bram") });
const two = [property("city", "Delft", "Gouda"), property("title", "Boss", "Owner")];
const carla = aChange("carla", { operation: "update", properties: two, ...told("Carla") });
const approved = aPlan([anna, bram, carla]);

describe("the outcome of an interrupted apply", () => {
  it("is done for what is not left, and not done for what is left as it was planned", () => {
    expect(applyOutcome(approved, aPlan([bram, carla]))).toEqual([
      { nl: "uitgevoerd: Anna komt erbij", en: "done: Anna is added" },
      { nl: "niet uitgevoerd: Bram komt erbij", en: "not done: Bram is added" },
      { nl: "niet uitgevoerd: Carla komt erbij", en: "not done: Carla is added" },
    ]);
  });

  it("is begun for an object that is there and not finished, and for a part of a change", () => {
    const rest = aPlan([
      { ...bram, operation: "update" },
      { ...carla, properties: two.slice(1) },
    ]);
    expect(applyOutcome(approved, rest).map(({ en }) => en.split(":")[0])).toEqual([
      "done",
      "begun",
      "begun",
    ]);
  });
});
