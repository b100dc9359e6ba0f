/** Sizes as Exchange takes and writes them. */
import { refused } from "./errors.ts";

export const sizeText = (bytes: number): string =>
  `${(bytes / 2 ** 30).toFixed(2)} GB (${bytes.toLocaleString("en-US")} bytes)`;

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
};

/** `50MB`, `49.5 GB` or bytes. @throws ServiceFailure 400 for anything else */
export function bytesOf(size: string): number {
  const [, number, unit = ""] = /^([\d.]+) ?([KMG]?B?)$/i.exec(size) ?? [];
  const factor = UNITS[unit.toUpperCase()];
  if (number === undefined || factor === undefined)
    throw refused(`Cannot convert value "${size}" to a size.`);
  return Math.round(Number(number) * factor);
}
