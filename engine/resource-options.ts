/**
 * Options that the program gives its resources. The engine's events leave most of them out and so does its own
 * plan, so they are taken from the program itself: those that the plan has room for become part of it (and of
 * its digest), all others are refused. A run that declares other options than the planned one is stopped.
 */
import pulumi from "@pulumi/pulumi";
import { canonicalJson } from "../core/canonical-json.ts";
import { resourceKey } from "../core/urn.ts";
import type { DeclaredOptions } from "../plan/index.ts";
import { ExpectedError } from "../core/expected-error.ts";

type Options = pulumi.CustomResourceOptions & pulumi.ComponentResourceOptions;

/** In the plan: in the engine's events, or by `declaredBy`. */
const IN_PLAN: ReadonlySet<string> = new Set<keyof Options>([
  "parent",
  "provider",
  "providers",
  "protect",
  "retainOnDelete",
  "hideDiffs",
  "deleteBeforeReplace",
  "deletedWith",
  "ignoreChanges",
  "aliases",
]);

/** Without effect on what happens to the tenant: the order of steps, what is encrypted in the state. */
const HARMLESS: ReadonlySet<string> = new Set<keyof Options>([
  "dependsOn",
  "additionalSecretOutputs",
]);

export class OptionsOfProgram {
  readonly #packageVersions: ReadonlyMap<string, string>;
  readonly #keys = new WeakMap<pulumi.Resource, string>();
  #declared = new Map<string, DeclaredOptions>();
  #planned: ReadonlyMap<string, DeclaredOptions> | undefined;
  #refusal: ExpectedError | undefined;

  /** @param packageVersions of each package, the one version that a resource may ask for */
  constructor(packageVersions: ReadonlyMap<string, string>) {
    this.#packageVersions = packageVersions;
  }

  /** Call first thing in each run of the program. */
  watch(): void {
    this.#declared = new Map();
    this.#refusal = undefined;
    pulumi.runtime.registerStackTransformation(({ type, name, opts, resource }) => {
      try {
        this.#note(resourceKey(type, name), opts, resource);
      } catch (error) {
        if (error instanceof ExpectedError) this.#refusal ??= error;
        throw error;
      }
      return undefined;
    });
  }

  /** From now on every run must declare what the last one did. */
  bind(): void {
    this.#planned = this.#declared;
  }

  /** Planning starts anew. */
  unbind(): void {
    this.#planned = undefined;
  }

  /** Why the last run was stopped, if this stopped it. */
  get refusal(): ExpectedError | undefined {
    return this.#refusal;
  }

  /** Of the last run, by `resourceKey`. */
  get declared(): ReadonlyMap<string, DeclaredOptions> {
    return this.#declared;
  }

  #note(key: string, opts: Options, resource: pulumi.Resource): void {
    this.#refuseUncovered(key, opts);
    const options = this.#declaredBy(opts);
    const known = this.#declared.get(key) ?? this.#planned?.get(key) ?? options;
    const isAdded = this.#planned !== undefined && !this.#planned.has(key);
    if (isAdded || canonicalJson(known) !== canonicalJson(options)) {
      throw new ExpectedError("options-differ", `${key} is declared twice, differently.`, {
        hint: "Nothing more was done. The program must declare the same resources on every run; check what it reads.",
      });
    }
    this.#keys.set(resource, key);
    this.#declared.set(key, options);
  }

  #declaredBy({
    ignoreChanges,
    deleteBeforeReplace,
    deletedWith,
    aliases,
  }: Options): DeclaredOptions {
    return {
      ...(isSet(aliases) ? { aliases: namesOf(aliases) } : {}),
      ...(deleteBeforeReplace === undefined ? {} : { deleteBeforeReplace }),
      ...(ignoreChanges === undefined ? {} : { ignoreChanges: [...ignoreChanges] }),
      ...(deletedWith === undefined
        ? {}
        : { deletedWith: this.#keys.get(deletedWith) ?? "an undeclared resource" }),
    };
  }

  #refuseUncovered(key: string, { version, ...opts }: Options): void {
    const uncovered = Object.entries(opts)
      .filter(([option, value]) => !IN_PLAN.has(option) && !HARMLESS.has(option) && isSet(value))
      .map(([option]) => option);
    // Only another name: with another type, parent or stack it would be another object that is taken over.
    if (isSet(opts.aliases) && namesOf(opts.aliases).length === 0) uncovered.push("aliases");
    const ofPackage = this.#packageVersions.get(packageOf(key));
    if (version !== undefined && version !== ofPackage) uncovered.push("version");
    if (uncovered.length === 0) return;
    throw new ExpectedError(
      "option-not-covered",
      `${key} uses an option that a plan cannot show: ${uncovered.sort().join(", ")}.`,
      { hint: "Remove the option; what a plan does not show cannot be approved." },
    );
  }
}

/** Of a resource, and of a provider resource such as `pulumi:providers:m365`. */
const packageOf = (key: string): string => {
  const [first = "", second, third = ""] = key.split(":");
  return first === "pulumi" && second === "providers" ? third : first;
};

/** The names in a list of aliases that are nothing but names; none where one is anything else. */
function namesOf(aliases: Options["aliases"]): string[] {
  if (!Array.isArray(aliases)) return [];
  const names = aliases.map((alias: unknown) => {
    const entries = Object.entries(alias ?? {});
    const [[key, name] = []] = entries;
    return entries.length === 1 && key === "name" && typeof name === "string" ? name : undefined;
  });
  return names.includes(undefined) ? [] : (names as string[]);
}

const isSet = (value: unknown): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);
