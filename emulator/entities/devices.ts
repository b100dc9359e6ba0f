/**
 * Devices of the organisation. They are joined at the machine itself, never over these routes: the sample company has
 * some, and tests make them past it.
 * @see https://learn.microsoft.com/graph/api/resources/device (v1.0; properties by Graph's schema)
 */
import type { Scope } from "../core/workload.ts";
import { plain } from "./plain-collections.ts";
import type { IdsOf } from "./relation-routes.ts";

const OWNERS = "device.registered-owner";

export const deviceDefinition = plain("device", "/devices", { methods: ["list", "get"] });

export const registeredOwnersOf: IdsOf = (call, device) => call.store.targets(OWNERS, device.id);

/** As a machine joins by itself. @param device.ownerId object id of the user */
export function joinDevice(
  scope: Scope,
  { ownerId, ...device }: { displayName: string; ownerId: string; isCompliant: boolean },
): void {
  const id = scope.newId();
  const joined = { trustType: "AzureAd", isManaged: true, accountEnabled: true };
  scope.store.insert(deviceDefinition.collection, { id, ...device, ...joined }, scope.nowMs);
  scope.store.link(OWNERS, id, ownerId);
}
