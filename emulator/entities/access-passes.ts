/**
 * Temporary Access Passes: one a user, shown in the answer that creates it and never again.
 * @see https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods (v1.0, checked 2026-11-28)
 * @see https://learn.microsoft.com/graph/api/resources/temporaryaccesspassauthenticationmethod (v1.0, checked 2026-11-28)
 */
import { toTimestamp } from "../core/clock.ts";
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { addressed } from "../graph/entity.ts";
import { badRequest } from "../graph/errors.ts";
import { readEntity } from "../graph/input.ts";
import type { GraphObject } from "../graph/object.ts";
import { collectionAnswer, entityAnswer } from "../graph/responses.ts";
import { authenticationMethods } from "./collections.ts";
import { userDefinition } from "./user.ts";

const TYPE = "temporaryAccessPassAuthenticationMethod";
const PATH = "/users/:id/authentication/temporaryAccessPassMethods";
const [FEWEST_MINUTES, MOST_MINUTES, USUAL_MINUTES] = [10, 43_200, 60];

/** By object id of the user, without the pass itself. */
const passes = defineCollection<StoredObject & { readonly pass: GraphObject }>("access-passes");

const passOf = (call: Call): GraphObject | undefined =>
  call.store.get(passes, addressed(call, userDefinition).id)?.pass;

function create(call: Call): Answer {
  const user = addressed(call, userDefinition);
  const policy = call.store.get(authenticationMethods, "TemporaryAccessPass");
  if (policy?.state !== "enabled") {
    throw new ServiceFailure(400, "badRequest", {
      message:
        "Converged UserCredentialPolicy does not allow creating or updating this authentication method. AuthMethodType [TemporaryAccessPass].",
    });
  }
  const { properties } = readEntity(call, TYPE);
  const { lifetimeInMinutes = USUAL_MINUTES, isUsableOnce = false } = properties;
  const minutes = Number(lifetimeInMinutes);
  if (!(minutes >= FEWEST_MINUTES && minutes <= MOST_MINUTES)) {
    throw badRequest("The lifetime of a Temporary Access Pass is between 10 and 43200 minutes.");
  }
  const now = toTimestamp(call.nowMs);
  const pass = {
    ...{ id: call.newId(), temporaryAccessPass: null },
    ...{ createdDateTime: now, startDateTime: now, lifetimeInMinutes: minutes, isUsableOnce },
    ...{ isUsable: true, methodUsabilityReason: "EnabledByPolicy" },
  };
  const earlier = call.store.get(passes, user.id);
  if (earlier === undefined) call.store.insert(passes, { id: user.id, pass }, call.nowMs);
  else call.store.replace(passes, { id: user.id, pass });
  const secret = call.newId().replaceAll("-", "").slice(0, 8);
  return entityAnswer(
    call,
    { ...pass, temporaryAccessPass: secret },
    { type: TYPE, context: PATH.slice(1).replace(":id", `('${user.id}')`), status: 201 },
  );
}

function list(call: Call): Answer {
  const pass = passOf(call);
  return collectionAnswer(call, pass === undefined ? [] : [pass], {
    ...{ type: TYPE, context: "users/authentication/temporaryAccessPassMethods" },
  });
}

export const accessPassRoutes: readonly Route[] = [
  { method: "GET", path: PATH, handle: list },
  { method: "POST", path: PATH, handle: create },
];
