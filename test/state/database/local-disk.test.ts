import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { networkDiskName, requireLocalDisk } from "../../../state/database/local-disk.ts";

it("knows network disks by their number, also where it is negative", () => {
  expect(networkDiskName(0x6969)).toBe("NFS");
  expect(networkDiskName(0xff534d42 | 0)).toBe("CIFS");
  expect(networkDiskName(0xef53)).toBeUndefined();
});

it("takes a folder that is not there yet by the first that is", () => {
  expect(() => {
    requireLocalDisk(join(tmpdir(), "not", "there", "yet"));
  }).not.toThrow();
});
