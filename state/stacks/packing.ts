/** Deployments as they are stored and sent: gzipped JSON, since a state is mostly repetition. */
import { gunzipSync, gzipSync } from "node:zlib";
import type { VersionedDeployment } from "../journal/deployment.ts";

/** Level 1: a state of 5 MB takes about 30 ms and a tenth of its size; more saves little of the one for much of the other. */
export const pack = (deployment: VersionedDeployment): Uint8Array =>
  gzipSync(JSON.stringify(deployment), { level: 1 });

export const unpack = (content: Uint8Array): VersionedDeployment =>
  JSON.parse(gunzipSync(content).toString("utf8")) as VersionedDeployment;
