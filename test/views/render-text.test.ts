import { describe, expect, it } from "vitest";
import { NOUNS } from "../../core/nouns.ts";
import { describe as describeResource } from "../../provider/index.ts";
import { renderText } from "../../views/render-text.ts";
import { everyKind } from "../plan/every-kind.ts";
import { HOSTILE, hostilePlan } from "../plan/hostile.ts";
import { aChange, aPlan, property } from "../plan/support.ts";

describe("the plan on a terminal", () => {
  it.each(["nl", "en"] as const)("shows every kind of change in %s", async (language) => {
    const text = renderText(everyKind(), { language });
    await expect(text).toMatchFileSnapshot(`./golden/every-kind.${language}.txt`);
  });

  it("says so when nothing changes", () => {
    expect(renderText(aPlan(), { language: "nl" })).toContain("Er verandert niets");
  });

  it("says in words what colours say", () => {
    const plain = renderText(everyKind(), { language: "nl" });
    const coloured = renderText(everyKind(), {
      language: "nl",
      style: (style, text) => `<${style}>${text}</${style}>`,
    });
    expect(coloured).toContain("<red>-</red>");
    expect(coloured.replaceAll(/<\/?(bold|dim|red|green|yellow|cyan)>/g, "")).toBe(plain);
  });

  it("says by name who joins and leaves, with the addresses in the list under it", () => {
    const member = (name: string) => ({
      id: `id of ${name}`,
      userPrincipalName: `${name}@contoso.com`,
    });
    const [before, after] = [
      [member("bob"), member("joanna")],
      [member("anna"), member("joanna")],
    ];
    const membership = {
      type: NOUNS.groupMembership.type,
      operation: "update",
      section: "groups",
      name: "Finance",
    } as const;
    const { nl, en, affected } = describeResource({
      ...membership,
      before: { groupName: "finance", members: before },
      after: { groupName: "finance", members: after },
      changedPaths: ["members"],
    }) ?? { nl: "", en: "", affected: [] };
    const members = aChange("finance-members", {
      ...membership,
      ...{ affected: [...affected], description: { nl, en } },
      properties: [property("members", before, after)],
    });
    const plan = aPlan([aChange("anna@contoso.com", { name: "Anna Jansen" }), members]);
    const text = renderText(plan, { language: "nl" });
    // Nobody in the plan says what Bob is called.
    expect(text).toContain("Anna Jansen wordt lid van de groep finance; bob@contoso.com verlaat");
    expect(text).toContain("Leden: + anna@contoso.com, - bob@contoso.com");
  });

  it.each(HOSTILE)("prints the name %j without obeying it", (name) => {
    const text = renderText(hostilePlan(name), { language: "en" });
    const benign = renderText(hostilePlan("x"), { language: "en" });
    expect(text.split("\n")).toHaveLength(benign.split("\n").length);
    expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066\u2067]/u);
  });
});
