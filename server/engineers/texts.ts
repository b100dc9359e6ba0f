/** What the engineers' pages say in their own words, Dutch and English. */
import type { Text } from "../../core/language.ts";
import type { ReadStatement } from "../../approval/index.ts";

const text = (nl: string, en: string): Text => ({ nl, en });

export const TEXTS = {
  title: text("Overzicht van klanten", "Overview of customers"),
  signedOut: text("U bent uitgelogd", "You are signed out"),
  signInWhy: text(
    "Voor medewerkers van de IT-beheerder, met hun account van Microsoft Entra.",
    "For staff of the IT provider, with their Microsoft Entra account.",
  ),
  signIn: text("Inloggen met Microsoft", "Sign in with Microsoft"),
  signOut: text("Uitloggen", "Sign out"),
  search: text("Zoeken op naam", "Search by name"),
  show: text("Toon", "Show"),
  filter: text("Filteren", "Filter"),
  all: text("alle klanten", "all customers"),
  waiting: text("met een voorstel dat wacht", "with a proposal that waits"),
  attention: text("die aandacht vragen", "that need attention"),
  none: text("Geen klant past hierbij.", "No customer fits this."),
  count: text("Klanten", "Customers"),
  waits: text("Wacht op een beslissing sinds", "Waits for a decision since"),
  applied: text("Laatst uitgevoerd op", "Last applied on"),
  partial: text("Laatste uitvoering brak af op", "The last apply stopped part way on"),
  failed: text("Laatste uitvoering mislukte op", "The last apply failed on"),
  neverApplied: text("Nog nooit iets uitgevoerd", "Nothing applied yet"),
  looked: text("Gecontroleerd op", "Looked at on"),
  neverLooked: text("Nog nooit gecontroleerd", "Never looked at"),
  late: text("langer dan 26 uur geleden", "more than 26 hours ago"),
  differs: text("Verschillen met het bestand", "Differences from the file"),
  broken: text("Het register kan niet gelezen worden", "The record cannot be read"),
  back: text("Naar het overzicht", "To the overview"),
  skip: text("Naar de inhoud", "Skip to the content"),
  proposals: text("Voorstellen die wachten", "Proposals that wait"),
  nothingWaits: text("Er wacht niets.", "Nothing is waiting."),
  record: text("Register", "Record"),
  recordWhy: text(
    "Nieuwste eerst. Dat de ketting en de handtekeningen kloppen is zojuist gecontroleerd.",
    "Newest first. That the chain and its signatures hold was verified just now.",
  ),
  failedTitle: text("Dat ging niet", "That did not work"),
} as const satisfies Record<string, Text>;

/** What an entry of the record is, where its kind says all. */
export const ENTRIES: Readonly<
  Record<Exclude<ReadStatement["kind"], "decision" | "application">, Text>
> = {
  registration: text("Beslissers vastgelegd", "Decision makers registered"),
  recovery: text("Herstel van beslissers aangekondigd", "Recovery of decision makers announced"),
  objection: text("Bezwaar tegen het herstel", "Objection to the recovery"),
  withdrawal: text("Beslissing ingetrokken", "Decision withdrawn"),
  "application-start": text("Uitvoering begonnen", "Apply started"),
  acknowledgement: text("Nagekeken", "Looked into"),
  "access-pass": text("Tijdelijke toegang gevraagd", "Temporary access pass asked for"),
  migration: text("Migratie", "Migration"),
  "lock-break": text("Vergrendeling verbroken", "Lock broken"),
};

export const DECISIONS = {
  approved: text("Goedgekeurd", "Approved"),
  refused: text("Afgewezen", "Rejected"),
} as const;

export const RESULTS = {
  succeeded: text("Uitgevoerd", "Applied"),
  partial: text("Deels uitgevoerd", "Partly applied"),
  failed: text("Uitvoering mislukt", "Apply failed"),
} as const;
