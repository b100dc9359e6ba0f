/** The rules that look across a tenant file: one line each. */
import { acceptedThingsAreManaged } from "./accepted.ts";
import { addressesBelongToOne, aliasesBelongToOne, sitesLeaveGroupsTheirs } from "./addresses.ts";
import { automaticRepliesAreWhole } from "./automatic-replies.ts";
import { exceptionsAreNotListedAsCovered, helperAccountsAreLeftAlone } from "./backup.ts";
import {
  backupCoversEverything,
  backupIsElsewhere,
  backupIsKeptLongEnough,
  backupKeyIsTheProviders,
  customerCanDecide,
  guestsHaveAnEnd,
  reportedBackupIsAgreedOn,
  thereIsABackup,
} from "./before-plan.ts";
import { firstDaysSayWhoSignsIn, reasonsAreOfTheBlocked } from "./blocked.ts";
import { clearedKeysHaveNoValue } from "./clears.ts";
import { deputiesStandInForSomeone, enoughPeopleCanDecide } from "./decision-makers.ts";
import { recordsFitTheirZone } from "./dns-zones.ts";
import {
  guestsAreFromElsewhere,
  initialDomainIsNamedOnce,
  oneDomainIsTheDefault,
  usersAreInTheTenantsDomains,
} from "./domains.ts";
import type { Rule } from "./facts.ts";
import {
  groupAliasesAreAllowed,
  groupsAreNotInThemselves,
  groupsContainWhatTheyCan,
  licensesStopAtTheGroup,
  mailGroupsKeepAnOwner,
  rulesStandInPlaceOfMembers,
} from "./groups.ts";
import {
  disabledPlansArePartsOfLicenses,
  licensesSuffice,
  licensesSufficeAtRenewal,
  seatsWithinTheProduct,
  licensesWereBought,
} from "./licenses.ts";
import {
  aliasesAreInTheTenantsDomains,
  distributionListsGiveNoAccess,
  forwardedMailGoesElsewhere,
  groupsHaveWhatTheirTypeCan,
  mailIsForThoseWithAMailbox,
  sendersReferToSomething,
} from "./mail.ts";
import { mailboxLimitsRise } from "./mailbox-limits.ts";
import { sharedPeopleAreBlocked } from "./shared-people.ts";
import { leaversAreTakenOverFrom } from "./leavers.ts";
import { managersFormNoLoop } from "./managers.ts";
import { masteredKeysAreLeftOut } from "./on-premises.ts";
import { periodsRunForward } from "./periods.ts";
import { namesReferToSomething } from "./references.ts";
import { releasedThingsKeepTheirBackup, unmanagedThingsAreNotDeclared } from "./releases.ts";
import { formerNamesAreFree } from "./renames.ts";
import { releasedSectionsAreLeftOut, removedThingsAreNotDeclared } from "./removals.ts";
import { globalAdministratorsAreSaidOnce, rolesAreOfUsers } from "./roles.ts";
import { quotasAreOfManualStorage, sitesAreNoMoreOpenThanTheTenant } from "./sharing.ts";
import {
  emergencyAccountsAreExcludable,
  securityDefaultsAreReplaced,
  signInExceptionsReferToSomething,
  signInRulesAreLicensed,
} from "./sign-in-security.ts";
import { tenantIsDescribedOnce } from "./tenants.ts";
import {
  committedSubscriptionsHaveAStart,
  renewalsChangeCommittedNumbers,
  termsFitTogether,
} from "./terms.ts";
import { nothingIsThereTwice } from "./unique-names.ts";

export const rules: readonly Rule[] = [
  nothingIsThereTwice,
  tenantIsDescribedOnce,
  addressesBelongToOne,
  aliasesBelongToOne,
  sitesLeaveGroupsTheirs,
  sitesAreNoMoreOpenThanTheTenant,
  quotasAreOfManualStorage,
  groupAliasesAreAllowed,
  mailGroupsKeepAnOwner,
  rulesStandInPlaceOfMembers,
  groupsContainWhatTheyCan,
  groupsAreNotInThemselves,
  licensesStopAtTheGroup,
  initialDomainIsNamedOnce,
  oneDomainIsTheDefault,
  recordsFitTheirZone,
  usersAreInTheTenantsDomains,
  guestsAreFromElsewhere,
  namesReferToSomething,
  groupsHaveWhatTheirTypeCan,
  distributionListsGiveNoAccess,
  sendersReferToSomething,
  aliasesAreInTheTenantsDomains,
  sharedPeopleAreBlocked,
  mailIsForThoseWithAMailbox,
  forwardedMailGoesElsewhere,
  mailboxLimitsRise,
  automaticRepliesAreWhole,
  managersFormNoLoop,
  emergencyAccountsAreExcludable,
  signInExceptionsReferToSomething,
  securityDefaultsAreReplaced,
  signInRulesAreLicensed,
  globalAdministratorsAreSaidOnce,
  rolesAreOfUsers,
  licensesWereBought,
  disabledPlansArePartsOfLicenses,
  licensesSuffice,
  licensesSufficeAtRenewal,
  seatsWithinTheProduct,
  periodsRunForward,
  committedSubscriptionsHaveAStart,
  renewalsChangeCommittedNumbers,
  termsFitTogether,
  enoughPeopleCanDecide,
  deputiesStandInForSomeone,
  removedThingsAreNotDeclared,
  releasedSectionsAreLeftOut,
  formerNamesAreFree,
  releasedThingsKeepTheirBackup,
  unmanagedThingsAreNotDeclared,
  clearedKeysHaveNoValue,
  reasonsAreOfTheBlocked,
  firstDaysSayWhoSignsIn,
  leaversAreTakenOverFrom,
  acceptedThingsAreManaged,
  masteredKeysAreLeftOut,
  exceptionsAreNotListedAsCovered,
  helperAccountsAreLeftAlone,
  customerCanDecide,
  guestsHaveAnEnd,
  thereIsABackup,
  backupCoversEverything,
  backupIsElsewhere,
  backupIsKeptLongEnough,
  backupKeyIsTheProviders,
  reportedBackupIsAgreedOn,
];
