/** First passwords of new people: random, different for each, never stored in clear and never shown. */
import { createHmac, randomBytes } from "node:crypto";

/**
 * Makes a generator with a random key of its own: the same person gets the same password from one
 * generator (so that a preview and its apply agree) and another one from the next.
 * 24 characters of at least three kinds, as Microsoft Entra demands.
 * @see https://learn.microsoft.com/entra/identity/authentication/concept-password-ban-bad-combined-policy
 * (checked 2026-11-22)
 */
export function initialPasswords(key = randomBytes(32)): (userPrincipalName: string) => string {
  return (userPrincipalName) => {
    const text = createHmac("sha256", key).update(userPrincipalName).digest("base64url");
    return `${text.slice(0, 20)}-aA1`;
  };
}
