/**
 * Beside undoing it, each drift can be taken over into the file, or accepted until a day: of every property that a noun's
 * drift can name, or with the reason why not. The drift is that of the emulator, read by the definitions.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { kindInFile } from "../../core/file-keys.ts";
import { NOUNS } from "../../core/nouns.ts";
import type { Noun } from "../../core/nouns.ts";
import { AcceptedDeviations } from "../../engine/deviations.ts";
import { acceptDrift } from "../../operations/accept.ts";
import { fileKeyOf, waysOn, whyNotAcceptable } from "../../operations/file-places.ts";
import { pullDrift } from "../../operations/pull.ts";
import type { Drift } from "../../plan/index.ts";
import { definitionOf } from "../../provider/catalogue.ts";
import { acceptedEntries } from "../../tenant-file/accepted.ts";
import { CHANGES, REPLIES } from "../engine/support/outside-changes.ts";
import { ANNA, BRAM, CARLA, FILE, watchedFirm } from "../engine/support/watched-firm.ts";
import type { WatchedFirm } from "../engine/support/watched-firm.ts";
import { tenantOf } from "../tenant-file/contoso.ts";
import { aWorld, STACK } from "./support.ts";
import type { World } from "./support.ts";

/** Paths of the inputs that are compared: groups of keys are entered. */
function pathsOf(schema: z.ZodObject, prefix = ""): string[] {
  return Object.entries(schema.shape).flatMap(([key, value]) => {
    let inner = value as z.ZodType;
    while (inner instanceof z.ZodOptional) inner = inner.unwrap() as z.ZodType;
    return inner instanceof z.ZodObject ? pathsOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`];
  });
}

const NOUNS_IN_FILE = (Object.values(NOUNS) as Noun[]).filter(
  (noun) => kindInFile(noun) !== undefined,
);

it("are named of every property, or the reason is", () => {
  const said = NOUNS_IN_FILE.flatMap(({ type }) => {
    const definition = definitionOf(type);
    if (definition === undefined) return [];
    const never = [...(definition.annotations ?? []), ...(definition.writeOnly ?? [])];
    const paths = pathsOf(definition.inputs).filter((path) => !never.includes(path));
    const keys = paths.map((path) => ({ path, key: fileKeyOf({ type }, { path }) }));
    const unsaid = keys.flatMap(({ path, key }) => (key === undefined ? [path] : []));
    return [
      `${type} has beside the file: ${unsaid.join(", ")}`,
      ...keys.flatMap(({ key }) => {
        const why = key === undefined ? undefined : whyNotAcceptable(key);
        return why === undefined ? [] : [`  ${String(key)} is not accepted: ${why}`];
      }),
    ];
  });
  expect(said).toMatchInlineSnapshot(`
    [
      "m365:directory:Domain has beside the file: name, isVerified",
      "  isDefault is not accepted: no other value of it has a meaning that the tenant file could give it",
      "azuread:index/user:User has beside the file: ageGroup, consentProvidedForMinor, costCenter, disablePasswordExpiration, disableStrongPassword, division, employeeHireDate, employeeType, faxNumber, mail, mailNickname, onpremisesImmutableId, otherMails, showInAddressList, userPrincipalName",
      "m365:directory:Guest has beside the file: email",
      "m365:licensing:UserLicense has beside the file: userId",
      "m365:exchange:UserMail has beside the file: userId",
      "m365:exchange:MailboxSettings has beside the file: userId",
      "m365:exchange:MailboxType has beside the file: userId, type",
      "m365:exchange:UserMailboxPermissions has beside the file: mailboxId",
      "m365:exchange:UserCalendarPermissions has beside the file: mailboxId",
      "m365:sharepoint:Site has beside the file: url, lcid",
      "  template is not accepted: no other value of it has a meaning that the tenant file could give it",
      "  storageQuota is not accepted: no other value of it has a meaning that the tenant file could give it",
      "m365:sharepoint:SitePermissions has beside the file: siteId, siteUrl",
      "azuread:index/group:Group has beside the file: administrativeUnitIds, assignableToRole, autoSubscribeNewMembers, behaviors, dynamicMembership.enabled, externalSendersAllowed, hideFromOutlookClients, mailEnabled, mailNickname, onpremisesGroupType, provisioningOptions, securityEnabled, theme, types, visibility, writebackEnabled",
      "  membershipRule is not accepted: no other value of it has a meaning that the tenant file could give it",
      "m365:exchange:DistributionGroup has beside the file: mailNickname",
      "  type is not accepted: of another type it is something else",
      "m365:directory:GroupMembership has beside the file: groupId",
      "m365:exchange:GroupMail has beside the file: groupId",
      "m365:exchange:SharedMailbox has beside the file: address, accountEnabled",
      "  type is not accepted: of another type it is something else",
      "m365:exchange:MailboxPermissions has beside the file: mailboxId",
      "m365:exchange:CalendarPermissions has beside the file: mailboxId",
      "m365:licensing:GroupLicense has beside the file: groupId",
    ]
  `);
});

function worldWith(firm: WatchedFirm, drift: readonly Drift[]): World {
  const made = aWorld();
  writeFileSync(fileOf(made), FILE);
  made.readBack = { ...made.readBack, drift };
  const people = [ANNA, BRAM, CARLA].map((key) => {
    const id = firm.idOf(key);
    return { id, resourceId: `/users/${id}`, key, name: key, address: key };
  });
  made.directory = { guests: [], groups: [], people };
  return made;
}

const fileOf = ({ context }: World): string =>
  join(context.workspace.stacksDirectory, STACK, "tenant.yaml");

it("end each drift that the emulator has, in the file or as accepted", async () => {
  const firm = await watchedFirm();
  for (const { happens } of [...Object.values(CHANGES), ...Object.values(REPLIES)]) {
    await happens(firm);
  }
  const drift = await firm.drift();

  const taken = worldWith(firm, drift);
  const everything = { stack: STACK, object: undefined, key: undefined };
  const { left } = await pullDrift(taken.context, everything);
  const differs = await firm.look({ tenant: tenantOf(readFileSync(fileOf(taken), "utf8")) });
  expect({ left, differs }).toMatchInlineSnapshot(`
    {
      "differs": [
        "bram@contoso.com-licenses: licenses",
        "bram@contoso.com-role-fe930be7-5e62-47db-91af-98c3a49a38b1: gone",
        "contoso: sharingCapability",
        "twoStepForEveryone: state",
      ],
      "left": [
        {
          "key": "",
          "object": "contoso",
          "why": "it is not one of the people, groups and sites",
        },
        {
          "key": "",
          "object": "twoStepForEveryone",
          "why": "it is not one of the people, groups and sites",
        },
        {
          "key": "",
          "object": "bram@contoso.com-role-fe930be7-5e62-47db-91af-98c3a49a38b1",
          "why": "it is not one of the people, groups and sites",
        },
        {
          "key": "licenses",
          "object": "bram@contoso.com",
          "why": "the file has no name for it",
        },
      ],
    }
  `);

  const borne = worldWith(firm, drift);
  const refused: string[] = [];
  for (const one of drift) {
    const { object = one.name, keys, acceptable } = waysOn(one);
    for (const key of keys) {
      const asked = { stack: STACK, object, key, reason: "Zo", until: "2027-01-31" };
      const sure = acceptable.includes(key) ? acceptDrift(borne.context, asked) : undefined;
      await sure?.catch((error: unknown) => {
        refused.push(`${object} ${key}: ${String(error)}`);
      });
      if (sure === undefined) refused.push(`${object} ${key}`);
    }
  }
  const entries = acceptedEntries(tenantOf(readFileSync(fileOf(borne), "utf8")));
  const accepted = new AcceptedDeviations(entries, () => "2026-11-28");
  expect({ refused, differs: await firm.look({ accepted }) }).toMatchInlineSnapshot(`
    {
      "differs": [
        "bram@contoso.com-licenses: licenses",
        "bram@contoso.com-role-fe930be7-5e62-47db-91af-98c3a49a38b1: gone",
        "contoso: sharingCapability",
        "twoStepForEveryone: state",
      ],
      "refused": [
        "bram@contoso.com licenses: ExpectedError: It cannot be accepted: the element stays, but has changed.",
      ],
    }
  `);
}, 120_000);
