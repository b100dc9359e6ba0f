/** Of what is asked of people who sign in: see tenant-findings.ts. */
export const SIGN_IN_FINDINGS = {
  "no-second-step-asked": {
    level: "risk",
    what: {
      nl: "Niets vraagt iedereen om een tweede stap bij het inloggen",
      en: "Nothing asks everybody for a second step at sign-in",
    },
    why: {
      nl: "Een geraden of gestolen wachtwoord is dan genoeg, ook bij wie een tweede stap heeft ingesteld.",
      en: "A guessed or stolen password is then enough, also for those who have set up a second step.",
    },
    proposal: {
      nl: "Microsofts standaardbeveiliging aanzetten, of met de juiste licentie een regel die dit vraagt. Eerst tellen we wie daar last van heeft.",
      en: "Turn on Microsoft's security defaults, or with the right licence a rule that asks for it. We first count whom that would affect.",
    },
    by: "together",
    part: "sign-in-rules",
  },
  "sign-in-rules": {
    level: "notice",
    what: {
      nl: { one: "regel voor het inloggen", other: "regels voor het inloggen" },
      en: { one: "rule for signing in", other: "rules for signing in" },
    },
    why: {
      nl: "Zo'n regel bepaalt wie er inkomt, en blijft zoals hij is: hij wordt niet overgenomen.",
      en: "Such a rule decides who gets in, and stays as it is: it is not taken over.",
    },
    proposal: {
      nl: "Samen nagaan welke regels nodig blijven, en of de noodaccounts ervan zijn uitgezonderd.",
      en: "Check together which rules are still needed, and whether the emergency accounts are excluded.",
    },
    by: "together",
    part: "sign-in-rules",
  },
} as const;
