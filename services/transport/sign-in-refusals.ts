/**
 * What the login service's refusals of an application mean, by their number. Only for words: nothing is decided by them.
 * @see https://learn.microsoft.com/entra/identity-platform/reference-error-codes (checked 2026-11-27)
 */
interface Refusal {
  /** What is wrong, without a full stop. */
  readonly meaning: string;
  readonly hint: string;
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  AADSTS90002: {
    meaning: "there is no tenant with this id",
    hint: "Correct tenant.id in the tenant file.",
  },
  AADSTS700016: {
    meaning: "the application is not known in this tenant",
    hint: "Correct AZURE_CLIENT_ID, or have an administrator of this tenant grant consent to the application.",
  },
  AADSTS7000112: {
    meaning: "the application is disabled in this tenant",
    hint: "Have an administrator enable it under Enterprise applications.",
  },
  AADSTS700027: {
    meaning: "the certificate does not belong to the application",
    hint: "Upload the certificate to the application, or correct AZURE_CLIENT_CERTIFICATE_PATH.",
  },
  AADSTS700024: {
    meaning: "the proof of the certificate is outside its time",
    hint: "Set this machine's clock right.",
  },
  AADSTS7000215: {
    meaning: "the client secret is wrong",
    hint: "Set AZURE_CLIENT_SECRET to the value of the secret, not its id.",
  },
  AADSTS7000222: {
    meaning: "the client secret has expired",
    hint: "Add a new secret to the application, and set AZURE_CLIENT_SECRET to its value.",
  },
  AADSTS700211: {
    meaning: "no federated credential of the application has the token's issuer",
    hint: "Correct the issuer of the federated credential.",
  },
  AADSTS700212: {
    meaning: "no federated credential of the application has the token's audience",
    hint: "Ask the platform for a token for the audience that the federated credential names.",
  },
  AADSTS700213: {
    meaning: "no federated credential of the application has the token's subject",
    hint: "Correct issuer, subject and audience of the federated credential.",
  },
  AADSTS500011: {
    meaning: "the service is not there in this tenant",
    hint: "Check that the tenant has a product with this service.",
  },
  AADSTS65001: {
    meaning: "nobody has granted consent to the application",
    hint: "Have an administrator of this tenant grant consent.",
  },
  AADSTS53003: {
    meaning: "a Conditional Access policy of the tenant blocks the application",
    hint: "Have an administrator look at the sign-in log, and allow the application from here.",
  },
};

/** Undefined for a number that has no line here. */
export const signInRefusal = (code: string | undefined): Refusal | undefined =>
  code === undefined ? undefined : REFUSALS[code];
