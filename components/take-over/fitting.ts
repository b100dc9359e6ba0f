/** Which of the values that a tenant has can stand in a tenant file and mean the same there. */
import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { findSku } from "../../core/sku-catalogue.ts";

/** Values that have no place in the file are named: a key that is left out is not managed, and stays as it is. */
export function fitting(
  { shape }: { readonly shape: Readonly<Record<string, z.ZodType>> },
  values: Readonly<Record<string, unknown>>,
): { readonly kept: Readonly<Record<string, unknown>>; readonly dropped: readonly string[] } {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  const fits = ([key, value]: readonly [string, unknown]): boolean => {
    const parsed = shape[key]?.safeParse(value);
    return parsed?.success === true && isDeepStrictEqual(parsed.data, value);
  };
  return {
    kept: Object.fromEntries(present.filter(fits)),
    dropped: present.filter((entry) => !fits(entry)).map(([key]) => key),
  };
}

/** Of values with `source` those that a tenant file may say: the on-premises directory masters the others. */
export const managedHere = (
  values: Readonly<Record<string, unknown>>,
  { naming, here }: { readonly naming: readonly string[]; readonly here: readonly string[] },
): Readonly<Record<string, unknown>> =>
  values.source === undefined
    ? values
    : Object.fromEntries(
        Object.entries(values).filter(([key]) => naming.includes(key) || here.includes(key)),
      );

/**
 * Licences as the file can say them; nothing where it cannot, or where there are none: a product without a name here, or a
 * part that is switched off in one of several licences that have it.
 */
export function licensesInFile(
  licenses: readonly { readonly sku: string; readonly disabledPlans: readonly string[] }[],
): {
  readonly isSayable: boolean;
  readonly licenses?: readonly string[];
  readonly disabledPlans?: readonly string[];
} {
  const off = [...new Set(licenses.flatMap(({ disabledPlans }) => disabledPlans))].sort();
  const isSayable = licenses.every(({ sku, disabledPlans }) => {
    const plans = findSku(sku)?.plans;
    if (plans === undefined) return false;
    return isDeepStrictEqual(
      [...disabledPlans].sort(),
      off.filter((plan) => plans.includes(plan)),
    );
  });
  if (!isSayable || licenses.length === 0) return { isSayable };
  return {
    isSayable,
    licenses: licenses.map(({ sku }) => sku),
    ...(off.length === 0 ? {} : { disabledPlans: off }),
  };
}
