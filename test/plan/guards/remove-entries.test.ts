import { describe, expect, it } from "vitest";
import { planDigest } from "../../../plan/model/digest.ts";
import type { Change } from "../../../plan/model/model.ts";
import { removalOf } from "../../../plan/guards/remove-entries.ts";
import { renderHtml } from "../../../views/render-html.tsx";
import { renderMarkdown } from "../../../views/render-markdown.ts";
import { renderText } from "../../../views/render-text.ts";
import { aChange, aPlan } from "../support.ts";

const entry = { object: "Bob@contoso.com", reason: "Leaves", data: "Kept for 90 days" };
const removed = (overrides: Partial<Change> = {}): Change =>
  aChange("bob@contoso.com", { operation: "delete", severity: "destructive", ...overrides });

describe("the tenant file's word on what goes", () => {
  it("belongs to the person, group or site that goes", () => {
    expect(removalOf(removed(), [entry])).toEqual({ reason: "Leaves", data: "Kept for 90 days" });
    const site = removed({
      type: "m365:sharepoint:Site",
      identifiers: ["https://contoso.sharepoint.com/sites/old"],
    });
    expect(removalOf(site, [{ ...entry, object: "/sites/old" }])).toBeDefined();
  });

  it("belongs to nothing else", () => {
    expect(removalOf(removed(), [{ ...entry, object: "ann@contoso.com" }])).toBeUndefined();
    expect(removalOf(removed({ operation: "update" }), [entry])).toBeUndefined();
    expect(removalOf(removed({ type: "m365:licensing:UserLicense" }), [entry])).toBeUndefined();
  });

  const bob = (removal: { reason: string; data: string }) => aPlan([removed({ removal })]);
  const plan = bob({ reason: "Uit dienst", data: "Alles 90 dagen <b>bewaard</b>" });

  it("is read next to the removal on the page, in both languages, escaped", () => {
    const page = renderHtml(plan);
    for (const words of [
      "Reden",
      "Reason",
      "Wat er met de gegevens gebeurt",
      "What happens to the data",
    ]) {
      expect(page).toContain(words);
    }
    expect(page).toContain("<bdi>Uit dienst</bdi>");
    expect(page).toContain("<bdi>Alles 90 dagen &lt;b&gt;bewaard&lt;/b&gt;</bdi>");
  });

  it("is read in Markdown and on a terminal, in the language asked for", () => {
    expect(renderMarkdown(plan)).toContain(" — Reden: Uit dienst — ");
    expect(renderMarkdown(plan, { language: "en" })).toContain(
      " — What happens to the data: Alles 90 dagen &lt;b&gt;bewaard",
    );
    expect(renderText(plan, { language: "en" })).toContain("      Reason: Uit dienst\n");
  });

  it("is covered by the digest: what the decision maker read cannot become another reason", () => {
    const other = bob({ reason: "Uit dienst", data: "Alles gewist" });
    expect(planDigest(other)).not.toBe(planDigest(plan));
  });
});
