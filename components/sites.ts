import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import { resourceClass, site as siteDefinition, sitePermissions } from "../provider/index.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import type { DeclaredGroup } from "./groups.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";
import type { Unmanaged } from "./principals.ts";

const Site = resourceClass(siteDefinition);
const SitePermissions = resourceClass(sitePermissions);

type Role = "read" | "edit" | "full-control";

export interface SiteDeclaration {
  /** Server-relative, such as `/sites/finance`: the key. */
  readonly path: string;
  /** Full address. */
  readonly url: string;
  readonly title: string;
  readonly owner: string;
  readonly permissions?: readonly {
    readonly user?: string;
    readonly group?: string;
    readonly role: Role;
  }[];
}

export interface SitesArgs {
  /** Windows language id of new sites, such as 1043 for Dutch; a site keeps the one that it was made with. */
  readonly lcid: number;
  readonly sites: readonly SiteDeclaration[];
  readonly people: PeopleSection | undefined;
  /** Of every kind that can be given access. */
  readonly groups: ReadonlyMap<string, DeclaredGroup>;
  /** What gives people the right to use SharePoint; a site's owner needs it. */
  readonly licenses: ReadonlyMap<string, pulumi.Resource>;
}

/** SharePoint sites and who may do what there: one permissions resource a site. */
export class SitesSection extends TenantComponent {
  constructor(context: Context, args: SitesArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Sites", context, dependsOn);
    for (const { path, url, title, owner, permissions } of args.sites) {
      const needed = present([args.people?.users.get(owner), args.licenses.get(owner)]);
      const site = new Site(
        path,
        { url, title, owner, template: "team", lcid: args.lcid },
        { ...this.child("m365", [...dependsOn, ...needed]), ignoreChanges: ["lcid"] },
      );
      if (permissions === undefined) continue;
      const grants = permissions.map((grant) => grantOf(grant, args, context.unmanaged));
      new SitePermissions(
        nameOfList(NOUNS.sitePermissions, path),
        {
          siteId: site.siteId,
          siteUrl: url,
          siteTitle: title,
          grants: grants.map(({ input }) => input),
        },
        this.child("m365", [site, ...grants.flatMap((grant) => grant.needs)]),
      );
    }
    this.registerOutputs({});
  }
}

function grantOf(
  grant: { readonly user?: string; readonly group?: string; readonly role: Role },
  args: SitesArgs,
  unmanaged: Unmanaged,
): { input: Grant; needs: readonly pulumi.Resource[] } {
  if (grant.group !== undefined) {
    const declared = args.groups.get(grant.group);
    const id = declared?.group.objectId ?? unmanaged.groups.get(grant.group);
    return {
      input: {
        kind: "group",
        principal: grant.group,
        role: grant.role,
        ...(id === undefined ? {} : { id }),
        ...(declared === undefined ? {} : { displayName: declared.displayName }),
      },
      needs: declared?.ready ?? [],
    };
  }
  const name = grant.user ?? "";
  const [person] = principalsOf(name, args.people?.users, unmanaged.users);
  return {
    input: {
      kind: "user",
      principal: name,
      role: grant.role,
      ...(person === undefined ? {} : { id: person.id }),
    },
    needs: [...(person?.needs ?? []), ...present([args.licenses.get(name)])],
  };
}

interface Grant {
  readonly kind: "user" | "group";
  readonly principal: string;
  readonly role: Role;
  readonly id?: pulumi.Input<string>;
  readonly displayName?: string;
}

const present = (resources: readonly (pulumi.Resource | undefined)[]): pulumi.Resource[] =>
  resources.filter((resource) => resource !== undefined);
