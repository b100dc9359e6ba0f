import type { EntityDefinition } from "../graph/definition.ts";
import { domains, organizations } from "./collections.ts";

export const organizationDefinition: EntityDefinition = {
  type: "organization",
  path: "/organization",
  collection: organizations,
  methods: ["list", "get", "update"],
  isDirectoryObject: true,
  readOnly: ["id", "createdDateTime", "verifiedDomains", "tenantType"],
  computed: {
    verifiedDomains: (scope) =>
      scope.store
        .list(domains)
        .filter(({ object }) => object.isVerified === true)
        .map(({ object }) => ({
          capabilities: (object.supportedServices as string[]).join(", "),
          isDefault: object.isDefault,
          isInitial: object.isInitial,
          name: object.id,
          type: object.authenticationType,
        })),
  },
};
