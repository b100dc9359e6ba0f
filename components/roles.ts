import type pulumi from "@pulumi/pulumi";
import { assignmentName } from "../core/directory-roles.ts";
import type { Tenant } from "../tenant-file/index.ts";
import type { Context } from "./component.ts";
import { knownAs, TenantComponent } from "./component.ts";
import { DirectoryRoleAssignment } from "./directory-objects.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";

export interface RolesArgs {
  readonly roles: NonNullable<Tenant["roles"]>;
  readonly people: PeopleSection | undefined;
  /** User principal names that people had before, by the one that they have. */
  readonly formerNames: ReadonlyMap<string, string>;
}

/** Administrator roles in the whole tenant: a resource for each that somebody has. */
export class RolesSection extends TenantComponent {
  constructor(context: Context, args: RolesArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Roles", context, dependsOn);
    for (const { role, users } of args.roles) {
      for (const { user } of users) {
        const former = args.formerNames.get(user);
        for (const { id, needs } of principalsOf(
          user,
          args.people?.users,
          context.unmanaged.users,
        )) {
          new DirectoryRoleAssignment(
            assignmentName(user, role),
            // Of a built-in role the id is that of its template, so that it need not be switched on first.
            { principalObjectId: id, roleId: role },
            {
              ...this.child("azuread", [...dependsOn, ...needs]),
              ...knownAs(former && assignmentName(former, role)),
            },
          );
        }
      }
    }
    this.registerOutputs({});
  }
}
