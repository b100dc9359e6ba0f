import { describe, expect, it } from "vitest";
import { planDigest } from "../../../plan/model/digest.ts";
import { withNames } from "../../../plan/build/person-names.ts";
import { renderHtml } from "../../../views/render-html.tsx";
import { renderText } from "../../../views/render-text.ts";
import { valueFromEngine } from "../../../plan/build/engine-values.ts";
import type { PropertyChange } from "../../../plan/model/model.ts";
import { aChange, aPlan, property } from "../support.ts";

const ANNA = "5f1c2d3e-0000-4000-8000-00000000000a";
const BRAM = "5f1c2d3e-0000-4000-8000-00000000000b";
const NOBODY = "5f1c2d3e-0000-4000-8000-0000000000ff";
const anna = "Anna Bakker (anna@contoso.com)";
const carla = "Carla Smit (carla@contoso.com)";
const people = new Map([
  [ANNA, anna],
  [BRAM, "Bram Visser (bram@contoso.com)"],
]);

const textOf = (change: PropertyChange): string =>
  renderText(aPlan([aChange("x", { operation: "update", properties: [change] })]), {
    language: "en",
  });

/** The engine's marker of a text that is not known yet. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const wanted = [ANNA, UNKNOWN];
const unknownOwners = property("owners", [ANNA], wanted);

const named = (one: PropertyChange, declared: readonly string[] = []): PropertyChange =>
  withNames(one, { people, declared, wanted: valueFromEngine(wanted) });

describe("ids of people", () => {
  it("show as the names in the state, and stay what the plan holds", () => {
    const shown = named(property("managerId", BRAM, ANNA));
    expect(shown).toMatchObject({ before: BRAM, after: ANNA });
    expect(textOf(shown)).toContain(`Manager: Bram Visser (bram@contoso.com) → ${anna}`);
    expect(textOf(shown)).not.toContain(ANNA);
  });

  it("show as the declared name for who does not exist yet", () => {
    const manager: PropertyChange = {
      path: "managerId",
      kind: "added",
      secret: false,
      unknown: { reason: "assigned-by-service", paths: ["managerId"] },
    };
    expect(textOf(named(manager, [carla]))).toContain(`Manager: ${carla}`);
    expect(textOf(named(manager))).toContain("Manager: assigned by Microsoft on creation");
  });

  it("show in lists, also where only some of them are known", () => {
    const shown = named(unknownOwners, [anna, carla]);
    expect(textOf(shown)).toContain(`Owners: + ${carla}, (1 unchanged)`);
    // A declaration that does not fit what is planned names nobody.
    const doubtful = named(unknownOwners, [anna, carla, "Dirk"]);
    expect(textOf(doubtful)).toContain("Owners: + assigned by Microsoft on creation");
  });

  it("say so when nobody here knows them", () => {
    const change = named(property("managerId", ANNA, NOBODY));
    expect(textOf(change)).toContain(`→ somebody who is not managed here (${NOBODY})`);
    const page = renderHtml(aPlan([aChange("x", { operation: "update", properties: [change] })]));
    expect(page).toContain(`iemand die hier niet beheerd wordt (${NOBODY})`);
  });

  it("leave other properties alone", () => {
    const other = property("department", ANNA, BRAM);
    expect(named(other, [carla])).toBe(other);
  });

  it("are covered by the digest as they are shown", () => {
    const shown = named(property("managerId", BRAM, ANNA));
    const lie = { ...shown, shownAs: { before: anna, after: carla } };
    const digestOf = (one: PropertyChange): string =>
      planDigest(aPlan([aChange("x", { properties: [one] })]));
    expect(digestOf(lie)).not.toBe(digestOf(shown));
  });
});

it("the language of a site shows as a language, and an id that has no name as it is", () => {
  expect(textOf(property("lcid", 1033, 1043))).toContain("Language: English → Dutch");
  expect(textOf(property("lcid", 1033, 3082))).toContain("→ 3082");
});

it("a person or group in a list shows by name, without the id that tells it from others", () => {
  const member = { id: ANNA, userPrincipalName: "anna@contoso.com" };
  expect(textOf(property("members", [], [member]))).toContain("Members: + anna@contoso.com\n");
});
