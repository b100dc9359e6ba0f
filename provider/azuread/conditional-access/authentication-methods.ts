/**
 * The ways to sign in that an authentication strength can allow, in Microsoft's spelling and in people's words.
 * @see https://learn.microsoft.com/graph/api/resources/authenticationstrengthpolicy (authenticationMethodModes, checked 2026-11)
 */
interface Words {
  readonly nl: string;
  readonly en: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  deviceBasedPush: {
    nl: "inloggen met de telefoon via Authenticator",
    en: "phone sign-in with Authenticator",
  },
  email: { nl: "code per e-mail", en: "code by e-mail" },
  federatedMultiFactor: {
    nl: "tweestapsverificatie bij een andere dienst",
    en: "two-step verification elsewhere",
  },
  federatedSingleFactor: { nl: "inloggen bij een andere dienst", en: "sign-in elsewhere" },
  fido2: { nl: "passkey of beveiligingssleutel", en: "passkey or security key" },
  hardwareOath: { nl: "code van een apparaatje", en: "code of a hardware token" },
  microsoftAuthenticatorPush: { nl: "melding in Authenticator", en: "prompt in Authenticator" },
  password: { nl: "wachtwoord", en: "password" },
  sms: { nl: "sms", en: "text message" },
  softwareOath: { nl: "code van een app", en: "code of an app" },
  temporaryAccessPassMultiUse: {
    nl: "tijdelijke toegangscode, vaker te gebruiken",
    en: "temporary pass for several uses",
  },
  temporaryAccessPassOneTime: {
    nl: "tijdelijke toegangscode voor één keer",
    en: "temporary pass for one use",
  },
  voice: { nl: "telefoontje", en: "phone call" },
  windowsHelloForBusiness: { nl: "Windows Hello", en: "Windows Hello" },
  x509CertificateMultiFactor: { nl: "certificaat met pincode", en: "certificate with a PIN" },
  x509CertificateSingleFactor: { nl: "certificaat", en: "certificate" },
};

export const METHODS: ReadonlySet<string> = new Set(Object.keys(WORDS));

/** `password,sms` as "wachtwoord + sms"; a method that is new to us keeps Microsoft's name. */
export function combinationWords(combination: string, language: keyof Words): string {
  const methods = combination.split(",").map((method) => method.trim());
  return methods.map((method) => WORDS[method]?.[language] ?? method).join(" + ");
}
