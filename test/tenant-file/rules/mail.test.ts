import { describe, expect, it } from "vitest";
import { contosoWith, expectOneProblem, problemsOf, tenantOf, warningsOf } from "../contoso.ts";

/** As the last of the groups. */
const group = (text: string): [string, string] => [
  "\n# Access by group",
  `  - ${text}\n\n# Access by group`,
];
const list = (more: string): [string, string] =>
  group(`name: verkoop\n    displayName: Verkoop\n    type: distribution\n    ${more}`);

describe("groups with mail", () => {
  it("have aliases, senders and may be hidden", () => {
    const text = contosoWith(
      list("aliases: [Sales@contoso.com]\n    senders: [daan.visser@contoso.com, verkoop]"),
    );
    expect(tenantOf(text).groups?.at(-1)).toMatchObject({
      aliases: ["sales@contoso.com"],
      senders: ["daan.visser@contoso.com", "verkoop"],
    });
    expect(problemsOf(contosoWith(list("senders: inside")))).toEqual([]);
  });

  it.each([
    ["licenses", "licenses: [SPB]", "A group of type distribution has no licenses"],
    ["recycleBin", "recycleBin: restore", "A group of type distribution has no recycleBin"],
    ["owners", "owners: []", "A group with mail needs at least one owner"],
    [
      "aliases[0]",
      "aliases: [a@elsewhere.example]",
      "This address is in none of the tenant's domains",
    ],
    ["senders[0]", "senders: [nobody@contoso.com]", "No such user in this file"],
    ["senders[0]", "senders: [nothing]", "No such group in this file"],
  ])("are refused with %s that cannot be", (path, more, message) => {
    expect(problemsOf(contosoWith(list(more)))).toMatchObject([
      {
        path: expect.stringMatching(
          new RegExp(`^groups\\[\\d+\\]\\.${path.replace(/[[\]]/g, "\\$&")}$`),
        ) as string,
        message,
      },
    ]);
  });

  it("give no access to a site where they are distribution lists", () => {
    const text = contosoWith(list("members: []"), ["group: finance", "group: verkoop"]);
    expectOneProblem(text, "group: ^verkoop", {
      message: "A distribution list cannot be given access",
    });
  });

  it("take only people whose licences bring a mailbox", () => {
    const unlicensed = contosoWith(list("members: [eva.licht@contoso.com]"), [
      "\n# People of other",
      "  - userPrincipalName: eva.licht@contoso.com\n    displayName: Eva\n    licenses: [POWER_BI_PRO]\n\n# People of other",
    ]).replace(
      "subscriptions:\n",
      "subscriptions:\n  - {sku: POWER_BI_PRO, count: 1, term: monthly}\n",
    );
    expectOneProblem(unlicensed, "members: [^eva.licht", {
      message: "eva.licht@contoso.com gets no licence with a mailbox",
    });
    expect(problemsOf(unlicensed.replace("licenses: [POWER_BI_PRO]\n", "jobTitle: x\n"))).toEqual(
      [],
    );
  });
});

describe("aliases", () => {
  const aliases = (text: string): [string, string] => [
    "userPrincipalName: daan.visser@contoso.com\n",
    `userPrincipalName: daan.visser@contoso.com\n    aliases: [${text}]\n`,
  ];

  it("of somebody may be the former name", () => {
    const text = contosoWith(aliases("daan@contoso.com")).replace(
      "    aliases:",
      "    formerly: daan@contoso.com\n    aliases:",
    );
    expect(problemsOf(text)).toEqual([]);
  });

  it.each([
    ["emma.smit@contoso.com", /belongs to users/],
    ["finance@contoso.com", /belongs to groups/],
    ["daan.visser@contoso.com", /the primary address already/],
  ])("are nobody else's: %s", (alias, message) => {
    const [problem, ...others] = problemsOf(contosoWith(aliases(alias)));
    expect(others).toEqual([]);
    expect(problem?.path).toMatch(/^users\[\d+\]\.aliases\[0\]$/);
    expect(problem?.message).toMatch(message);
  });

  it("are not given twice", () => {
    const text = contosoWith(aliases("a@contoso.com"), list("aliases: [a@contoso.com]"));
    expectOneProblem(text, "distribution\n    aliases: [^a@contoso.com", {
      message: expect.stringContaining("The address a@contoso.com belongs to users") as string,
    });
  });
});

