/** The Pulumi resource class of a definition, for use in components: no class is written by hand. */
import pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { ResourceDefinition, Shape } from "./define.ts";

/** A value of which any part may still be an output of another resource. */
type DeepInput<T> = pulumi.Input<
  T extends readonly (infer Item)[]
    ? readonly DeepInput<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: DeepInput<T[Key]> }
      : T
>;

type Args<I extends Shape> = { readonly [Key in keyof z.input<I>]: DeepInput<z.input<I>[Key]> };

type Properties<I extends Shape, O extends Shape> = {
  readonly [Key in keyof z.output<I>]: pulumi.Output<z.output<I>[Key]>;
} & { readonly [Key in keyof z.output<O>]: pulumi.Output<z.output<O>[Key]> };

/** A custom resource with its inputs and outputs as Pulumi outputs. */
export type ResourceInstance<I extends Shape, O extends Shape> = pulumi.CustomResource &
  Properties<I, O>;

export type ResourceClass<I extends Shape, O extends Shape> = new (
  name: string,
  args: Args<I>,
  options: pulumi.CustomResourceOptions,
) => ResourceInstance<I, O>;

export function resourceClass<I extends Shape, O extends Shape>(
  definition: ResourceDefinition<I, O>,
): ResourceClass<I, O> {
  const outputs = Object.fromEntries(
    Object.keys(definition.outputs.shape)
      .filter((key) => !key.startsWith("__"))
      .map((key) => [key, undefined]),
  );
  class DefinedResource extends pulumi.CustomResource {
    constructor(name: string, args: Args<I>, options: pulumi.CustomResourceOptions) {
      super(definition.token, name, { ...outputs, ...args }, options);
    }
  }
  // The constructor of CustomResource adds an output for every key it is given; TypeScript cannot see that.
  return DefinedResource as unknown as ResourceClass<I, O>;
}

/** The provider resource of a package: explicit, so that no stack ever uses a default provider. */
export class PackageProvider extends pulumi.ProviderResource {
  constructor(packageName: string, args: pulumi.Inputs, options: pulumi.ResourceOptions = {}) {
    super(packageName, packageName, args, options);
  }
}
