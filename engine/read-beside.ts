/** What a tenant has beside what is managed: what `status` tells next to drift. */
import {
  listDirectory,
  lookAtLastSignIns,
  lookAtSecondStep,
  lookAtSignIn,
  readIndividuals,
  readRisks,
  readSynchronisation,
} from "../provider/index.ts";
import type {
  Connection,
  Directory,
  Individual,
  Part,
  Risks,
  SignInRules,
  Synchronisation,
} from "../provider/index.ts";
import type { Tenant, TenantPlace } from "../tenant-file/index.ts";
import { readKept, type Kept } from "./read-kept.ts";
import { knownAccess } from "./known-access.ts";

export interface Beside {
  /** Everybody with an account, and every group, managed or not. */
  readonly directory: Directory;
  /** People with access of their own to sites that were applied, of whom the tenant file does not say it. */
  readonly individuals: readonly Individual[];
  readonly risks: Risks;
  /** What is asked of people who sign in; undefined where the tenant file has no rules for that. */
  readonly signIn: SignInRules | undefined;
  /** Object ids of who has registered no second step; undefined where the tenant file has no rules for signing in. */
  readonly withoutSecondStep: Part<ReadonlySet<string>> | undefined;
  /** When each emergency account signed in last, ISO 8601 in UTC by object id; undefined where the tenant file names none. */
  readonly emergencySignIns: Part<ReadonlyMap<string, string>> | undefined;
  /** Undefined where the tenant is not synchronised from a directory on premises. */
  readonly synchronised: Synchronisation | undefined;
  /** What can be restored; undefined where the tenant file has no backup, or nothing was applied. */
  readonly kept: Part<Kept> | undefined;
}

/** @param applied.ids of everything in the state */
export async function readBeside(
  connection: Connection,
  applied: {
    readonly tenant: Tenant;
    readonly ids: readonly string[];
    readonly place: TenantPlace;
  },
): Promise<Beside> {
  const { tenant, ids } = applied;
  const listing = listDirectory(connection);
  const [
    directory,
    individuals,
    risks,
    signIn,
    withoutSecondStep,
    emergencySignIns,
    synchronised,
    kept,
  ] = await Promise.all([
    listing,
    readIndividuals(connection, knownAccess(tenant, ids)),
    readRisks(connection),
    tenant.signInSecurity && lookAtSignIn(connection),
    tenant.signInSecurity && lookAtSecondStep(connection),
    tenant.tenant.emergencyAccounts &&
      listing.then(({ people }) => lookAtLastSignIns(connection, emergencyIds(tenant, people))),
    readSynchronisation(connection),
    ids.length === 0
      ? undefined
      : listing.then((directory) => readKept(connection, { ...applied, directory })),
  ]);
  return {
    directory,
    individuals,
    risks,
    signIn,
    withoutSecondStep,
    emergencySignIns,
    synchronised,
    kept,
  };
}

function emergencyIds({ tenant }: Tenant, people: Directory["people"]): string[] {
  const names = new Set(tenant.emergencyAccounts?.map((name) => name.toLowerCase()));
  return people.filter(({ key }) => names.has(key.toLowerCase())).map(({ id }) => id);
}
