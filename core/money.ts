/**
 * Amounts of money as decimal texts ("20.60"), reckoned in whole numbers: binary fractions have no cents. What a price
 * comes to is kept by the year, where prices by the month and by the year are both exact.
 */

/** Decimals of an amount at most; prices of a licence in fractions of a cent exist. */
export const AMOUNT = /^\d{1,7}(\.\d{1,4})?$/;

const DECIMALS = 4;
const MONTHS = 12n;
/** So many more decimals of a twelfth that whoever rounds it rounds as the exact value would. */
const MORE_DECIMALS = 4;

/** What so many licences cost a year; below zero where there are fewer. */
export function costPerYear(
  { amount, per }: { readonly amount: string; readonly per: "month" | "year" },
  count: number,
): string {
  return decimal(units(amount) * BigInt(count) * (per === "month" ? MONTHS : 1n), DECIMALS);
}

export const sumOf = (amounts: readonly string[]): string =>
  decimal(
    amounts.reduce((sum, amount) => sum + units(amount), 0n),
    DECIMALS,
  );

/** So many parts of an amount that is for `of` of them, rounded to its decimals, half up; not below zero. */
export function partOf(amount: string, parts: number, of: number): string {
  const [one, all] = [units(amount) * BigInt(parts), BigInt(of)];
  return decimal((2n * one + all) / (2n * all), DECIMALS);
}

/** A twelfth, to be rounded for people and not to be reckoned with. */
export const perMonth = (perYear: string): string =>
  decimal((units(perYear) * 10n ** BigInt(MORE_DECIMALS)) / MONTHS, DECIMALS + MORE_DECIMALS);

function units(amount: string): bigint {
  const [whole = "", fraction = ""] = amount.replace("-", "").split(".");
  const value = BigInt(`${whole}${fraction.padEnd(DECIMALS, "0")}`);
  return amount.startsWith("-") ? -value : value;
}

function decimal(value: bigint, decimals: number): string {
  const sign = value < 0n ? "-" : "";
  const digits = String(value < 0n ? -value : value).padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -decimals)}${fraction === "" ? "" : `.${fraction}`}`;
}
