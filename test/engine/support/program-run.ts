/** The program of a tenant file without an engine: each of its resources in the order in which they wait for each other. */
import pulumi from "@pulumi/pulumi";
import { expect } from "vitest";
import { declareTenant } from "../../../components/tenant-program.ts";
import { definitionOf } from "../../../provider/catalogue.ts";
import type { ResourceDefinition } from "../../../provider/kit/define.ts";
import { decode } from "../../../provider/kit/values.ts";
import type { Properties } from "../../../provider/kit/values.ts";
import type { Tenant } from "../../../tenant-file/tenant-schema.ts";

/** Runs the program of the file; what is done with each of its resources gives the state of it. */
export async function resourcesOf(
  tenant: Tenant,
  each: (
    definition: ResourceDefinition,
    resource: { readonly type: string; readonly name: string; readonly inputs: Properties },
  ) => Promise<{ id: string; state: Properties }>,
): Promise<void> {
  const failures: unknown[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: async ({ type, name, inputs }) => {
        const definition = definitionOf(type);
        if (definition === undefined) return { id: name, state: inputs as Properties };
        try {
          const { values } = decode(inputs as Properties);
          return await each(definition, { type, name, inputs: definition.inputs.parse(values) });
        } catch (error) {
          failures.push(error);
          return { id: name, state: { objectId: name } };
        }
      },
    },
    "tenantry",
    "contoso",
  );
  declareTenant(tenant, {
    ...{ stack: "contoso", initialPassword: () => "Unused-Aa1-unused", day: "2026-11-28" },
  });
  await pulumi.runtime.disconnect();
  expect(failures).toEqual([]);
}
