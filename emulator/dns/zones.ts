/** Zones of the customer's domains at two hosts; who has them and what stands in them is the customer's. */
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Scope } from "../core/workload.ts";

/** One of the two hosts has it: Cloudflare under an id of its own, Azure under a resource id. */
export interface ZoneSeed {
  zone: string;
  cloudflare?: string;
  azure?: string;
}

interface Zone extends StoredObject {
  name: string;
}

export const cloudflareZones = defineCollection<Zone>("cloudflare.zone");
export const azureZones = defineCollection<Zone>("azure.dns-zone");

/** Cloudflare has accounts of its own, so its zones belong to no tenant. */
export const CLOUDFLARE = "cloudflare";

export function addZones(scope: Scope, zones: readonly ZoneSeed[]): void {
  for (const { zone: name, cloudflare, azure } of zones) {
    const { store } = scope.tenant(CLOUDFLARE);
    if (cloudflare !== undefined && store.get(cloudflareZones, cloudflare) === undefined)
      store.insert(cloudflareZones, { id: cloudflare, name }, scope.nowMs);
    const id = azure?.toLowerCase();
    if (id !== undefined && scope.store.get(azureZones, id) === undefined)
      scope.store.insert(azureZones, { id, name }, scope.nowMs);
  }
}
