/** A Pulumi package: its name, its configuration and its list of resources. */
import type { z } from "zod";
import type { ResourceDefinition } from "./define.ts";

export interface ProviderPackage {
  readonly name: string;
  readonly version: string;
  /** Configuration of the provider resource; strict. */
  readonly config: z.ZodObject;
  readonly resources: readonly ResourceDefinition[];
}