describe("the mailbox of somebody", () => {
  const mailbox = (text: string): [string, string] => [
    "userPrincipalName: daan.visser@contoso.com\n",
    `userPrincipalName: daan.visser@contoso.com\n    mailbox: {${text}}\n`,
  ];

  it("gives rights to users of the file only", () => {
    const right = (user: string) => mailbox(`sendAs: [{user: ${user}@contoso.com}]`);
    expect(problemsOf(contosoWith(right("emma.smit")))).toEqual([]);
    expectOneProblem(contosoWith(right("nobody")), "user: ^nobody", {
      message: "No such user in this file",
    });
  });

  it("forwards to another mailbox, and not outside without a word", () => {
    const to = (address: string) => contosoWith(mailbox(`forwardTo: [${address}]`));
    expect(problemsOf(to("emma.smit@contoso.com"))).toEqual([]);
    expect(warningsOf(to("emma.smit@contoso.com"))).toEqual([]);
    expectOneProblem(to("daan.visser@contoso.com"), "forwardTo: [^daan.visser@", {
      message: "This is the mailbox itself",
    });
    expect(problemsOf(to("daan@home.example"))).toEqual([]);
    expect(warningsOf(to("daan@home.example"))).toMatchObject([
      {
        path: "users[3].mailbox.forwardTo[0]",
        message: "This mail leaves the organisation by itself",
      },
    ]);
  });

  it.each([
    ["forwardTo: [a@contoso.com, b@contoso.com]", "forwardTo"],
    ["deliverToMailboxAndForward: true", "deliverToMailboxAndForward"],
    ["archiveEnabled: false", "archiveEnabled"],
  ])("refuses %s", (text, key) => {
    expect(problemsOf(contosoWith(mailbox(text)))).toMatchObject([
      { path: `users[3].mailbox.${key}` },
    ]);
  });

  const replies = (text: string) => contosoWith(mailbox(`automaticReplies: {${text}}`));

  it("answers in a period, always or not at all", () => {
    const text = "internalReplyMessage: Weg";
    for (const fitting of [
      "status: disabled",
      `status: alwaysEnabled, ${text}, externalReplyMessage: Away, externalAudience: contactsOnly`,
      `status: scheduled, ${text}, from: 2027-07-01, until: 2027-07-14`,
    ]) {
      expect(problemsOf(replies(fitting))).toEqual([]);
    }
  });

  it.each([
    ["status: scheduled, internalReplyMessage: x, from: 2027-07-01", "until", "is needed"],
    ["status: alwaysEnabled", "internalReplyMessage", "is needed"],
    ["status: disabled, internalReplyMessage: x", "internalReplyMessage", "has no effect"],
    [
      "status: alwaysEnabled, internalReplyMessage: x, externalAudience: all",
      "externalAudience",
      "nobody outside is answered",
    ],
    [
      "status: scheduled, internalReplyMessage: x, from: 2027-07-02, until: 2027-07-01",
      "until",
      "before the first day",
    ],
  ])("does not answer with %s", (text, key, message) => {
    expect(problemsOf(replies(text))).toMatchObject([
      {
        path: `users[3].mailbox.automaticReplies.${key}`,
        message: expect.stringContaining(message) as string,
      },
    ]);
  });

  it("says which keys there are where one is not known, and the nearest", () => {
    expect(problemsOf(replies("status: disabled, externalReply: x"))).toMatchObject([
      {
        path: "users[3].mailbox.automaticReplies.externalReply",
        allowed: expect.stringContaining("externalReplyMessage") as string,
      },
    ]);
  });

  it("is in a time zone that there is", () => {
    expect(problemsOf(contosoWith(mailbox("timeZone: Europe/Amsterdam")))).toEqual([]);
    expectOneProblem(
      contosoWith(mailbox("timeZone: Europe/Utrecht")),
      "timeZone: ^Europe/Utrecht",
      {
        message: "Not a known time zone",
      },
    );
  });

  it("needs a licence that brings one", () => {
    const iris = "userPrincipalName: iris.hendriks@contoso.com\n";
    const text = contosoWith(
      [iris, `${iris}    mailbox: {sendAs: []}\n`],
      ["      - iris.hendriks@contoso.com\n    licenses", "    licenses"],
    );
    expectOneProblem(text, "    mailbox: ^{sendAs", {
      message: "iris.hendriks@contoso.com gets no licence with a mailbox",
    });
  });
});

describe("shared mailboxes", () => {
  const info = (more: string): [string, string] => [
    "\n# Access by group",
    `\nmailboxes:\n  - address: info@contoso.com\n    displayName: Info\n    ${more}\n\n# Access by group`,
  ];

  it("have rights for users of the file, and are covered by the backup", () => {
    const text = contosoWith(
      info("fullAccess: [{user: daan.visser@contoso.com, until: 2027-06-30}]"),
    );
    expect(problemsOf(text)).toEqual([]);
    const some = text.replace("mailboxes: all #", "mailboxes: [info@contoso.com] #");
    expect(problemsOf(some)).toEqual([]);
  });

  it.each([
    ["sendAs: [{user: nobody@contoso.com}]", "No such user in this file"],
    ["aliases: [emma.smit@contoso.com]", "The address emma.smit@contoso.com belongs to users"],
    ["aliases: [info@contoso.com]", "This is the primary address already"],
  ])("are refused with %s", (more, message) => {
    expect(problemsOf(contosoWith(info(more)))).toMatchObject([
      { message: expect.stringContaining(message) as string },
    ]);
  });

  it("have an address that nobody else has, in a domain of the tenant", () => {
    const other = (address: string) =>
      contosoWith(info("aliases: []")).replace("info@contoso.com", address);
    expect(problemsOf(other("emma.smit@contoso.com"))).toHaveLength(1);
    expect(problemsOf(other("info@elsewhere.example"))).toHaveLength(1);
  });
});

describe("limits of a mailbox", () => {
  const limited = (sizes: string): string =>
    contosoWith([
      "    displayName: Emma Smit\n",
      `    displayName: Emma Smit\n    mailbox: ${sizes}\n`,
    ]);

  it("come one before the other", () => {
    const text = limited("{ issueWarningQuota: 40000, prohibitSendReceiveQuota: 30000 }");
    expectOneProblem(text, "prohibitSendReceiveQuota: ^30000", {
      message: "This is less than issueWarningQuota, which comes before it",
      allowed: "40000 or more",
    });
    const rising = "{ issueWarningQuota: 30000, prohibitSendQuota: 30000, maxSendSize: 150 }";
    expect(problemsOf(limited(rising))).toEqual([]);
  });
});
