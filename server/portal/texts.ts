/** What the portal says in its own words, Dutch and English. */
import type { Text } from "../../core/language.ts";

const text = (nl: string, en: string): Text => ({ nl, en });

export const TEXTS = {
  skip: text("Naar de inhoud", "Skip to the content"),
  openInBrowser: text(
    "Uw passkey werkt niet in dit venster. Open deze pagina in Safari of Chrome; dezelfde link blijft geldig.",
    "Your passkey does not work in this window. Open this page in Safari or Chrome; the same link stays valid.",
  ),
  copy: text("Link kopiëren", "Copy the link"),
  copied: text("Gekopieerd", "Copied"),
  again: text("Probeer het opnieuw.", "Try again."),
  notConfirmed: text(
    "Het is niet bevestigd op uw toestel. Probeer het opnieuw.",
    "It was not confirmed on your device. Try again.",
  ),
  hasOne: text(
    "Dit toestel heeft al een passkey voor u. Gebruik een ander toestel voor een reserve.",
    "This device already has a passkey of yours. Use another device for a spare.",
  ),
  unanswered: text(
    "De server antwoordt niet. Probeer het zo opnieuw.",
    "The server does not answer. Try again in a moment.",
  ),
  differs: text(
    "Wat de server liet ondertekenen is niet wat u koos. Er is niets ondertekend.",
    "What the server asked to sign is not what you chose. Nothing was signed.",
  ),
  scriptNeeded: text("Deze pagina heeft JavaScript nodig.", "This page needs JavaScript."),

  enrolTitle: text("Uw passkey aanmaken", "Create your passkey"),
  enrolWhy: text(
    "Met een passkey keurt u wijzigingen goed of af. Alleen u kunt ermee ondertekenen: op uw eigen telefoon of beveiligingssleutel, met uw vinger, gezicht of pincode.",
    "With a passkey you approve or reject changes. Only you can sign with it: on your own phone or security key, with your finger, face or PIN.",
  ),
  code: text("Code van uw beheerder (8 cijfers)", "Code from your provider (8 digits)"),
  codeWhere: text(
    "U kreeg de code op papier of per telefoon, niet per mail.",
    "You got the code on paper or by telephone, not by mail.",
  ),
  managed: text("De IT-beheerder beheert dit toestel", "The IT provider manages this device"),
  managedWhy: text(
    "Kies liever een toestel dat alleen u beheert. Op een beheerd toestel kan de beheerder meer, en dat staat dan in het register.",
    "Prefer a device that only you manage. On a managed one the provider can do more, and the record says so.",
  ),
  create: text("Passkey aanmaken", "Create a passkey"),
  tryTitle: text("Nog één stap", "One more step"),
  tryIt: text("Passkey proberen", "Try the passkey"),
  enrolled: text("Uw passkey is ontvangen", "Your passkey was received"),
  enrolledNext: text(
    "Twee medewerkers van uw beheerder registreren hem nu. Vergelijk met hen dit kenmerk, per telefoon of op het contract:",
    "Two people of your provider register it now. Compare this fingerprint with them, by telephone or on the contract:",
  ),

  signInTitle: text("Inloggen", "Sign in"),
  signInWhy: text(
    "Log in met de passkey waarmee u beslist.",
    "Sign in with the passkey that you decide with.",
  ),
  signIn: text("Inloggen met passkey", "Sign in with a passkey"),
  signOut: text("Uitloggen", "Sign out"),
  unknownPasskey: text(
    "Deze passkey is hier niet (meer) geregistreerd.",
    "This passkey is not registered here, or no longer.",
  ),

  proposals: text("Voorstellen", "Proposals"),
  waiting: text("Wacht op een beslissing", "Waiting for a decision"),
  nothingWaits: text("Er wacht niets.", "Nothing is waiting."),
  settled: text("Beslist en uitgevoerd", "Decided and applied"),
  nothingSettled: text("Nog niets.", "Nothing yet."),
  yourTurn: text("Wacht op u", "Waits for you"),
  proposalOf: text("Voorstel van", "Proposal of"),
  approved: text("akkoord", "approved"),
  refused: text("afgewezen", "rejected"),
  succeeded: text("Uitgevoerd op", "Applied on"),
  partial: text("Deels uitgevoerd op", "Partly applied on"),
  failed: text("Niet gelukt op", "Failed on"),
  notApplied: text("Niet uitgevoerd", "Not applied"),
  back: text("Naar alle voorstellen", "To all proposals"),

  decide: text("Uw beslissing", "Your decision"),
  remark: text("Opmerking (mag leeg blijven)", "Remark (may stay empty)"),
  yes: text("Ja, akkoord", "Yes, approve"),
  no: text("Nee, afwijzen", "No, reject"),
  decideHow: text(
    "U bevestigt op uw toestel. Wat u ondertekent is precies deze pagina, met uw opmerking.",
    "You confirm on your device. What you sign is exactly this page, with your remark.",
  ),
  decided: text(
    "Over dit voorstel is al beslist, of het kan niet meer.",
    "This proposal is decided already, or it is too late.",
  ),

  receiptTitle: text("Ontvangstbewijs", "Receipt"),
  receiptYes: text("U hebt dit voorstel goedgekeurd.", "You approved this proposal."),
  receiptNo: text("U hebt dit voorstel afgewezen.", "You rejected this proposal."),
  receiptKeep: text(
    "Bewaar dit bewijs. Met het bestand kan iedereen uw beslissing controleren, ook zonder ons.",
    "Keep this receipt. With the file anybody can verify your decision, also without us.",
  ),
  decidedOn: text("Beslist op", "Decided on"),
  yourRemark: text("Uw opmerking", "Your remark"),
  plan: text("Kenmerk van het voorstel", "Digest of the proposal"),
  document: text("Kenmerk van de pagina", "Hash of the page's document"),
  entry: text("Plaats in het register", "Entry of the record"),
  fingerprint: text("Kenmerk van uw passkey", "Fingerprint of your passkey"),
  download: text("Bewijs downloaden", "Download the proof"),
  withdraw: text("Beslissing intrekken", "Withdraw the decision"),
  withdrawWhy: text(
    "Zolang het voorstel niet is uitgevoerd, kunt u uw beslissing intrekken. U bevestigt op uw toestel.",
    "As long as the proposal is not applied you can withdraw your decision. You confirm on your device.",
  ),
  withdrawn: text(
    "U hebt deze beslissing ingetrokken. Ze telt niet meer.",
    "You withdrew this decision. It counts no more.",
  ),
  whoDecides: text("Wie er beslist", "Who decides"),
  changeOf: text("Wijziging van", "Change of"),
  yourSignature: text("Wacht op uw handtekening", "Waits for your signature"),
  compare: text(
    "Er is een nieuwe passkey bij. Bel die persoon en vergelijk het kenmerk. Onderteken alleen als het hetzelfde is.",
    "There is a new passkey. Call that person and compare the fingerprint. Sign only if it is the same.",
  ),
  decides: text("Beslist", "Decides"),
  deputyFor: text("Vervangt", "Deputy for"),
  decidesNoLonger: text("Beslist niet meer", "No longer decides"),
  wasRequired: text("Nu:", "Today:"),
  newPerson: text("Nieuw", "New"),
  newDevice: text("Nieuwe passkey:", "New passkey:"),
  deviceGone: text("Vervalt:", "Removed:"),
  isManaged: text("(beheerd door de IT-beheerder)", "(managed by the IT provider)"),
  signedBy: text("Ondertekend door:", "Signed by:"),
  signTitle: text("Uw handtekening", "Your signature"),
  signHow: text(
    "U bevestigt op uw toestel. U ondertekent precies wie hier staan, met deze passkeys.",
    "You confirm on your device. You sign exactly these people, with these passkeys.",
  ),
  sign: text("Ondertekenen", "Sign"),

  recoveryTitle: text(
    "Uw beheerder wil vastleggen wie er beslist",
    "Your provider is about to set who decides",
  ),
  recoveryFrom: text(
    "Zonder uw handtekening, omdat niemand meer zou kunnen ondertekenen. U kunt dat nog, dus u kunt het tegenhouden. Het kan vanaf",
    "Without your signature, because nobody would be left who can sign. You are, so you can stop it. It is possible from",
  ),
  object: text("Bezwaar maken", "Object"),
  recovered: text(
    "Uw beheerder legde vast wie er beslist, zonder handtekening van wie daarvoor besliste, op",
    "Your provider set who decides, without a signature of those who decided before, on",
  ),

  tenant: text("Zo is het nu", "As it is now"),
  asApplied: text("Zoals uitgevoerd op", "As applied on"),
  nothingApplied: text("Er is hier nog niets uitgevoerd.", "Nothing was applied here yet."),
  comparedOn: text("Vergeleken met Microsoft 365 op", "Compared with Microsoft 365 on"),
  differences: text("verschillen", "differences"),

  ownDevices: text("Uw toestellen", "Your devices"),
  thisDevice: text("Dit toestel:", "This device:"),
  removeDevice: text("Toestel verwijderen", "Remove this device"),
  enrolledDevices: text("Aangemeld, nog niet geregistreerd", "Enrolled, not registered yet"),
  compareOwn: text(
    "Vergelijk met het kenmerk op dat toestel. Hebt u dit niet zelf gedaan? Registreer het niet en bel uw beheerder.",
    "Compare it with the fingerprint on that device. Was it not you? Do not register it, and call your provider.",
  ),
  registerDevice: text("Registreren", "Register it"),
  addDevice: text("Een toestel erbij", "Another device"),
  addDeviceWhy: text(
    "Met een tweede toestel kunt u verder als u dit kwijtraakt. U registreert het met dit toestel.",
    "With a second device you can go on when you lose this one. You register it with this device.",
  ),
  addDeviceLink: text("Link en code maken", "Make a link and a code"),
  openThere: text("Open dit op het andere toestel", "Open this on the other device"),
  openThereWhy: text(
    "Link en code zijn zeven dagen geldig en werken één keer. Open daarna deze pagina opnieuw.",
    "Link and code are good for seven days and once. Then open this page again.",
  ),
  notFound: text("Deze pagina is er niet.", "There is no such page."),
  tooOften: text(
    "Te veel pogingen. Wacht een paar minuten.",
    "Too many attempts. Wait a few minutes.",
  ),
  signedOut: text("U bent uitgelogd.", "You are signed out."),
  cannot: text("Dit kan nu niet.", "This is not possible now."),
  askProvider: text("Vraag het uw beheerder.", "Ask your provider."),
  failedTitle: text("Dat ging niet", "That did not work"),
} as const satisfies Record<string, Text>;
