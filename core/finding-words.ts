/** What a look can find odd, as the owner of the tenant reads it; `tenant-findings.ts` says what each field is for. */

import { SIGN_IN_FINDINGS } from "./sign-in-findings.ts";

/** @see https://learn.microsoft.com/entra/identity/role-based-access-control/best-practices (checked 2026-11-27) */
export const MOST_GLOBAL_ADMINISTRATORS = 4;

export const TENANT_FINDINGS = {
  "federated-domain": {
    level: "risk",
    what: {
      nl: {
        one: "domein waarbij een andere dienst bepaalt wie er inlogt",
        other: "domeinen waarbij een andere dienst bepaalt wie er inlogt",
      },
      en: {
        one: "domain where another service decides who signs in",
        other: "domains where another service decides who signs in",
      },
    },
    why: {
      nl: "Stopt die dienst, dan kan niemand meer inloggen tot iedereen een nieuw wachtwoord heeft.",
      en: "If that service ends, nobody can sign in until everybody has a new password.",
    },
    proposal: {
      nl: "Eerst uitzoeken van wie die dienst is. Daarna verhuist het inloggen naar Microsoft 365 en krijgt iedereen een nieuw wachtwoord. Zeg tot die tijd niets op.",
      en: "Find out who runs that service. Then move sign-in to Microsoft 365, and give everybody a new password. Do not cancel anything until then.",
    },
    by: "together",
  },
  "global-administrators": {
    level: "notice",
    what: {
      nl: { one: "globale beheerder", other: "globale beheerders" },
      en: { one: "Global Administrator", other: "Global Administrators" },
    },
    why: {
      nl: "Een globale beheerder mag alles: mail lezen, accounts verwijderen, de beveiliging uitzetten.",
      en: "A Global Administrator can do anything: read mail, delete accounts, turn off security.",
    },
    proposal: {
      nl: "Samen nagaan of ieder van hen die rol moet hebben.",
      en: "Check together whether each of them is meant to have that role.",
    },
    by: "together",
    part: "administrators",
  },
  "too-many-global-administrators": {
    level: "risk",
    what: {
      nl: {
        one: "globale beheerder, meer dan Microsoft aanraadt",
        other: "globale beheerders, meer dan Microsoft aanraadt",
      },
      en: {
        one: "Global Administrator, more than Microsoft recommends",
        other: "Global Administrators, more than Microsoft recommends",
      },
    },
    why: {
      nl: "Een globale beheerder mag alles. Wie in zo'n account inbreekt, kan alles.",
      en: "A Global Administrator can do anything. Whoever breaks into such an account can do anything too.",
    },
    proposal: {
      nl: `Samen kiezen wie de rol houdt, hoogstens ${MOST_GLOBAL_ADMINISTRATORS}. De anderen krijgen alleen de rollen die zij nodig hebben.`,
      en: `Choose together who keeps the role, at most ${MOST_GLOBAL_ADMINISTRATORS}. The others get only the roles that they need.`,
    },
    by: "together",
    part: "administrators",
  },
  "blocked-with-role": {
    level: "risk",
    what: {
      nl: {
        one: "geblokkeerd account met een beheerdersrol",
        other: "geblokkeerde accounts met een beheerdersrol",
      },
      en: {
        one: "blocked account with an administrator role",
        other: "blocked accounts with an administrator role",
      },
    },
    why: {
      nl: "Wordt zo'n account gedeblokkeerd, dan is er meteen weer een beheerder bij.",
      en: "Unblocking such an account brings an administrator straight back.",
    },
    proposal: { nl: "De rollen intrekken.", en: "Remove the roles." },
    by: "provider",
    part: "administrators",
  },
  "without-second-step": {
    level: "risk",
    what: {
      nl: {
        one: "account zonder tweede stap bij het inloggen",
        other: "accounts zonder tweede stap bij het inloggen",
      },
      en: {
        one: "account without a second step at sign-in",
        other: "accounts without a second step at sign-in",
      },
    },
    why: {
      nl: "Wie het wachtwoord raadt of steelt, is binnen.",
      en: "Whoever guesses or steals the password is in.",
    },
    proposal: {
      nl: "Ieder van hen stelt een tweede stap in (app of sleutel); daarna maken wij die verplicht.",
      en: "Each of them sets up a second step (app or key); then we make it mandatory.",
    },
    by: "together",
    part: "second-step",
  },
  ...SIGN_IN_FINDINGS,
  "forwards-outside": {
    level: "risk",
    what: {
      nl: {
        one: "mailbox met een regel die mail naar buiten stuurt",
        other: "mailboxen met een regel die mail naar buiten stuurt",
      },
      en: {
        one: "mailbox with a rule that forwards mail outside",
        other: "mailboxes with a rule that forwards mail outside",
      },
    },
    why: {
      nl: "Mail verlaat uw organisatie zonder dat iemand het merkt. Inbrekers laten zulke regels achter.",
      en: "Mail leaves your organisation without anybody noticing. Intruders leave such rules behind.",
    },
    proposal: {
      nl: "De gebruiker vragen of de regel de bedoeling is. Zo niet: weghalen, en nagaan wie er was ingelogd.",
      en: "Ask the user whether the rule is intended. If not: remove it, and find out who was signed in.",
    },
    by: "together",
    part: "inbox-rules",
  },
  "forwarding-outside": {
    level: "risk",
    what: {
      nl: {
        one: "mailbox die alle mail naar buiten doorstuurt",
        other: "mailboxen die alle mail naar buiten doorsturen",
      },
      en: {
        one: "mailbox that forwards all mail outside",
        other: "mailboxes that forward all mail outside",
      },
    },
    why: {
      nl: "Alles wat daar binnenkomt, ligt ook op een plek die niet van uw organisatie is.",
      en: "Everything that arrives there also lies in a place that is not your organisation's.",
    },
    proposal: {
      nl: "De gebruiker vragen of dit de bedoeling is. Zo niet: uitzetten, en nagaan wie het heeft ingesteld.",
      en: "Ask the user whether this is intended. If not: turn it off, and find out who set it.",
    },
    by: "together",
    part: "forwarding",
  },
  "open-to-everyone": {
    level: "risk",
    what: {
      nl: {
        one: "site die voor de hele organisatie open staat",
        other: "sites die voor de hele organisatie open staan",
      },
      en: {
        one: "site that is open to the whole organisation",
        other: "sites that are open to the whole organisation",
      },
    },
    why: {
      nl: "Iedereen met een account ziet wat daar staat, ook wie er later bij komt, en Copilot gebruikt het in zijn antwoorden.",
      en: "Everybody with an account sees what is there, whoever joins later included, and Copilot uses it in its answers.",
    },
    proposal: {
      nl: "Nagaan of dat de bedoeling is. Zo niet: toegang geven aan de mensen en groepen die er werken.",
      en: "Find out whether that is intended. If not: give access to the people and groups who work there.",
    },
    by: "together",
    part: "sites",
  },
  "sharing-with-anyone": {
    level: "risk",
    what: {
      nl: "Bestanden mogen gedeeld worden met iedereen die een link heeft",
      en: "Files may be shared with anyone who has a link",
    },
    why: {
      nl: "Zo'n link werkt zonder inloggen, voor wie hem ook maar krijgt.",
      en: "Such a link works without signing in, for whoever gets it.",
    },
    proposal: {
      nl: "Voor nieuwe links eisen dat de ontvanger inlogt. Wij zoeken eerst uit wie hier last van heeft.",
      en: "Ask recipients of new links to sign in. We first find out who that would affect.",
    },
    by: "together",
    part: "sharing",
  },
  guests: {
    level: "risk",
    what: {
      nl: { one: "gast zonder einddatum", other: "gasten zonder einddatum" },
      en: { one: "guest without an end date", other: "guests without an end date" },
    },
    why: {
      nl: "Een gast houdt toegang tot iemand die weghaalt, ook als de samenwerking voorbij is.",
      en: "A guest keeps access until somebody takes it away, even after the collaboration has ended.",
    },
    proposal: {
      nl: "U zegt wie nog nodig is, en tot wanneer; de anderen halen wij weg.",
      en: "You tell us who is still needed, and until when; we remove the others.",
    },
    by: "together",
  },
  "ews-applications": {
    level: "risk",
    what: {
      nl: {
        one: "toepassing die via EWS bij alle mailboxen mag",
        other: "toepassingen die via EWS bij alle mailboxen mogen",
      },
      en: {
        one: "application that may reach every mailbox through EWS",
        other: "applications that may reach every mailbox through EWS",
      },
    },
    why: {
      nl: "Microsoft zet EWS uit, uiterlijk op 1 april 2027. Een back-up of koppeling die ermee werkt, stopt dan.",
      en: "Microsoft turns EWS off, on 1 April 2027 at the latest. A backup or integration that uses it stops then.",
    },
    proposal: {
      nl: "Bij de leverancier navragen of er een versie zonder EWS is. Wordt de toepassing niet meer gebruikt: de toestemming intrekken.",
      en: "Ask the vendor for a version without EWS. If the application is no longer used: take the permission away.",
    },
    by: "together",
    part: "ews-applications",
  },
  "blocked-with-licence": {
    level: "cost",
    what: {
      nl: {
        one: "geblokkeerd account met een licentie",
        other: "geblokkeerde accounts met een licentie",
      },
      en: { one: "blocked account with a licence", other: "blocked accounts with a licence" },
    },
    why: {
      nl: "U betaalt voor iemand die niet kan inloggen.",
      en: "You pay for somebody who cannot sign in.",
    },
    proposal: {
      nl: "U zegt wat er met mail en bestanden moet gebeuren; daarna nemen wij de licentie terug.",
      en: "You tell us what happens to mail and files; then we take the licence back.",
    },
    by: "together",
  },
  "unused-licences": {
    level: "cost",
    what: {
      nl: {
        one: "product met ongebruikte licenties",
        other: "producten met ongebruikte licenties",
      },
      en: { one: "product with unused licences", other: "products with unused licences" },
    },
    why: {
      nl: "U betaalt voor licenties die niemand heeft.",
      en: "You pay for licences that nobody has.",
    },
    proposal: {
      nl: "Bij de verlenging minder bestellen, of ze geven aan wie ze nodig heeft.",
      en: "Order fewer at renewal, or give them to those who need them.",
    },
    by: "together",
  },
  "too-few-licences": {
    level: "risk",
    what: {
      nl: {
        one: "product met meer licenties in gebruik dan gekocht",
        other: "producten met meer licenties in gebruik dan gekocht",
      },
      en: {
        one: "product with more licences used than bought",
        other: "products with more licences used than bought",
      },
    },
    why: {
      nl: "Wie erbij komt, krijgt dit product niet, en wie het heeft, kan het verliezen.",
      en: "Nobody new gets this product, and those who have it may lose it.",
    },
    proposal: {
      nl: "Licenties bijkopen, of terugnemen van wie ze niet nodig heeft.",
      en: "Order more, or take licences back from those who do not need them.",
    },
    by: "together",
  },
  "subscription-ends": {
    level: "risk",
    what: {
      nl: { one: "abonnement dat niet actief is", other: "abonnementen die niet actief zijn" },
      en: { one: "subscription that is not active", other: "subscriptions that are not active" },
    },
    why: {
      nl: "Wie het gebruikt, verliest eerst de toegang, en daarna mail en bestanden.",
      en: "Those who use it lose access first, and then mail and files.",
    },
    proposal: {
      nl: "Verlengen bij de licentieleverancier, of de gebruikers een ander product geven.",
      en: "Renew it at the licence partner, or give the users another product.",
    },
    by: "together",
  },
  "group-without-owner": {
    level: "risk",
    what: {
      nl: { one: "groep zonder eigenaar", other: "groepen zonder eigenaar" },
      en: { one: "group without an owner", other: "groups without an owner" },
    },
    why: {
      nl: "Niemand let op wie er lid van is, en dus bij de gegevens van de groep kan.",
      en: "Nobody keeps an eye on who is a member, and so has access to the group's data.",
    },
    proposal: {
      nl: "U noemt per groep een eigenaar; wij leggen dat vast.",
      en: "You name an owner for each group; we put that in place.",
    },
    by: "together",
  },
  "address-differs": {
    level: "notice",
    what: {
      nl: {
        one: "account dat inlogt met een andere naam dan het mailadres",
        other: "accounts die inloggen met een andere naam dan het mailadres",
      },
      en: {
        one: "account whose sign-in name is not its e-mail address",
        other: "accounts whose sign-in name is not their e-mail address",
      },
    },
    why: {
      nl: "Wie het mailadres invult, komt er niet in. Dat geeft verwarring en telefoontjes.",
      en: "Signing in with the e-mail address does not work. That causes confusion and support calls.",
    },
    proposal: {
      nl: "Gelijk maken op een dag die u kiest; daarna loggen zij in met hun mailadres.",
      en: "Make them the same on a day that you choose; from then on they sign in with their e-mail address.",
    },
    by: "together",
  },
  "from-on-premises": {
    level: "notice",
    what: {
      nl: {
        one: "account dat van een eigen server komt",
        other: "accounts die van een eigen server komen",
      },
      en: {
        one: "account that comes from your own server",
        other: "accounts that come from your own server",
      },
    },
    why: {
      nl: "Wat hier aan zo'n account verandert, zet die server terug.",
      en: "Your server undoes what is changed on such an account here.",
    },
    proposal: {
      nl: "Namen en wachtwoorden daar blijven wijzigen; licenties en blokkeringen regelen wij hier.",
      en: "Keep changing names and passwords there; licences and blocking are handled here.",
    },
    by: "provider",
  },
  "no-backup": {
    level: "risk",
    what: {
      nl: "Geen back-up buiten Microsoft bekend",
      en: "No known backup outside Microsoft",
    },
    why: {
      nl: "Een verwijderd account is na 30 dagen weg, een verwijderde site na 93. Wie dan iets mist, krijgt het zonder back-up niet terug.",
      en: "A deleted account is gone after 30 days, a deleted site after 93. Without a backup, nothing brings back what is missed later.",
    },
    proposal: {
      nl: "Een back-up van mail en bestanden buiten Microsoft inrichten.",
      en: "Set up a backup of mail and files outside Microsoft.",
    },
    by: "provider",
  },
} as const;
