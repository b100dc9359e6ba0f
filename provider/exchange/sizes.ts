/** Bytes of a size as Exchange writes it, `62.1 GB (66,678,812,672 bytes)`; undefined where it is none, as `Unlimited`. */
export function bytesIn(size: string): number | undefined {
  const [, bytes] = /\(([\d,.\u00a0 ]+) bytes\)/.exec(size) ?? [];
  return bytes === undefined ? undefined : Number(bytes.replaceAll(/\D/g, ""));
}
