import type pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import { findSku } from "../core/sku-catalogue.ts";
import { groupLicense, resourceClass, subscription, userLicense } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { knownAs, TenantComponent } from "./component.ts";
import type { GroupsSection } from "./groups.ts";
import type { PeopleSection } from "./people.ts";

const Subscription = resourceClass(subscription);
const UserLicense = resourceClass(userLicense);
const GroupLicense = resourceClass(groupLicense);

/** Who or what holds which licences (skuPartNumber). An empty list means: none. */
interface Holder {
  readonly name: string;
  readonly displayName: string;
  readonly licenses: readonly string[];
  /** Parts that are switched off in each licence that has them. */
  readonly disabledPlans?: readonly string[] | undefined;
  /** Name that the holder had before. */
  readonly formerly?: string | undefined;
}

export interface LicensesArgs {
  readonly subscriptions: readonly z.input<typeof subscription.inputs>[];
  readonly people: PeopleSection | undefined;
  readonly licensedPeople: readonly Holder[];
  readonly groups: GroupsSection | undefined;
  readonly licensedGroups: readonly Holder[];
}

/** What was bought, and who gets it, directly or through a group. */
export class LicensesSection extends TenantComponent {
  /** What gives a person a licence, by user principal name (directly) or group name. */
  readonly assignments: ReadonlyMap<string, pulumi.Resource>;

  constructor(context: Context, args: LicensesArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Licenses", context, dependsOn);
    const bought = args.subscriptions.map(
      (entry) => new Subscription(entry.sku, entry, this.child("m365", dependsOn)),
    );
    const before = [...dependsOn, ...bought];
    const assignments = new Map<string, pulumi.Resource>();
    const throughGroups = new Map<string, readonly pulumi.Resource[]>();
    for (const holder of args.licensedGroups) {
      const { name, displayName, formerly } = holder;
      const declared = args.groups?.groups.get(name);
      if (declared === undefined) continue;
      const license = new GroupLicense(
        nameOfList(NOUNS.groupLicense, name),
        {
          groupId: declared.group.objectId,
          groupName: name,
          groupDisplayName: displayName,
          licenses: assigned(holder),
        },
        {
          ...this.child("m365", [...declared.ready, ...before]),
          ...knownAs(formerly && nameOfList(NOUNS.groupLicense, formerly)),
        },
      );
      assignments.set(name, license);
      const through = [...declared.ready, license];
      for (const member of declared.members) {
        throughGroups.set(member, [...(throughGroups.get(member) ?? []), ...through]);
      }
    }
    for (const holder of args.licensedPeople) {
      const { name, displayName, formerly } = holder;
      const user = args.people?.users.get(name);
      if (user === undefined) continue;
      const license = new UserLicense(
        nameOfList(NOUNS.userLicense, name),
        {
          userId: user.objectId,
          userPrincipalName: name,
          displayName,
          licenses: assigned(holder),
        },
        {
          // Whoever gets through a group what was theirs directly is asked for there before it goes here.
          ...this.child("m365", [user, ...before, ...(throughGroups.get(name) ?? [])]),
          ...knownAs(formerly && nameOfList(NOUNS.userLicense, formerly)),
        },
      );
      assignments.set(name, license);
    }
    this.assignments = assignments;
    this.registerOutputs({});
  }
}

const assigned = ({
  licenses,
  disabledPlans = [],
}: Holder): { sku: string; disabledPlans: string[] }[] =>
  licenses.map((sku) => {
    const plans = findSku(sku)?.plans ?? [];
    return { sku, disabledPlans: disabledPlans.filter((plan) => plans.includes(plan)).sort() };
  });
