/** The rules that look across a tenant file: one line each. */
import { exceptionsAreNotListedAsCovered } from "./backup.ts";
import { clearedKeysHaveNoValue } from "./clears.ts";
import { deputiesStandInForSomeone, enoughPeopleCanDecide } from "./decision-makers.ts";
import { initialDomainIsNamedOnce, usersAreInTheTenantsDomains } from "./domains.ts";
import type { Rule } from "./facts.ts";
import { licensesSuffice, licensesWereBought } from "./licenses.ts";
import { managersFormNoLoop } from "./managers.ts";
import { annualSubscriptionsHaveAStart, periodsRunForward } from "./periods.ts";
import { namesReferToSomething } from "./references.ts";
import {
  releasedThingsAreNotDeclared,
  releasedThingsKeepTheirBackup,
  unmanagedThingsAreNotDeclared,
} from "./releases.ts";
import { removedThingsAreNotDeclared } from "./removals.ts";
import { formerNamesAreFree } from "./renames.ts";
import { nothingIsThereTwice } from "./unique-names.ts";

export const rules: readonly Rule[] = [
  nothingIsThereTwice,
  initialDomainIsNamedOnce,
  usersAreInTheTenantsDomains,
  namesReferToSomething,
  managersFormNoLoop,
  licensesWereBought,
  licensesSuffice,
  periodsRunForward,
  annualSubscriptionsHaveAStart,
  enoughPeopleCanDecide,
  deputiesStandInForSomeone,
  removedThingsAreNotDeclared,
  releasedThingsAreNotDeclared,
  releasedThingsKeepTheirBackup,
  unmanagedThingsAreNotDeclared,
  formerNamesAreFree,
  clearedKeysHaveNoValue,
  exceptionsAreNotListedAsCovered,
];
