/** A company's name as it is compared: without case, punctuation and legal form; empty when nothing is left. */
export const companyKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\b(b\.?v|n\.?v|gmbh|inc|ltd|corp|corporation)\b\.?/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
