/** The program runs in the SDK's own test mode: its resources are real, and no engine answers. */
import pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, it } from "vitest";
import { OptionsOfProgram } from "../../engine/resource-options.ts";
import { ExpectedError } from "../../core/expected-error.ts";

class Thing extends pulumi.CustomResource {
  constructor(name: string, options: pulumi.CustomResourceOptions = {}) {
    super("m365:index:Thing", name, {}, options);
  }
}

let options: OptionsOfProgram;

/** One run of a program that declares the things; it ends early, as any program, where it is refused. */
async function run(declare: () => void): Promise<void> {
  await pulumi.runtime.runInPulumiStack(() => {
    options.watch();
    try {
      declare();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
    }
    return Promise.resolve();
  });
}

beforeEach(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ name }) => ({ id: name, state: {} }),
    call: () => ({}),
  });
  options = new OptionsOfProgram(new Map([["m365", "1.2.3"]]));
});

describe("options of the program", () => {
  it("are known by the resource, where the engine's events leave them out", async () => {
    await run(() => {
      const site = new Thing("site");
      new Thing("rights", { deletedWith: site, ignoreChanges: ["a"], deleteBeforeReplace: true });
    });
    expect(options.declared.get("m365:index:Thing::rights")).toEqual({
      deletedWith: "m365:index:Thing::site",
      ignoreChanges: ["a"],
      deleteBeforeReplace: true,
    });
    expect(options.declared.get("m365:index:Thing::site")).toEqual({});
  });

  it("are known by other names too", async () => {
    await run(() => new Thing("site", { aliases: [{ name: "old" }] }));
    expect(options.refusal).toBeUndefined();
    expect(options.declared.get("m365:index:Thing::site")).toEqual({ aliases: ["old"] });
  });

  it.each<[string, pulumi.CustomResourceOptions]>([
    ["replaceOnChanges", { replaceOnChanges: ["a"] }],
    ["pluginDownloadURL", { pluginDownloadURL: "https://plugins.example" }],
    ["version", { version: "9.9.9" }],
    ["aliases", { aliases: ["urn:pulumi:s::p::m365:index:Thing::old"] }],
    ["aliases", { aliases: [{ name: "old", type: "m365:index:Other" }] }],
    ["import", { import: "id" }],
  ])("may not hold %s, which no plan shows", async (name, declared) => {
    await run(() => new Thing("site", declared));
    expect(options.refusal).toMatchObject({ code: "option-not-covered" });
    expect(options.refusal?.message).toContain(name);
  });

  it("may hold the version that the package has anyway", async () => {
    await run(() => new Thing("site", { version: "1.2.3", dependsOn: [] }));
    expect(options.refusal).toBeUndefined();
  });

  it("must be the same in the run that carries the plan out", async () => {
    await run(() => new Thing("site", { ignoreChanges: ["a"] }));
    options.bind();
    await run(() => new Thing("site", { ignoreChanges: ["a"] }));
    expect(options.refusal).toBeUndefined();
    await run(() => new Thing("site", { ignoreChanges: ["b"] }));
    expect(options.refusal).toMatchObject({ code: "options-differ" });
  });

  it("may not come with a resource that was not planned", async () => {
    await run(() => new Thing("site"));
    options.bind();
    await run(() => {
      new Thing("site");
      new Thing("other");
    });
    expect(options.refusal).toMatchObject({ code: "options-differ" });
  });
});
