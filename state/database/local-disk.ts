/** SQLite's WAL needs memory that all processes share, and locks that hold: network disks have neither. */
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { ExpectedError } from "../../core/expected-error.ts";

/** Linux's numbers of network file systems (statfs(2), linux/magic.h, checked 2026-11-26). Others have none. */
const NETWORK: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB"],
  [0x01021997, "9P"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
  [0x0bd00bd0, "Lustre"],
]);

/** @throws ExpectedError `state-unusable` when the folder, or the first of its parents that is there, is on a network disk */
export function requireLocalDisk(folder: string): void {
  if (process.platform !== "linux") return;
  if (!existsSync(folder) && dirname(folder) !== folder) {
    requireLocalDisk(dirname(folder));
    return;
  }
  const name = networkDiskName(statfsSync(folder).type);
  if (name === undefined) return;
  throw new ExpectedError(
    "state-unusable",
    `${folder} is on a network disk (${name}), where the state's database can be damaged.`,
    {
      hint: "Keep the workspace on a local disk, or set `state` to a Postgres database that everybody reaches.",
    },
  );
}

/** The kind of network disk that a type of file system stands for. */
export const networkDiskName = (type: number): string | undefined => NETWORK.get(type >>> 0);
