/** Names that strangers may have chosen, and a plan that has such a name wherever a stranger can put one. */
import { policyFindings } from "../../plan/guards/policy-findings.ts";
import type { Plan } from "../../plan/model/model.ts";
import { aChange, aPlan, options, property } from "./support.ts";

export const HOSTILE: readonly string[] = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'); --><!--",
  "</bdi></li></style><h1>Approved</h1>",
  "&lt;b&gt; &#x202e;",
  "invoice\u202Egnp.exe",
  "\u2067abc\u2069\u2066def",
  "zero\u200Bwidth\uFEFF\u{E0041}",
  "\u001B[2J\u001B[31mred\u0007",
  "two\r\nlines\u2028three",
  "[click](javascript:alert(1)) ![x](http://evil.test/x.png)",
  "**bold** _it_ `code` ~~gone~~ | a | b | $x^2$",
  "@octocat #1 !2 https://evil.test www.evil.test",
  "# heading",
  "1. list",
  "- [x] done",
  "=====",
];

export function hostilePlan(name: string): Plan {
  const text = { nl: `${name} komt erbij`, en: `${name} joins` };
  const change = aChange("key", {
    operation: "replace",
    severity: "destructive",
    name,
    description: text,
    affected: [`other ${name}`],
    commitment: { ...text, product: name, countBefore: 1, countAfter: 2, until: "2027-02-01" },
    properties: [
      property("displayName", name, `${name}!`),
      property("extension", undefined, name),
      property("members", [name], [{ name, role: name }]),
      property(`["${name}"]`, name, undefined),
    ],
    options: { ...options, replaceReasons: [name], ignoreChanges: [name], hideDiffs: [name] },
    optionChanges: [property("parent", name, "urn:x")],
    urn: `urn:pulumi:contoso::tenantry::azuread:index/user:User::${name}`,
  });
  const plan = aPlan([change], {
    unmanaged: [{ section: "people", name, reason: text }],
    findings: policyFindings([{ rule: name, urn: name, message: name }]),
  });
  plan.tenant.displayName = name;
  return plan;
}
