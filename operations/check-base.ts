/** Before the first write: whether every object that the plan touches still is where the plan starts. */
import { ExpectedError } from "../core/expected-error.ts";
import type { ComparedPath, Comparison } from "../plan/index.ts";
import type { TenantSession } from "./ports.ts";

type Compared = Awaited<ReturnType<TenantSession["compareWithTenant"]>>[number];

/**
 * Reads each touched object and compares it with the plan that this session made last. What differs elsewhere on it
 * is drift: it is not touched and does not stop the apply.
 * @throws ExpectedError `base-moved`, with each object, path, approved base and what was found; `name-taken`, with each
 * object whose name or address belongs to another one; `domain-in-use`, `domain-not-verified`, `domain-federated`;
 * `no-conditional-access`, `exclusion-gone` and `same-rule-exists` of rules for signing in; `licenses-not-bought`;
 * `in-recycle-bin` and `not-in-recycle-bin`. Nothing is written then
 */
export async function refuseMovedBase(session: TenantSession): Promise<void> {
  const compared = await session.compareWithTenant();
  const { stack } = session;
  const details = compared.flatMap(explained);
  const isAny = (...states: Comparison["state"][]): boolean =>
    compared.some(({ comparison }) => states.includes(comparison.state));
  if (isAny("moved", "gone")) {
    throw new ExpectedError(
      "base-moved",
      "The tenant no longer matches the starting point of the approved plan.",
      {
        hint: "Nothing was written. Revert the change with {plan} and have that approved, or put what was found into the tenant file and plan again.",
        remedy: { plan: { tenant: stack, refresh: true } },
        details,
      },
    );
  }
  if (isAny("key-taken")) {
    throw new ExpectedError(
      "name-taken",
      "The tenant has other objects with names or addresses that the approved plan gives out.",
      {
        hint: "Nothing was written. Choose another name in the tenant file, or rename or delete the other object and run {apply} again.",
        remedy: { apply: { tenant: stack } },
        details,
      },
    );
  }
  const [hindrance] = compared.flatMap((one) => one.hindrance ?? []);
  if (hindrance !== undefined) throw hindered(hindrance, compared, stack);
  if (isAny("in-bin")) {
    throw new ExpectedError(
      "in-recycle-bin",
      "The recycle bin still has what was deleted under names that the approved plan gives out.",
      {
        hint: "Nothing was written. Put `recycleBin: restore` or `recycleBin: leave` beside each of them in the tenant file, then {plan} and have that approved.",
        remedy: { plan: { tenant: stack } },
        details,
      },
    );
  }
  if (isAny("not-in-bin")) {
    throw new ExpectedError(
      "not-in-recycle-bin",
      "What the approved plan restores is not in the recycle bin.",
      {
        hint: "Nothing was written. Take `recycleBin` out of the tenant file to create it anew, then {plan} and have that approved.",
        remedy: { plan: { tenant: stack } },
        details,
      },
    );
  }
}

type Hindrance = NonNullable<Compared["hindrance"]>;

function hindered(
  { code }: Hindrance,
  compared: readonly Compared[],
  tenant: string,
): ExpectedError {
  const details = compared.flatMap(({ name, hindrance }) =>
    hindrance?.code === code ? [`${name}: ${hindrance.message}`] : [],
  );
  switch (code) {
    case "domain-in-use":
      return new ExpectedError(
        "domain-in-use",
        "A domain that the approved plan removes is still used.",
        {
          hint: "Nothing was written. Give each of them an address in another domain, then run {apply} again.",
          remedy: { apply: { tenant } },
          details,
        },
      );
    case "domain-not-verified":
      return new ExpectedError(
        "domain-not-verified",
        "The approved plan gives people names in a domain that the tenant has not verified.",
        {
          hint: "Nothing was written. {dns} shows the record that verifies it; once the domain is verified, run {apply} again.",
          remedy: { dns: { tenant }, apply: { tenant } },
          details,
        },
      );
    case "domain-federated":
      return new ExpectedError(
        "domain-federated",
        "The approved plan makes accounts in a domain whose people sign in at another service.",
        {
          hint: "Nothing was written. Have the accounts made there, or use another domain in the tenant file and {plan} again.",
          remedy: { plan: { tenant } },
          details,
        },
      );
    case "no-conditional-access":
      return new ExpectedError(
        "no-conditional-access",
        "The approved plan has rules for signing in that the tenant has no licence for.",
        {
          hint: "Nothing was written. Buy a product with Microsoft Entra ID P1 and run {apply} again, or put `securityDefaults: on` in place of the rules and {plan} again.",
          remedy: { plan: { tenant }, apply: { tenant } },
          details,
        },
      );
    case "licenses-not-bought":
      return new ExpectedError(
        "licenses-not-bought",
        "Licences that the approved plan counts on have not arrived.",
        {
          hint: "Nothing was written. {order} says what to order at the licence partner; once it has arrived, which may take 15 minutes, run {apply} again.",
          remedy: { order: { tenant }, apply: { tenant } },
          details,
        },
      );
    case "exclusion-gone":
      return new ExpectedError(
        "exclusion-gone",
        "A rule for signing in would be written with fewer exclusions than were approved.",
        {
          hint: "Nothing was written. Restore who is missing and run {apply} again, or make it anew or take it out of the tenant file with {plan}.",
          remedy: { plan: { tenant, refresh: true }, apply: { tenant } },
          details,
        },
      );
    case "same-rule-exists":
      return new ExpectedError(
        "same-rule-exists",
        "The tenant has a rule for signing in already that does the same as one that the approved plan makes.",
        {
          hint: "Nothing was written. Put its name under `signInSecurity.alongside` to keep both, or take ours out of the tenant file, and {plan} again.",
          remedy: { plan: { tenant } },
          details,
        },
      );
  }
}

function explained({ name, comparison, deletedUntil }: Compared): readonly string[] {
  const { state, paths } = comparison;
  switch (state) {
    case "gone":
      return [`${name} is gone`];
    case "moved":
      return paths.map((path) => `${name}: ${lineOf(path)}`);
    case "key-taken":
      return [`${name}: its name is taken`];
    case "in-bin":
      return [`${name} is in the recycle bin until ${deletedUntil ?? "it is purged"}`];
    case "not-in-bin":
      return [`${name} is not in the recycle bin`];
    case "at-base":
    case "at-target":
      return [];
  }
}

const lineOf = ({ path, element, base, found }: ComparedPath): string =>
  element === undefined
    ? `${path} is ${shown(found)}, the plan starts from ${shown(base)}`
    : `${path} ${found === undefined ? "lacks" : "has"} ${element}, unlike the starting point of the plan`;

const shown = (value: ComparedPath["base"]): string =>
  value === undefined ? "nothing" : JSON.stringify(value);
