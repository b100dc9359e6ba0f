/** What all component resources share: a type token, stable child names, the parent, the providers. */
import pulumi from "@pulumi/pulumi";
import { NAMES_FROM_THERE } from "../core/on-premises.ts";
import type { Unmanaged } from "./principals.ts";

/** What a component's children need besides their own inputs. */
export interface Context {
  /** Explicit providers; nothing in a stack ever uses a default provider. */
  readonly providers: {
    readonly m365: pulumi.ProviderResource;
    readonly azuread: pulumi.ProviderResource;
  };
  /** The stack's name: the prefix of every component's name. */
  readonly stack: string;
  readonly unmanaged: Unmanaged;
}

/** Finds a resource in the state under the name that it had before it was renamed; nothing to find where it has none. */
export const knownAs = (former: string | undefined): { aliases?: pulumi.Alias[] } =>
  former === undefined ? {} : { aliases: [{ name: former }] };

/**
 * A group of resources that a customer recognises. Children are named after what they are in the tenant (an
 * address, a group's name, a site's URL); one that is renamed says what it was called before.
 */
export abstract class TenantComponent extends pulumi.ComponentResource {
  readonly #context: Context;

  protected constructor(kind: string, context: Context, dependsOn: readonly pulumi.Resource[]) {
    super(
      `tenantry:index:${kind}`,
      `${context.stack}-${kind.toLowerCase()}`,
      {},
      {
        dependsOn: [...dependsOn],
      },
    );
    this.#context = context;
  }

  /** Ends the component. @param fromOnPremises names: once they are out of the file, only the state tells where they came from */
  protected declared(fromOnPremises: readonly string[]): void {
    this.registerOutputs(
      fromOnPremises.length === 0 ? {} : { [NAMES_FROM_THERE]: [...fromOnPremises].sort() },
    );
  }

  /** Options of a child: this component as parent, the provider of its package, what must exist before it. */
  protected child(
    provider: keyof Context["providers"],
    dependsOn: readonly pulumi.Resource[] = [],
  ): pulumi.CustomResourceOptions {
    return {
      parent: this,
      provider: this.#context.providers[provider],
      dependsOn: [...dependsOn],
    };
  }
}
