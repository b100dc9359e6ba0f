/** The provider's own keys, from which all trust in a record starts. They come from outside the record. */
import { z } from "zod";
import * as field from "./fields.ts";
import { keyId } from "./keys.ts";

export const trustRootsSchema = z.strictObject({
  version: z.literal(1),
  keys: z.array(
    z.strictObject({
      name: field.lineOfText,
      email: field.email,
      publicKey: field.base64,
      /** What a statement signed with this key may be. */
      purposes: z.array(z.enum(["bootstrap", "application", "lock-break"])).min(1),
      /** Entries recorded from this moment on may not rest on the key; null: not revoked. */
      revokedAt: field.instant.nullable(),
    }),
  ),
});
export type TrustRoots = z.infer<typeof trustRootsSchema>;
export type ProviderKey = TrustRoots["keys"][number];
export type Purpose = ProviderKey["purposes"][number];

/** The provider's key with this id, if it may be used for this purpose at this time. */
export function providerKey(
  roots: TrustRoots,
  id: string,
  use: { purpose: Purpose; at: string },
): ProviderKey | undefined {
  return roots.keys.find(
    (key) =>
      keyId(key.publicKey) === id &&
      key.purposes.includes(use.purpose) &&
      (key.revokedAt === null || use.at < key.revokedAt),
  );
}
