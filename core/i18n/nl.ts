/** Every text of the renderings in Dutch. The English file has the same keys; the types see to it. */
import type { Kind, Operation, Safeguarded, Section } from "../nouns.ts";

/** The forms of a word that go with a number, as Intl.PluralRules names them in Dutch and English. */
export interface Forms {
  readonly one: string;
  readonly other: string;
}

interface CommitmentWords {
  readonly product: string;
  readonly licenses: string;
  readonly term: string;
  /** How many there were, where that differs. */
  readonly before: number | undefined;
}

const sections: Record<Section, string> = {
  people: "Medewerkers",
  guests: "Gasten",
  groups: "Groepen",
  licenses: "Licenties",
  sites: "Sites en bestanden",
  mailboxes: "Mailboxen",
  contacts: "Contacten",
  backup: "Back-up",
  tenant: "Organisatie",
  other: "Overig",
};

const operations: Record<Operation, string> = {
  create: "nieuw",
  update: "wijziging",
  replace: "vervanging",
  delete: "verwijdering",
  adopt: "overname",
  forget: "uit beheer",
};

const kinds: Record<Kind | Safeguarded | "accessRules", Forms> = {
  people: { one: "medewerker", other: "medewerkers" },
  guests: { one: "gast", other: "gasten" },
  mailboxes: { one: "mailbox", other: "mailboxen" },
  contacts: { one: "contact", other: "contacten" },
  sites: { one: "site", other: "sites" },
  groups: { one: "groep", other: "groepen" },
  licenses: { one: "licentie", other: "licenties" },
  accessRules: { one: "toegangsregel", other: "toegangsregels" },
};

