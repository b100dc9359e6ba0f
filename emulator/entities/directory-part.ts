/** The directory's part of Graph: one line for a plain collection, a file of its own where the service behaves. */
import { batchRoute } from "../graph/batch.ts";
import { deltaOperation } from "../graph/delta.ts";
import { entityOperations } from "../graph/entity.ts";
import type { GraphPart } from "../graph/workload.ts";
import { addMicrosoftServices, appRoleRoutes } from "./app-roles.ts";
import { addBuiltInStrengths, authenticationStrengthRoutes } from "./authentication-strength.ts";
import { conditionalAccessPolicyDefinition } from "./conditional-access.ts";
import { delegatedAdminJobs, delegatedAdminRoutes } from "./delegated-admin.ts";
import { audited, directoryAuditRoutes } from "./directory-audits.ts";
import { directoryObjectJobs, directoryObjectRoutes } from "./directory-objects.ts";
import { directoryRoleDefinition } from "./directory-role.ts";
import { domainRoutes } from "./domain.ts";
import { dynamicGroupJobs, dynamicGroupListeners } from "./dynamic-groups.ts";
import { groupDefinition } from "./group.ts";

import { groupLicensingJobs, reviveLicenses } from "./group-licensing.ts";
import { guestAndSessionRoutes } from "./guests-and-sessions.ts";
import { licensingRoutes } from "./licensing.ts";
import { namedLocationDefinition } from "./named-location.ts";
import { organizationDefinition } from "./organization.ts";
import { deviceDefinition } from "./devices.ts";
import { administrativeUnitDefinition, plainCollections } from "./plain-collections.ts";
import { policyRoutes } from "./policies.ts";
import { accessPassRoutes } from "./access-passes.ts";
import { registrationDetailsRoutes } from "./registration-details.ts";
import { signInRoutes } from "./sign-ins.ts";
import { groupRelations, relationRoutes, userRelations } from "./relations.ts";
import { addBuiltInRoles, roleRoutes } from "./role-management.ts";
import { applicationDefinition, servicePrincipalDefinition } from "./service-principal.ts";
import { companySubscriptionDefinition, subscribedSkuDefinition } from "./subscribed-sku.ts";
import { trackedOfGroups, trackedOfUsers } from "./tracked-relations.ts";
import { userDefinition } from "./user.ts";

export const directoryPart: GraphPart = {
  operations: [
    batchRoute,
    ...relationRoutes,
    ...licensingRoutes,
    ...directoryObjectRoutes,
    ...domainRoutes,
    ...roleRoutes,
    ...policyRoutes,
    ...authenticationStrengthRoutes,
    deltaOperation(userDefinition, trackedOfUsers),
    deltaOperation(groupDefinition, trackedOfGroups),
    ...[
      applicationDefinition,
      servicePrincipalDefinition,
      directoryRoleDefinition,
      administrativeUnitDefinition,
    ].map((definition) => deltaOperation(definition)),
    ...appRoleRoutes,
    ...guestAndSessionRoutes,
    ...delegatedAdminRoutes,
    ...registrationDetailsRoutes,
    ...accessPassRoutes,
    ...directoryAuditRoutes,
    ...signInRoutes,
    ...entityOperations(userDefinition, userRelations),
    ...entityOperations(groupDefinition, groupRelations),
    ...entityOperations(servicePrincipalDefinition),
    ...entityOperations(applicationDefinition),
    ...entityOperations(organizationDefinition),
    ...entityOperations(subscribedSkuDefinition),
    ...entityOperations(companySubscriptionDefinition),
    ...entityOperations(conditionalAccessPolicyDefinition),
    ...entityOperations(namedLocationDefinition),
    ...entityOperations(deviceDefinition),
    ...plainCollections.flatMap((definition) => entityOperations(definition)),
  ].map(audited),
  jobs: {
    ...groupLicensingJobs,
    ...directoryObjectJobs,
    ...dynamicGroupJobs,
    ...delegatedAdminJobs,
  },
  listeners: {
    ...dynamicGroupListeners,
    "user.restored": (scope, payload) => {
      reviveLicenses(scope, payload.id);
      dynamicGroupListeners["user.restored"](scope);
    },
    "tenant.created": (scope) => {
      addMicrosoftServices(scope);
      addBuiltInRoles(scope);
      addBuiltInStrengths(scope);
    },
  },
};
