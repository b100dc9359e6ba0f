import type pulumi from "@pulumi/pulumi";
import { guest, resourceClass } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";

const Guest = resourceClass(guest);

export interface GuestDeclaration {
  /** Mail address that is invited. */
  readonly email: string;
  readonly displayName: string;
  /** User principal names; undefined is unmanaged. */
  readonly sponsors?: readonly string[];
  /** Calendar day. */
  readonly until?: string;
  readonly accountEnabled?: boolean;
}

/** People of other organisations, by mail address. */
export class GuestsSection extends TenantComponent {
  readonly guests: ReadonlyMap<string, InstanceType<typeof Guest>>;

  constructor(
    context: Context,
    args: {
      readonly guests: readonly GuestDeclaration[];
      readonly people: PeopleSection | undefined;
    },
    dependsOn: readonly pulumi.Resource[],
  ) {
    super("Guests", context, dependsOn);
    this.guests = new Map(
      args.guests.map(({ sponsors, ...properties }) => {
        const found = sponsors?.flatMap((name) =>
          principalsOf(name, args.people?.users, context.unmanaged.users),
        );
        const needs = (found ?? []).flatMap((sponsor) => sponsor.needs);
        return [
          properties.email,
          new Guest(
            properties.email,
            { ...properties, ...(found && { sponsors: found.map(({ id }) => id) }) },
            this.child("m365", [...dependsOn, ...needs]),
          ),
        ];
      }),
    );
    this.registerOutputs({});
  }
}
