import { describe, expect, it } from "vitest";
import { KnownObjects } from "../../../services/transport/known-objects.ts";
import { graphError, tinyService } from "./support/tiny-service.ts";

const ONE = "0a0a0a0a-1111-4222-8333-444444444444";
const OTHER = "0b0b0b0b-1111-4222-8333-444444444444";

describe("what a creation whose answer was lost may have made", () => {
  it("is not what a call named before", () => {
    const known = new KnownObjects();
    known.calling(`/groups/${ONE.toUpperCase()}/members?$select=id`);
    const claim = known.creating();
    expect(claim(ONE)).toBe(false);
    expect(claim(OTHER)).toBe(true);
  });

  it("may be what a call named later", () => {
    const known = new KnownObjects();
    const claim = known.creating();
    known.calling(`/groups/${ONE}`);
    expect(claim(ONE)).toBe(true);
  });

  it("is not what another creation made or claimed", () => {
    const known = new KnownObjects();
    const [claim, another] = [known.creating(), known.creating()];
    known.answered({ id: ONE });
    expect(claim(ONE)).toBe(false);
    expect(another(OTHER)).toBe(true);
    expect(claim(OTHER)).toBe(false);
  });

  it("is told apart by the client, for creations of the same thing at the same time", async () => {
    const made = [OTHER, ONE].map((id) => ({ id }));
    const { client } = await tinyService(({ method, path }) => {
      if (method === "POST") return "cut";
      return path === "/places" ? { body: { value: made } } : { body: graphError("unexpected") };
    });
    const { graph } = client;
    const create = () =>
      graph.post<{ id: string }>(
        "/places",
        {},
        {
          find: async (claim) =>
            (await graph.all<{ id: string }>("/places")).find(({ id }) => claim(id)),
        },
      );
    const answers = await Promise.all([create(), create()]);
    expect(answers.map(({ id }) => id).sort()).toEqual([ONE, OTHER]);
  });
});
