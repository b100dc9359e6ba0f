/** Attacks E of docs/security.md: the decision maker is shown something else than what happens. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { countChanges } from "../../../plan/model/counts.ts";
import { planDigest } from "../../../plan/model/digest.ts";
import type { Plan } from "../../../plan/model/model.ts";
import { renderMarkdown } from "../../../views/render-markdown.ts";
import { APPROVED_CHANGE, anApprovedWorkspace, expectRefused } from "../support/attack.ts";
import {
  aChangedProgram,
  withOptions,
  withProperties,
  withRemediation,
} from "../support/changed-program.ts";
import type { Exchanges } from "../support/changed-program.ts";
import type { TestWorkspace } from "../support/workspace.ts";
import { aTenantFile } from "../support/workspace.ts";

let applied: TestWorkspace;

beforeAll(async () => {
  applied = await anApprovedWorkspace();
  await applied.succeed(["apply", "example"]);
  applied.declare(APPROVED_CHANGE);
});

interface Planned {
  readonly digest: string;
  readonly plan: Plan;
  readonly preview: { readonly html: string; readonly markdown: string };
}

async function plan(workspace: TestWorkspace, exchanges: Exchanges = {}): Promise<Planned> {
  const program = aChangedProgram(exchanges);
  const { json } = await workspace.succeed(["plan", "example"], { program });
  return json as unknown as Planned;
}

const withRule = (rule: string): Exchanges => ({
  "dist/policies/pack.js": [["version, rules }", `version, rules: [...rules, ${rule}] }`]],
});

describe("deceiving the decision maker", () => {
  it("refuses to leave the tail of a long plan out in silence (28)", async () => {
    const made = (await plan(applied.copy())).plan;
    const [change] = made.changes;
    if (change === undefined) throw new Error("The plan is empty");
    const changes = Array.from({ length: 6000 }, (_, index) => {
      const number = String(index).padStart(4, "0");
      return { ...change, urn: `${change.urn}-${number}`, name: `Person ${number}` };
    });
    const long: Plan = { ...made, changes, counts: countChanges({ ...made, changes }) };
    const markdown = renderMarkdown(long);
    expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(65_536);
    expect(markdown).toContain(planDigest(long));
    const shown = changes.filter(({ name }) => markdown.includes(name)).length;
    expect(shown).toBeLessThan(6000);
    expect(markdown).toMatch(new RegExp(String(6000 - shown).replace(/(\d)(\d{3})$/, "$1.?$2")));
  });

  it("refuses to hide a difference that the program asks to hide (29)", async () => {
    const hiding = await plan(applied.copy(), withOptions(`{ hideDiffs: ["jobTitle"] }`));
    const change = hiding.plan.changes.find(({ urn }) => urn.endsWith("bram.visser@example.com"));
    expect(change).toMatchObject({
      properties: [{ path: "jobTitle", after: "Vennoot" }],
      options: { hideDiffs: ["jobTitle"] },
    });
    expect(readFileSync(hiding.preview.html, "utf8")).toContain("Vennoot");
  });

  it("refuses to pass over a change of a secret (29)", async () => {
    const changed = await plan(
      applied.copy(),
      withProperties(`{ mobilePhone: pulumi.secret("+31 6 5550 0199") }`),
    );
    const text = JSON.stringify(changed) + readFileSync(changed.preview.html, "utf8");
    expect(changed.plan.changes).toHaveLength(3);
    expect(changed.plan.changes[0]?.properties).toContainEqual(
      expect.objectContaining({ path: "mobilePhone", secret: true }),
    );
    expect(text).not.toContain("5550 0199");
  });

  it("refuses to show what was declared in place of what a policy makes of it (30)", async () => {
    const program = aChangedProgram(
      withRemediation(`(type, props) =>
        type === "azuread:index/user:User" && props.jobTitle === "Vennoot"
          ? { ...props, jobTitle: "Directeur" } : undefined`),
    );
    await expectRefused(applied.copy(), ["plan", "example"], {
      code: "policy-pack-foreign",
      program,
    });
  });

  it("refuses a plan of which a policy could not be evaluated (31)", async () => {
    const workspace = applied.copy();
    workspace.declare(aTenantFile({ people: [{ name: "Anna Bakker" }, { name: "Dirk de Wit" }] }));
    const program = aChangedProgram(
      withRule(`{
        name: "m365-user-has-known-id", description: "Checks that every user's id is even.",
        check: (resources) => {
          for (const { type, props } of resources) {
            if (type === "azuread:index/user:User" && Number(props.objectId) % 2 > 2) throw new Error("odd");
          }
        },
      }`),
    );
    await expectRefused(workspace, ["plan", "example"], { code: "policy-violated", program });
  });

  it("refuses names with hidden, turning or control characters (32)", async () => {
    const workspace = applied.copy();
    for (const name of ["Anna \u202Egnp.exe", "Anna\u200B Bakker", "Anna \u001B[2J"]) {
      workspace.declare(aTenantFile({ people: [{ name: "Anna Bakker", jobTitle: name }] }));
      await expectRefused(workspace, ["plan", "example"], { code: "tenant-file-invalid" });
    }
  });

  it("refuses to let a name be markup, in HTML as in Markdown (32)", async () => {
    const hostile = `<img src=x onerror=alert(1)> [ok](https://evil.example) | **Goedgekeurd** \`x\` </table>`;
    const workspace = applied.copy();
    workspace.declare(
      aTenantFile({
        displayName: hostile,
        people: [
          { name: "Anna Bakker" },
          { name: "Bram Visser", jobTitle: hostile },
          { name: "Carla Smit" },
        ],
      }),
    );
    const { preview } = await plan(workspace);
    const html = readFileSync(preview.html, "utf8");
    const markdown = readFileSync(preview.markdown, "utf8");
    expect(html).toContain("&lt;img");
    expect(html).not.toContain("<img");
    expect(markdown).not.toContain("<img");
    expect(markdown).not.toContain("](https://evil");
    expect(markdown).not.toContain("**Goedgekeurd**");
  });
});
