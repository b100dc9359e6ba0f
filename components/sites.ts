import type pulumi from "@pulumi/pulumi";
import { nameOfList, NOUNS } from "../core/nouns.ts";
import {
  library,
  resourceClass,
  site as siteDefinition,
  sitePermissions,
} from "../provider/index.ts";
import type { SharingCapability } from "../core/sharing.ts";
import { WINDOWS_LANGUAGES } from "../core/windows-languages.ts";
import type { SiteLanguage } from "../core/windows-languages.ts";
import type { Context } from "./component.ts";
import { TenantComponent } from "./component.ts";
import type { GuestsSection } from "./guests.ts";
import type { PeopleSection } from "./people.ts";
import { principalsOf } from "./principals.ts";
import type { DeclaredGroup, Unmanaged } from "./principals.ts";

const Site = resourceClass(siteDefinition);
const Library = resourceClass(library);
const SitePermissions = resourceClass(sitePermissions);

type Role = "read" | "edit" | "full-control";

export interface SiteDeclaration {
  /** Server-relative, such as `/sites/finance`: the key. */
  readonly path: string;
  /** Full address. */
  readonly url: string;
  readonly title: string;
  readonly owner: string;
  /** Undefined is a team site. */
  readonly template?: "team" | "communication";
  /** Undefined is that of the tenant, of a site that is to be made. */
  readonly language?: SiteLanguage;
  readonly sharingCapability?: SharingCapability;
  /** Megabytes. */
  readonly storageQuota?: number;
  readonly permissions?: readonly Permission[];
  /** Libraries with permissions of their own; others are not managed. */
  readonly libraries?: readonly {
    readonly name: string;
    readonly permissions: readonly Permission[];
  }[];
}

interface Permission {
  readonly user?: string;
  readonly group?: string;
  readonly role: Role;
}

export interface SitesArgs {
  /** Of new sites that do not say it themselves; a site keeps the one that it was made with. */
  readonly language: SiteLanguage;
  readonly sites: readonly SiteDeclaration[];
  readonly people: PeopleSection | undefined;
  readonly guests: GuestsSection | undefined;
  /** Of every kind that can be given access. */
  readonly groups: ReadonlyMap<string, DeclaredGroup>;
  /** What gives people the right to use SharePoint; a site's owner needs it. */
  readonly licenses: ReadonlyMap<string, pulumi.Resource>;
}

/** SharePoint sites and who may do what there: one permissions resource a site, and one for each library with its own. */
export class SitesSection extends TenantComponent {
  constructor(context: Context, args: SitesArgs, dependsOn: readonly pulumi.Resource[]) {
    super("Sites", context, dependsOn);
    for (const { path, permissions, libraries = [], ...declared } of args.sites) {
      const { template = "team", language, ...settings } = declared;
      const { url, title, owner } = settings;
      const needed = present([args.people?.users.get(owner), args.licenses.get(owner)]);
      const site = new Site(
        path,
        { ...settings, template, lcid: WINDOWS_LANGUAGES[language ?? args.language] },
        {
          ...this.child("m365", [...dependsOn, ...needed]),
          ...(language === undefined ? { ignoreChanges: ["lcid"] } : {}),
        },
      );
      const at = { siteId: site.siteId, siteUrl: url, siteTitle: title };
      const givenIn = (entries: readonly Permission[]): Given => {
        const grants = entries.map((grant) => grantOf(grant, args, context.unmanaged));
        return {
          grants: grants.map(({ input }) => input),
          needs: grants.flatMap((grant) => grant.needs),
        };
      };
      const ready: pulumi.Resource[] = [site];
      if (permissions !== undefined) {
        const { grants, needs } = givenIn(permissions);
        const name = nameOfList(NOUNS.sitePermissions, path);
        const options = this.child("m365", [site, ...needs]);
        ready.push(new SitePermissions(name, { ...at, grants }, options));
      }
      for (const { name, permissions: own } of libraries) {
        const { grants, needs } = givenIn(own);
        new Library(
          `${path}/${name}`,
          { ...at, title: name, hasUniqueRoleAssignments: true, grants },
          // Who loses the site may lose what is below it: the library comes after.
          this.child("m365", [...ready, ...needs]),
        );
      }
    }
    this.registerOutputs({});
  }
}

interface Given {
  readonly grants: Grant[];
  readonly needs: pulumi.Resource[];
}

function grantOf(
  grant: Permission,
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
  const [guest] = principalsOf(name, args.guests?.guests, new Map());
  const [person] = guest ? [guest] : principalsOf(name, args.people?.users, unmanaged.users);
  return {
    input: {
      kind: guest === undefined ? "user" : "guest",
      principal: name,
      role: grant.role,
      ...(person === undefined ? {} : { id: person.id }),
    },
    needs: [...(person?.needs ?? []), ...present([args.licenses.get(name)])],
  };
}

interface Grant {
  readonly kind: "user" | "guest" | "group";
  readonly principal: string;
  readonly role: Role;
  readonly id?: pulumi.Input<string>;
  readonly displayName?: string;
}

const present = (resources: readonly (pulumi.Resource | undefined)[]): pulumi.Resource[] =>
  resources.filter((resource) => resource !== undefined);
