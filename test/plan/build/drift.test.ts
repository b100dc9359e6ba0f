import { describe, expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { readBackFromEngineEvents } from "../../../plan/build/drift.ts";
import { PLAIN_GRAIN } from "../../../plan/model/grain.ts";
import { describe as describeResource } from "../../../provider/index.ts";
import { eventsOf } from "../logs.ts";

const read = (events: readonly unknown[] = eventsOf("read-back")) =>
  readBackFromEngineEvents(events, { describe: describeResource, grain: PLAIN_GRAIN });

describe("what a read-back found", () => {
  it("names each object, what differs with both values, and says it in a sentence", () => {
    const { drift } = read();
    expect(drift.map(({ name, kind }) => [name, kind])).toEqual([
      ["Directie", "changed"],
      ["Fleur van den Berg", "gone"],
      ["Marieke de Vries", "changed"],
    ]);
    const [members, , person] = drift;
    expect(members?.description.en).toContain("leaves the group Directie");
    expect(person).toMatchObject({ section: "people", type: "azuread:index/user:User" });
    expect(person?.properties).toEqual([
      expect.objectContaining({ path: "department", before: "Directie", after: "" }),
      expect.objectContaining({ path: "jobTitle", before: "Directeur", after: "Keizer" }),
    ]);
    expect(person?.description.en).toContain("Keizer");
  });

  it("counts the objects that were read, without the scaffolding, and has their ids", () => {
    const { objects, ids } = read();
    expect(objects).toBe(4);
    expect(new Set(ids).size).toBe(4);
    expect(ids).toContainEqual(expect.stringMatching(/^\/users\//));
  });

  it("tells of somebody who is gone once, and not of their licences as well", () => {
    const events = eventsOf("read-back");
    const licences = events
      .filter((event) => JSON.stringify(event).includes("User::fleur.vandenberg@contoso.com"))
      .map((event) => JSON.stringify(event))
      .map((event) => event.replaceAll("azuread:index/user:User", NOUNS.userLicense.type))
      .map((event) => event.replaceAll("::fleur.vandenberg@contoso.com", "$&-licenses"))
      .map((event) => JSON.parse(event) as object);
    const more = [...events, ...licences].map((event, sequence) => ({ ...event, sequence }));
    const { objects, drift } = read(more);
    expect(objects).toBe(5);
    expect(drift.map(({ name }) => name)).toEqual([
      ...["Directie", "Fleur van den Berg", "Marieke de Vries"],
    ]);
  });

  it("is refused when an event is missing", () => {
    const events = eventsOf("read-back");
    expect(() => read(events.toSpliced(2, 1))).toThrow("gaps");
  });
});