export const nl = {
  locale: "nl-NL",
  languageName: "Nederlands",
  chooseLanguage: "Taal",
  skip: "Naar de wijzigingen",
  title: (tenant: string) => `Voorstel voor ${tenant}`,
  nothing: "Er verandert niets",
  warnings: "Let op",
  changes: "Alle wijzigingen",
  technical: "Technische gegevens",
  about: "Over dit voorstel",
  sections,
  operations,
  kinds,

  facts: {
    asked: "Gevraagd door",
    reason: "Waarom",
    commits: "Verplichting",
    cost: "Kosten",
    final: "Niet zomaar terug te draaien",
    agree: "Akkoord nodig van",
    deadline: "Beslissen",
  },
  netTitles: { goes: "Wat verdwijnt of vervalt", commits: "Abonnementen" },
  lineForms: { one: "andere", other: "andere" } satisfies Forms,
  noCommitment: "Geen nieuwe verplichting",
  nothingGoes: "Er wordt niets verwijderd",
  monthly: "per maand opzegbaar",
  commitment: ({ product, licenses, term, before }: CommitmentWords) =>
    `${licenses} ${product}${before === undefined ? "" : before === 0 ? " (nieuw)" : ` (nu ${before})`}, ${term}`,
  costs: (amount: string) => `${amount} per maand meer`,
  saves: (amount: string) => `${amount} per maand minder`,
  costsTheSame: "kost evenveel",
  withoutTax: (cost: string, days: string) => `${cost}, zonder btw (prijzen van ${days})`,
  noPrice: (products: string) => `Prijs niet bekend: ${products}`,
  accountGoes: (name: string) =>
    `Het account, de mailbox en OneDrive van ${name} worden verwijderd; 30 dagen terug te halen`,
  addressGoes: (address: string) =>
    `Het mailadres ${address} vervalt: wat daarheen gestuurd wordt, komt niet meer aan`,
  bothOf: (names: string) => `${names} (allebei)`,
  allOf: (names: string) => `${names} (allemaal)`,
  someOf: (count: string, names: string) => `${count} van deze beslissers: ${names}`,
  twiceBy: (name: string) => `${name}, twee keer met 24 uur ertussen`,
  decideBy: (day: string) => `uiterlijk ${day}; daarna is een nieuw voorstel nodig`,
  isNew: {
    user: "nieuw account",
    guest: "wordt per mail uitgenodigd als gast",
    group: "nieuwe groep",
    mailbox: "nieuwe mailbox; niemand kan er zelf mee inloggen",
    site: "nieuwe site",
    domain: "nieuw domein",
  },
  recycleBin: {
    restore: "komt terug uit de prullenbak met alles van toen",
    leave: "wat onder deze naam is verwijderd, blijft in de prullenbak",
  },
  isGone: {
    user: "account, mailbox en OneDrive worden verwijderd (30 dagen terug te halen)",
    guest: "is geen gast meer: kan nergens meer bij (30 dagen terug te halen)",
    group: "groep wordt verwijderd",
    mailbox: "mailbox en alle mail worden verwijderd (30 dagen terug te halen)",
    site: "site en bestanden worden verwijderd (93 dagen terug te halen)",
    domain: "domein gaat uit de omgeving: inloggen en mail stoppen (niet terug te halen)",
  },
  isAdopted: "wordt voortaan hier beheerd",
  isReplaced: "wordt verwijderd en opnieuw aangemaakt",
  isBlocked: "kan niet meer inloggen",
  isOpened: "kan weer inloggen",
  getsProduct: (product: string) => `krijgt ${product}`,
  losesProduct: (product: string) => `verliest ${product}`,
  keepsProduct: (product: string) => `behoudt ${product}, nu op een andere manier toegekend`,
  getsDirectly: (product: string) => `${product} nu ook rechtstreeks`,
  exchanges: (old: string, now: string) => `gaat over van ${old} naar ${now}`,
  swaps:
    "heeft tijdens de overgang mogelijk enkele seconden geen van beide, omdat alle licenties in gebruik zijn",
  getsMailbox: "krijgt een mailbox",
  losesMailbox: "verliest de mailbox (30 dagen terug te halen)",
  theMailbox: "de mailbox",
  loseForms: { one: "verliest", other: "verliezen" } satisfies Forms,
  asFarAsKnown: (text: string) => `${text} (voor zover hier bekend)`,
  otherParts: (product: string) => `andere onderdelen van ${product}`,
  joins: (names: string) => `erbij: ${names}`,
  leaves: (names: string) => `eruit: ${names}`,
  coveredAs: (names: string) => `blijft eronder vallen, onder de nieuwe naam: ${names}`,
  joinsGroup: (groups: string) => `wordt lid van ${groups}`,
  leavesGroup: (groups: string) => `niet meer in ${groups}`,
  nowManaged: (text: string) => `${text} (werd nog niet beheerd)`,
  wasCalled: (name: string) => `heette ${name}`,
  byHand: (text: string) => `${text} (met de hand gewijzigd; dit zet het terug)`,
  goneByHand: (text: string) => `${text} (met de hand verwijderd; dit maakt het opnieuw aan)`,
  byHandRemark: (paths: string) => `Met de hand gewijzigd, dit zet het terug: ${paths}`,
  opensAccount: (name: string) => `Het account van ${name} wordt gedeblokkeerd`,
  onSite: (site: string, what: string) => `site ${site}: ${what}`,
  inLibrary: (library: string, what: string) => `bibliotheek ${library}: ${what}`,
  losesAccess: "geen toegang meer",
  rulesName: "Regels",
  rulesOf: "Goedkeuring en beveiliging",
  acceptedName: "Geaccepteerde afwijkingen",
  accepted: (what: string, until: string) => `mag zo blijven tot en met ${until}: ${what}`,
  acceptedEnds: (what: string) => `niet langer geaccepteerd: ${what}`,
  acceptedExtra: (name: string) => `met ${name}`,
  acceptedMissing: (name: string) => `zonder ${name}`,
  acceptedChange: "Er verandert iets aan de geaccepteerde afwijkingen",

  joined: (count: string) => `${count} erbij`,
  adopted: (count: string) => `${count} overgenomen in beheer`,
  left: (count: string) => `${count} verwijderd`,
  replaced: (count: string) => `${count} vervangen`,
  forgotten: (count: string) => `${count} niet langer beheerd`,
  changed: (count: string) => `${count} gewijzigd`,
  moreChanges: (count: string) => `en nog ${count}, hieronder uitgewerkt`,
  otherChanges: { one: "andere wijziging", other: "andere wijzigingen" } satisfies Forms,
  changeForms: { one: "wijziging", other: "wijzigingen" } satisfies Forms,
  until: (date: string) => `vast tot ${date}`,
  order: {
    to: (partner: string) => `Bestelling bij ${partner}`,
    customer: (name: string, domain: string, id: string) =>
      `Klant: ${name}, ${domain}, tenant ${id}`,
    agreed: (name: string, date: string) =>
      `Klantovereenkomst van Microsoft: akkoord van ${name} op ${date}`,
    nothing: "Niets te bestellen: het laatste voorstel verandert geen abonnement.",
    plan: (digest: string) => `Voorstel: ${digest}`,
    count: (was: string, is: string) => `van ${was} naar ${is} licenties`,
    stays: (is: string) => `het aantal blijft ${is}`,
    term: (term: string) => `termijn ${term}`,
    paid: (cycle: string) => `betaald ${cycle}`,
    from: (date: string) => `vanaf ${date}`,
    firstTo: (date: string) => `eerste termijn tot en met ${date}`,
    atRenewal: (date: string, count: string) => `vanaf ${date} ${count}`,
  },
  untilItStops: (date: string) => `stopt op ${date}`,
  untilByTheMonth: (date: string) => `vast tot ${date}, daarna per maand en duurder`,
  inTotal: (amount: string) => `tot dan in totaal ${amount}`,
  untilThen: (date: string, count: string) => `vast tot ${date}, daarna ${count}`,

  /** Values in the middle of a sentence. */
  inSentences: {
    others: { one: "ander", other: "anderen" } satisfies Forms,
    secret: "een geheime waarde",
    unknown: "een waarde die pas bij het uitvoeren bekend is",
    compound: "een samengestelde waarde",
  },

  signInAndMail: "Inlognaam en mailadres",
  keptForms: { one: "blijft gelijk", other: "blijven gelijk" } satisfies Forms,
  reordered: "andere volgorde",
  empty: "leeg",
  yes: "ja",
  no: "nee",
  secret: "geheim",
  secretChanged: "wordt gewijzigd; de waarde is geheim en staat niet in dit voorstel",
  unknown: "wordt bij het aanmaken door Microsoft bepaald",
  stranger: (id: string) => `iemand die hier niet beheerd wordt (${id})`,
  reason: "Reden",
  data: "Wat er met de gegevens gebeurt",
  affects: "Voor",
  commits: "Verplichting",
  released: "niet langer beheerd, blijft zoals het is",
  rulesChange: "De regels voor goedkeuring en beveiliging van deze organisatie veranderen",
  limitMost: (what: string) => `Maximumaantal ${what} dat in één keer weg mag`,
  limitShare: (what: string) => `Maximumaandeel van de ${what} dat in één keer weg mag`,
  renamed: (name: string) => `Heette in het bestand eerst ${name}; het blijft hetzelfde onderdeel`,
  unread: (paths: string) =>
    `Werd nog niet beheerd: ${paths}. Alleen wat nu leeg is wordt ingevuld; staat er al iets, dan wordt niets uitgevoerd en toont plan --refresh wat er staat`,
  protectionOff: "De bescherming tegen verwijderen vervalt",
  option: "beheerinstelling",
  ignoresChanges: (paths: string) => `Afwijkingen in ${paths} blijven zoals ze zijn`,
  replaceReasons: (paths: string) =>
    `Vervanging is nodig omdat dit niet los te wijzigen is: ${paths}`,
  hiddenDiffs: (paths: string) => `Was gemarkeerd om niet te tonen: ${paths}`,

  blocked: "Dit voorstel kan niet worden goedgekeurd of uitgevoerd",
  violation: (policy: string, message: string) => `${message} (regel ${policy})`,

  stays: "Wat blijft zoals het is",
  unchanged: (count: string) => `${count} in beheer, zonder wijziging`,
  unmanaged: (count: string) => `${count} niet in beheer; daar komt niemand aan`,
  objectForms: { one: "onderdeel", other: "onderdelen" } satisfies Forms,
  structure: (count: string) =>
    `Daarnaast ${count} in de opbouw van het beheer zelf; bij u verandert daardoor niets`,

  sectionNotManaged: (section: string) =>
    `Het onderdeel ${section} staat niet in het bestand en wordt niet beheerd.`,

  organisation: "Organisatie",
  tenantId: "Kenmerk bij Microsoft",
  createdAt: "Opgesteld",
  noValidity:
    "Een goedkeuring geldt alleen voor precies dit voorstel. Verandert er iets, dan komt er een nieuw voorstel.",
  digest: "Controlegetal",
  madeWith: "Gemaakt met",
  shortened: (shown: string, total: string, hidden: string) =>
    `INGEKORT: hier ${shown} van de ${total} regels, ${hidden} niet. De volledige versie geldt.`,
  shortenedAsk: "Vraag de volledige versie op voordat u besluit.",
  labelsAsInFile:
    "Dit is een groot voorstel: de namen van de gegevens staan er zoals in de technische beschrijving.",

  /** Of the report on a tenant that was looked at. */
  report: {
    title: (tenant: string) => `Microsoft 365 bij ${tenant}`,
    skip: "Naar de bevindingen",
    lookedAt: "Datum",
    found: "Gevonden",
    thereIs: "Overzicht",
    accounts: "Accounts",
    accountForms: { one: "account", other: "accounts" } satisfies Forms,
    blocked: (count: string) => `waarvan ${count} geblokkeerd`,
    guestForms: { one: "gast", other: "gasten" } satisfies Forms,
    domains: "Domeinen",
    used: (used: string, bought: string) => `${used} van de ${bought} in gebruik`,
    usedFree: (used: string) => `${used} in gebruik (gratis)`,
    levels: {
      risk: "Wat een risico is",
      cost: "Wat onnodig geld kost",
      notice: "Goed om te weten",
    },
    levelForms: {
      risk: { one: "risico", other: "risico's" },
      cost: { one: "onnodige uitgave", other: "onnodige uitgaven" },
      notice: { one: "aandachtspunt", other: "aandachtspunten" },
    } satisfies Record<string, Forms>,
    nothingFound: "Niets gevonden dat beter moet",
    why: "Waarom",
    proposal: "Voorstel",
    who: "Wie",
    by: { provider: "wij", customer: "u", together: "u en wij samen" },
    isNew: "nieuw",
    more: (count: string) => `en nog ${count}`,
    longest: (days: string) => `al ${days}`,
    dayForms: { one: "dag", other: "dagen" } satisfies Forms,
    progress: (day: string) => `Sinds we voor het eerst keken, ${day}`,
    first: "Dit is de eerste keer dat we keken: het volgende verslag zegt wat er opgelost is.",
    solved: "Opgelost",
    new: "Nieuw",
    remains: "Nog open",
    nothing: "niets",
    before: "Toen en nu",
    thenAndNow: (then: string, now: string) => `${then} → ${now}`,
    solvedOn: (what: string, day: string, days: string) => `${what} (op ${day}, na ${days})`,
    seenOn: (what: string, day: string) => `${what} (sinds ${day})`,
    notLooked: "Niet bekeken",
    parts: {
      sites: "Sites, en wie erbij kan",
      administrators: "Beheerders",
      "second-step": "Tweede stap bij het inloggen",
      "ews-applications": "Toepassingen die EWS mogen gebruiken",
      "inbox-rules": "Regels in mailboxen",
      forwarding: "Doorsturen van mailboxen",
      mail: "Aliassen, distributielijsten en gedeelde mailboxen",
      sharing: "Delen van bestanden",
      "sign-in-rules": "Regels voor het inloggen",
    },
    needs: (permission: string) => `daarvoor ontbreekt ons de toestemming ${permission}`,
    needsProduct: (product: string) => `Microsoft laat dat alleen zien met ${product}`,
    noAnswer: "Microsoft gaf ons daar geen toegang",
    onlyRead: "Voor dit verslag is alleen gekeken; er is niets gewijzigd.",
  },
};

export type Texts = typeof nl;
