/** Why an apply is refused for want of approval: one sentence and what to do, in both languages. */

interface Text {
  readonly nl: string;
  readonly en: string;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: Text;
  readonly hint: Text;
}

/** What the sentences may mention: ids, addresses and numbers only, never free text of a person. */
export interface RefusalDetail {
  /** Addresses of people, or the place in the record. */
  readonly who?: string;
  readonly have?: number;
  readonly need?: number;
}

type Wording = [nl: string, en: string, hintNl: string, hintEn: string];

/** {who}, {have} and {need} are filled in. */
const WORDINGS = {
  "record-broken": [
    "Het goedkeuringsregister klopt niet: {who}.",
    "The approval record is not valid: {who}.",
    "Zoek met {log} uit wat er veranderd is; keur pas daarna opnieuw goed.",
    "Find out with {log} what was changed before anything is approved again.",
  ],
  "request-malformed": [
    "De vraag om goedkeuring te controleren is onvolledig of ongeldig: {who}.",
    "The request to check the approval is incomplete or invalid: {who}.",
    "Maak het plan opnieuw met dezelfde versie van tenantry.",
    "Plan again with the same version of Tenantry.",
  ],
  "author-unknown": [
    "Het is niet bekend wie de wijziging schreef.",
    "The author of the change is unknown.",
    "Leg de wijziging vast in git met een mailadres, of noem de schrijver: {apply}.",
    "Commit the change with an e-mail address, or name its author: {apply}.",
  ],
  "no-registration": [
    "Voor deze tenant is nog geen beslisser geregistreerd.",
    "No decision maker is registered for this tenant yet.",
    "Laat twee medewerkers van de beheerder hen registreren ({register}, docs/approval.md); vraag daarna om goedkeuring.",
    "Have two people of the provider register them ({register}, docs/approval.md); then ask for approval.",
  ],
  "registration-expired": [
    "De registratie van de beslissers is verlopen.",
    "The registration of the decision makers has expired.",
    "Laat de huidige beslissers een nieuwe registratie ondertekenen.",
    "Have the current decision makers sign a new registration.",
  ],
  "foreign-tenant": [
    "Het goedkeuringsregister is van een andere tenant.",
    "The approval record belongs to another tenant.",
    "Controleer de stack en de opslag waarmee tenantry werkt.",
    "Check the stack and the storage that tenantry was given.",
  ],
  "other-stack": [
    "Het goedkeuringsregister is van een andere stack.",
    "The approval record belongs to another stack.",
    "Controleer de stack en de opslag waarmee tenantry werkt.",
    "Check the stack and the storage that tenantry was given.",
  ],
  "clock-behind-record": [
    "De klok van deze machine loopt achter op het goedkeuringsregister.",
    "This machine's clock is behind the approval record.",
    "Zet de klok goed en probeer het opnieuw. Loopt de klok goed en staat er een verkeerde tijd in het register, leg dat dan vast: {acknowledge}.",
    "Set the clock right and try again. If it is right and an entry's time is wrong, say so on the record: {acknowledge}.",
  ],
  "authority-would-be-lost": [
    "Na deze wijziging zijn er te weinig geregistreerde beslissers om nog iets goed te keuren.",
    "After this change too few registered decision makers would be left to approve anything.",
    "Registreer eerst de nieuwe beslissers; pas daarna het tenantbestand aan.",
    "Register the new decision makers first; change the tenant file after that.",
  ],
  "no-approval": [
    "Dit plan is niet goedgekeurd.",
    "This plan is not approved.",
    "Laat de beslissers de pagina van {plan} zien; wie ja zegt, tekent met {approve}.",
    "Show the decision makers the page of {plan}; those who agree sign with {approve}.",
  ],
  "other-digest": [
    "Er is een ander plan goedgekeurd dan wat nu uitgevoerd zou worden.",
    "The approved plan is not the one that would be applied now.",
    "Laat de beslissers de nieuwe pagina van {plan} zien; wie ja zegt, tekent met {approve}.",
    "Show the decision makers the new page of {plan}; those who agree sign with {approve}.",
  ],
  refused: [
    "{who} heeft dit plan afgewezen.",
    "{who} refused this plan.",
    "Lees de reden, pas het tenantbestand aan en maak een nieuw plan: {plan}.",
    "Read the reason, revise the tenant file and create a new plan: {plan}.",
  ],
  withdrawn: [
    "De goedkeuring van {who} is ingetrokken.",
    "The approval of {who} was withdrawn.",
    "Vraag wat er speelt; een nieuwe goedkeuring is nodig.",
    "Ask for the reason; a new approval is needed.",
  ],
  expired: [
    "De goedkeuring van {who} is verlopen.",
    "The approval of {who} has expired.",
    "Vraag opnieuw om goedkeuring.",
    "Ask for a new approval.",
  ],
  "not-yet-valid": [
    "De goedkeuring van {who} heeft een tijdstip in de toekomst.",
    "The approval of {who} is dated in the future.",
    "Controleer de klokken en probeer het later opnieuw.",
    "Check the clocks and try again later.",
  ],
  "own-change": [
    "{who} heeft deze wijziging geschreven en kan die niet zelf goedkeuren.",
    "{who} wrote this change and cannot approve it.",
    "Vraag een andere beslisser om goedkeuring.",
    "Ask another decision maker for approval.",
  ],
  "key-revoked": [
    "De sleutel waarmee {who} ondertekende, is niet meer geregistreerd.",
    "The key that {who} signed with is no longer registered.",
    "Vraag om een goedkeuring met de huidige sleutel.",
    "Ask for an approval with the current key.",
  ],
  "no-longer-decision-maker": [
    "{who} is volgens het laatst toegepaste tenantbestand geen beslisser meer.",
    "{who} is no longer a decision maker in the tenant file as last applied.",
    "Vraag een huidige beslisser om goedkeuring.",
    "Ask a current decision maker for approval.",
  ],
  "deputy-outside-period": [
    "{who} besliste als vervanger buiten de periode van vervanging.",
    "{who} decided as a deputy outside the deputy's period.",
    "Vraag de beslisser zelf, of registreer een nieuwe periode.",
    "Ask the decision maker, or register a new period.",
  ],
  consumed: [
    "De goedkeuring van {who} is al gebruikt voor een geslaagde uitvoering.",
    "The approval of {who} was already used by an apply that succeeded.",
    "Een goedkeuring geldt voor één uitvoering; vraag een nieuwe.",
    "An approval covers one apply; ask for a new one.",
  ],
  "remainder-not-stated": [
    "Een eerdere uitvoering van dit plan is afgebroken; niet is aangetoond dat alleen de rest volgt.",
    "An earlier apply of this plan was interrupted, and nothing shows that only the rest would be applied.",
    "Maak een nieuw plan en vraag daarvoor goedkeuring.",
    "Create a new plan and ask for its approval.",
  ],
  "remainder-differs": [
    "Wat nu uitgevoerd zou worden, is niet de rest van het goedgekeurde plan.",
    "What would be applied now is not the remainder of the approved plan.",
    "Maak een nieuw plan en vraag daarvoor goedkeuring.",
    "Create a new plan and ask for its approval.",
  ],
  "required-not-met": [
    "{have} van {need} goedkeuringen gegeven.",
    "{have} of {need} approvals given.",
    "Vraag de overige beslissers om goedkeuring.",
    "Ask the other decision makers for their approval.",
  ],
  "second-decision-maker-needed": [
    "Deze wijziging is zo ingrijpend dat een tweede beslisser moet goedkeuren.",
    "A change of this size needs the approval of a second decision maker.",
    "Vraag een tweede beslisser, of splits de wijziging. Is er maar één beslisser: laat die na 24 uur nog eens goedkeuren.",
    "Ask a second decision maker, or split the change. Where there is only one: have them approve it once more after 24 hours.",
  ],
} as const satisfies Record<string, Wording>;

export type RefusalCode = keyof typeof WORDINGS;
export const REFUSAL_CODES = Object.keys(WORDINGS) as RefusalCode[];

export function refusal(code: RefusalCode, detail: RefusalDetail = {}): Refusal {
  const [nl, en, hintNl, hintEn] = WORDINGS[code];
  const fill = (text: string) =>
    text.replace(/\{(who|have|need)\}/g, (_match, name: keyof RefusalDetail) =>
      String(detail[name] ?? "?"),
    );
  return { code, sentence: { nl: fill(nl), en: fill(en) }, hint: { nl: hintNl, en: hintEn } };
}
