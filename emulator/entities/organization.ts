import { notFound } from "../graph/errors.ts";
import { collectionAnswer, entityAnswer } from "../graph/answers.ts";
import type { GraphPart } from "../graph/workload.ts";
import { organizations } from "./collections.ts";

export const organizationPart: GraphPart = {
  operations: [
    {
      method: "GET",
      path: "/organization",
      handle: (call) =>
        collectionAnswer(
          call,
          call.store.list(organizations).map((entry) => entry.object),
          { type: "organization" },
        ),
    },
    {
      method: "GET",
      path: "/organization/:id",
      handle: (call) => {
        const organization = call.store.get(organizations, call.params["id"] ?? "");
        if (organization === undefined) throw notFound(call.params["id"] ?? "");
        return entityAnswer(call, organization, { type: "organization" });
      },
    },
  ],
};
