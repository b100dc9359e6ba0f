/** A plan with every kind of change that people can meet, for the renderings. */
import type { Finding, Plan } from "../../plan/model/model.ts";
import { aChange, aPlan, options, property, RULES } from "./support.ts";

const findings: Finding[] = [
  {
    code: "too-many-removed",
    source: "safeguard",
    message: {
      nl: "4 van de 12 medewerkers gaan weg of worden vervangen; zonder tweede beslisser is de grens 3",
      en: "4 of 12 people would be removed or replaced; without a second decision maker the limit is 3",
    },
    clearedBy: "second-approver",
    urns: [],
  },
];

export function everyKind(): Plan {
  const changes = [
    aChange("chris", {
      severity: "sensitive",
      name: "Chris Bakker",
      affected: ["Chris Bakker"],
      description: {
        nl: "Chris Bakker komt erbij als gebruiker (chris@contoso.com)",
        en: "Chris Bakker joins as a user (chris@contoso.com)",
      },
      properties: [
        property("department", undefined, "Finance"),
        property("displayName", undefined, "Chris Bakker"),
        property("jobTitle", undefined, "Controller"),
        property("mailNickname", undefined, "chris"),
        { path: "password", kind: "added", after: "[secret]", secret: true },
        property("userPrincipalName", undefined, "chris@contoso.com"),
      ],
    }),
    aChange("anna", {
      operation: "update",
      severity: "sensitive",
      name: "Anna de Vries",
      affected: ["Anna de Vries"],
      description: {
        nl: "Van Anna de Vries veranderen functie en wachtwoord",
        en: "Job title and password of Anna de Vries change",
      },
      properties: [
        property("jobTitle", "Boekhouder", "Hoofd Financiën"),
        { path: "password", kind: "changed", before: "[secret]", after: "[secret]", secret: true },
        { ...property("mobilePhone", "+31 6 1234", undefined), kind: "released" },
        { ...property("department", undefined, "Finance"), unread: true },
      ],
      formerUrn: "urn:pulumi:contoso::tenantry::azuread:index/user:User::anna.jansen@contoso.com",
      options: { ...options, hideDiffs: ["jobTitle"] },
    }),
    aChange("bob", {
      operation: "delete",
      severity: "destructive",
      name: "Bob Jansen",
      affected: ["Bob Jansen"],
      description: {
        nl: "Het account, de mailbox en OneDrive van Bob Jansen (bob@contoso.com) worden verwijderd; 30 dagen terug te halen",
        en: "The account, mailbox and OneDrive of Bob Jansen (bob@contoso.com) are deleted; they can be restored for 30 days",
      },
      properties: [
        property("displayName", "Bob Jansen", undefined),
        {
          ...property("managerId", "4f1c2d3e-0000-4000-8000-000000000001", undefined),
          shownAs: { before: "Anna de Vries (anna@contoso.com)" },
        },
        property("userPrincipalName", "bob@contoso.com", undefined),
      ],
      removal: {
        reason: "Uit dienst per 1 december",
        data: "Postvak 90 dagen leesbaar voor Anna, daarna alleen in de back-up",
      },
    }),
    aChange("pieter", {
      operation: "adopt",
      name: "Pieter Post",
      affected: ["Pieter Post"],
      description: {
        nl: "Pieter Post (pieter@contoso.com) bestaat al en wordt voortaan hier beheerd",
        en: "Pieter Post (pieter@contoso.com) already exists and is managed here from now on",
      },
      properties: [property("department", undefined, "Inkoop")],
    }),
    aChange("dora", {
      operation: "update",
      severity: "sensitive",
      name: "Dora Smit",
      affected: ["Dora Smit"],
      description: {
        nl: "De bescherming van Dora Smit tegen verwijderen vervalt",
        en: "Dora Smit is no longer protected against removal",
      },
      optionChanges: [property("protect", true, false)],
    }),
    aChange("finance", {
      type: "azuread:index/group:Group",
      section: "groups",
      operation: "replace",
      severity: "destructive",
      name: "Finance",
      affected: ["Finance"],
      description: {
        nl: "De groep Finance wordt verwijderd en opnieuw aangemaakt",
        en: "The group Finance is removed and recreated",
      },
      properties: [property("mailNickname", "finance", "finance-nl")],
      options: { ...options, replaceReasons: ["mailNickname"] },
    }),
    aChange("finance", {
      type: "m365:directory:GroupMembership",
      section: "groups",
      operation: "update",
      severity: "sensitive",
      name: "Finance",
      affected: ["Chris Bakker", "Bob Jansen"],
      description: {
        nl: "Chris Bakker komt in de groep Finance; Bob Jansen gaat eruit",
        en: "Chris Bakker joins the group Finance; Bob Jansen leaves it",
      },
      properties: [
        {
          path: "groupId",
          kind: "changed",
          before: "00000000-0000-4000-8000-000000000006",
          secret: false,
          unknown: { reason: "assigned-by-service", paths: ["groupId"] },
        },
        property(
          "members",
          ["anna@contoso.com", "bob@contoso.com", "dora@contoso.com"],
          ["anna@contoso.com", "chris@contoso.com", "dora@contoso.com"],
        ),
      ],
    }),
    aChange("SPB", {
      type: "m365:licensing:Subscription",
      section: "licenses",
      operation: "update",
      severity: "sensitive",
      name: "Microsoft 365 Business Premium",
      affected: [],
      description: {
        nl: "Van Microsoft 365 Business Premium worden 11 licenties gehuurd in plaats van 10",
        en: "11 licences for Microsoft 365 Business Premium are rented instead of 10",
      },
      commitment: {
        nl: "1 licentie extra tot 1 februari 2027; het aantal kan tot die dag niet omlaag",
        en: "1 more licence until 1 February 2027; the number cannot go down before that day",
        product: "Microsoft 365 Business Premium",
        countBefore: 10,
        countAfter: 11,
        until: "2027-02-01",
      },
      properties: [property("count", 10, 11), property("start", "2025-02-01", "2026-02-01")],
    }),
    aChange("jaarrekening", {
      type: "m365:sharepoint:SitePermissions",
      section: "sites",
      operation: "update",
      severity: "sensitive",
      name: "Jaarrekening",
      affected: ["Finance"],
      description: {
        nl: "Finance krijgt toegang tot de site Jaarrekening (bewerken)",
        en: "Finance gets access to the site Jaarrekening (edit)",
      },
      properties: [
        property(
          "grants",
          [{ kind: "group", principal: "directie", role: "full-control" }],
          [
            { kind: "group", principal: "directie", role: "full-control" },
            { kind: "group", principal: "finance-nl", role: "edit" },
          ],
        ),
      ],
    }),
    aChange("archief", {
      type: "m365:sharepoint:Site",
      section: "sites",
      operation: "forget",
      severity: "sensitive",
      name: "Archief",
      affected: ["Archief"],
      description: {
        nl: "Archief blijft bestaan, maar wordt hier niet langer beheerd",
        en: "Archief stays where it is, but is no longer managed here",
      },
      properties: [{ ...property("title", "Archief", undefined), kind: "released" }],
      releaseReason: "Wordt door de raad van toezicht zelf beheerd",
    }),
    aChange("backup", {
      type: "m365:backup:Policy",
      section: "backup",
      operation: "update",
      severity: "sensitive",
      name: "backup",
      affected: [],
      description: {
        nl: "De back-up dekt voortaan ook de mailbox van Chris Bakker",
        en: "The backup covers the mailbox of Chris Bakker from now on",
      },
      properties: [
        property("mailboxes", ["anna@contoso.com"], ["anna@contoso.com", "chris@contoso.com"]),
      ],
    }),
    aChange("tenant", {
      type: "m365:directory:Tenant",
      section: "tenant",
      operation: "update",
      severity: "routine",
      name: "Contoso",
      affected: [],
      description: {
        nl: "Het serviceniveau van Contoso wordt goud in plaats van zilver",
        en: "The service level of Contoso becomes goud instead of zilver",
      },
      properties: [property("serviceLevel", "zilver", "goud")],
    }),
  ];
  return aPlan(changes, {
    unchanged: [{ section: "people", name: "Eva Mulder" }],
    unmanaged: [{ section: "mailboxes", name: "info@contoso.com" }],
    findings,
    rules: {
      applied: RULES,
      proposed: {
        ...RULES,
        limits: { ...RULES.limits, people: { most: 5, mostShare: 1 } },
        emergencyAccounts: ["nood@contoso.com"],
      },
    },
  });
}
