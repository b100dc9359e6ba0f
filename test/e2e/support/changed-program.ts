/** The compiled program with something in it exchanged: what an attacker, or a bug of tomorrow, would make of it. */
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cloneRoot, temporaryFolder } from "./workspace.ts";

/** Per file of `dist`: what is exchanged for what, each at its first place. */
export type Exchanges = Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;

/** @returns its `main.js`, for the option `program` of a run */
export function aChangedProgram(exchanges: Exchanges): string {
  const root = temporaryFolder();
  cpSync(join(cloneRoot, "dist"), join(root, "dist"), { recursive: true });
  cpSync(join(cloneRoot, "package.json"), join(root, "package.json"));
  mkdirSync(join(root, ".tenantry"));
  cpSync(join(cloneRoot, ".tenantry", "setup.json"), join(root, ".tenantry", "setup.json"));
  symlinkSync(join(cloneRoot, "node_modules"), join(root, "node_modules"), "junction");
  for (const [file, pairs] of Object.entries(exchanges)) {
    const path = join(root, file);
    const changed = pairs.reduce(
      (text, [from, to]) => {
        if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
        return text.replace(from, () => to);
      },
      readFileSync(path, "utf8"),
    );
    writeFileSync(path, changed);
  }
  return join(root, "dist", "cli", "main.js");
}

/** A pack that changes resources, `(type, props) => props | undefined`; none of ours does, and its server cannot. */
export const withRemediation = (remedy: string): Exchanges => ({
  "dist/policies/server.js": [
    [
      "import grpc from",
      `import struct from "google-protobuf/google/protobuf/struct_pb.js";\nimport grpc from`,
    ],
    ["remediate: { ...AnalyzerService.remediate, requestDeserialize: unread },", ""],
    [
      "remediate: unary(() => new proto.RemediateResponse()),",
      `remediate: unary((request) => {
        const props = (${remedy})(request.getType(), request.getProperties().toJavaScript());
        const response = new proto.RemediateResponse();
        return props === undefined ? response : response.setRemediationsList([
          new proto.Remediation().setPolicyname("m365-test-remedies").setPolicypackname(pack.name)
            .setPolicypackversion(pack.version).setProperties(struct.Struct.fromJavaScript(props)),
        ]);
      }),`,
    ],
  ],
});

/** Gives every person more properties; `person` and `pulumi` can be used in the expression. */
export const withProperties = (expression: string): Exchanges => ({
  "dist/components/people.js": [
    [`import { User }`, `import pulumi from "@pulumi/pulumi";\nimport { User }`],
    ["forcePasswordChange: true,", `forcePasswordChange: true, ...(${expression}),`],
  ],
});

/** Gives every person more resource options; `this`, `person` and `pulumi` can be used in the expression. */
export const withOptions = (expression: string): Exchanges => ({
  "dist/components/people.js": [
    [`import { User }`, `import pulumi from "@pulumi/pulumi";\nimport { User }`],
    [
      `ignoreChanges: ["password", "forcePasswordChange"],`,
      `ignoreChanges: ["password", "forcePasswordChange"], ...(${expression}),`,
    ],
  ],
});
