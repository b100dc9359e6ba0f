/** The directory's part of Graph: one line for a plain collection, a file of its own where the service behaves. */
import { entityOperations } from "../graph/entity.ts";
import { batchRoute } from "../graph/batch.ts";
import type { GraphPart } from "../graph/workload.ts";
import { directoryObjectJobs, directoryObjectRoutes } from "./directory-objects.ts";
import { directoryRoleDefinition } from "./directory-role.ts";
import { domainRoutes } from "./domain.ts";
import { groupDefinition } from "./group.ts";
import { licensingJobs, licensingListeners, licensingRoutes } from "./licensing.ts";
import { organizationDefinition } from "./organization.ts";
import { groupRelations, relationRoutes, userRelations } from "./relations.ts";
import { applicationDefinition, servicePrincipalDefinition } from "./service-principal.ts";
import { companySubscriptionDefinition, subscribedSkuDefinition } from "./subscribed-sku.ts";
import { userDefinition } from "./user.ts";

export const directoryPart: GraphPart = {
  operations: [
    batchRoute,
    ...relationRoutes,
    ...licensingRoutes,
    ...directoryObjectRoutes,
    ...domainRoutes,
    ...entityOperations(userDefinition, userRelations),
    ...entityOperations(groupDefinition, groupRelations),
    ...entityOperations(servicePrincipalDefinition),
    ...entityOperations(applicationDefinition),
    ...entityOperations(directoryRoleDefinition),
    ...entityOperations(organizationDefinition),
    ...entityOperations(subscribedSkuDefinition),
    ...entityOperations(companySubscriptionDefinition),
  ],
  jobs: { ...licensingJobs, ...directoryObjectJobs },
  listeners: licensingListeners,
};
