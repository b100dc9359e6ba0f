/** Collections that need nothing but their type in the schema: a line each. */
import { defineCollection } from "../core/store.ts";
import type { EntityDefinition } from "../graph/definition.ts";
import { isOfType } from "../odata/schema.ts";
import { requireValues } from "./rules.ts";

export const administrativeUnitDefinition = plain(
  "administrativeUnit",
  "/directory/administrativeUnits",
  { required: ["displayName"], isSoftDeleted: true },
);

export const plainCollections: readonly EntityDefinition[] = [
  administrativeUnitDefinition,
  plain("contract", "/contracts", { methods: ["list", "get"] }),
  plain("orgContact", "/contacts", { methods: ["list", "get"] }),
  plain("groupSetting", "/groupSettings", { required: ["templateId", "values"] }),
  plain("groupSettingTemplate", "/groupSettingTemplates", { methods: ["list", "get"] }),
  plain("oAuth2PermissionGrant", "/oauth2PermissionGrants", {
    required: ["clientId", "consentType", "resourceId"],
  }),
  plain("delegatedAdminCustomer", "/tenantRelationships/delegatedAdminCustomers", {
    methods: ["list", "get"],
  }),
];

interface PlainOptions extends Partial<EntityDefinition> {
  /** Properties that a new object must have. */
  required?: readonly string[];
}

export function plain(type: string, path: string, options: PlainOptions = {}): EntityDefinition {
  const { required = [], ...rest } = options;
  return {
    type,
    path,
    collection: defineCollection(type, {
      displayName: ({ displayName }) => (typeof displayName === "string" ? displayName : undefined),
    }),
    methods: ["list", "get", "create", "update", "delete"],
    isDirectoryObject: isOfType(type, "directoryObject"),
    readOnly: ["id", "createdDateTime", "deletedDateTime"],
    create: (_call, object) => {
      requireValues(object, required, type);
      return object;
    },
    ...rest,
  };
}
