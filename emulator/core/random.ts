import { createHash } from "node:crypto";

function digest(parts: readonly (string | number)[]): Buffer {
  return createHash("sha256").update(parts.join("\u0000")).digest();
}

/** A number in [0, 1) that depends on the parts alone: the same parts give the same number on every machine. */
export function fraction(...parts: readonly (string | number)[]): number {
  return digest(parts).readUIntBE(0, 6) / 2 ** 48;
}

/** A version 4 shaped GUID that depends on the parts alone. */
export function guidFrom(...parts: readonly (string | number)[]): string {
  const hex = digest(parts).toString("hex");
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
