import { describe, expect, it } from "vitest";
import { mailboxSettings } from "../../../provider/exchange/mailbox-settings.ts";
import { htmlOfLines, linesOfHtml } from "../../../provider/exchange/reply-text.ts";
import { giveMailbox, makeMailboxes } from "../support/mailboxes.ts";
import { ManagedResource } from "../support/managed-resource.ts";
import { makePeople } from "../support/people.ts";
import { startWorld } from "../support/world.ts";
import type { World } from "../support/world.ts";

const declared = (person: { id: string; name: string } | undefined, more: object) => ({
  ...{ userId: person?.id, userPrincipalName: person?.name, displayName: "Anna", ...more },
});

const away = {
  ...{ status: "scheduled", externalAudience: "all", from: "2027-07-01", until: "2027-07-14" },
  ...{ internalReplyMessage: "Weg.\nBel <Bob> & co.", externalReplyMessage: "Away" },
  scheduledStartDateTime: "2027-06-30T22:00:00Z",
  scheduledEndDateTime: "2027-07-14T22:00:00Z",
};

const byHand = (world: World, id: string | undefined, body: object) =>
  world.emulator.graph("PATCH", `/users/${id ?? ""}/mailboxSettings`, { body });

describe("the settings of a mailbox", () => {
  it("are written, unchanged by a second run, and only what differs is written", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxSettings);
    const first = declared(anna, {
      ...{ automaticReplies: away, language: "nl-NL", timeZone: "Europe/Amsterdam" },
    });
    expect(await resource.up(first)).toBe("created");
    expect(await resource.up(first)).toBe("same");
    expect(await resource.refresh()).toEqual(first);
    const off = declared(anna, {
      ...{ automaticReplies: { status: "disabled" }, timeZone: "Europe/Amsterdam" },
    });
    expect(await resource.up(off)).toBe("updated");
    expect(await resource.refresh()).toEqual(off);
    const again = declared(anna, {
      automaticReplies: {
        ...{ status: "alwaysEnabled", externalAudience: "none", internalReplyMessage: "Weg" },
      },
    });
    expect(await resource.up(again)).toBe("updated");
    expect(await resource.refresh()).toEqual(again);
  });

  it("that somebody changed are drift, and are put back", async () => {
    const world = await startWorld();
    const [anna] = await makeMailboxes(world, ["Anna"]);
    const resource = new ManagedResource(world, mailboxSettings);
    const wanted = declared(anna, { automaticReplies: { status: "disabled" } });
    await resource.up(wanted);
    const setting = { status: "Scheduled", internalReplyMessage: "<p>Own</p>" };
    await byHand(world, anna?.id, { timeZone: "Europe/Lisbon" });
    expect(await resource.refresh()).toEqual(wanted);
    await byHand(world, anna?.id, { automaticRepliesSetting: { ...setting, status: "scheduled" } });
    expect(await resource.refresh()).toMatchObject({
      automaticReplies: { status: "scheduled", internalReplyMessage: "Own" },
    });
    expect(await resource.up(wanted)).toBe("updated");
    expect(await resource.refresh()).toEqual(wanted);
  });

  it("wait for the mailbox, and a second try goes on", async () => {
    const world = await startWorld({ behaviour: { mailboxProvisioningDelayMs: 600_000 } });
    const [anna] = await makePeople(world, ["Anna"]);
    const wanted = declared(anna, { language: "nl-NL" });
    const resource = new ManagedResource(world, mailboxSettings);
    await expect(resource.up(wanted)).rejects.toMatchObject({ code: "no-mailbox-yet" });
    if (anna !== undefined) await giveMailbox(world, anna);
    expect(await resource.up(wanted)).toBe("created");
    expect(await resource.refresh()).toEqual(wanted);
  });

  it("are told in sentences, with the period as people say it", () => {
    const after = { displayName: "Anna", automaticReplies: away, timeZone: "Europe/Amsterdam" };
    const told = mailboxSettings.describe({
      ...{ operation: "create", before: undefined, after, changedPaths: [] },
    });
    expect(told.nl).toBe(
      "Anna: beantwoordt mail automatisch van 1 juli 2027 tot en met 14 juli 2027, ook van buiten de organisatie; tijdzone van de mailbox: Europe/Amsterdam",
    );
    const off = { displayName: "Anna", automaticReplies: { status: "disabled" } };
    const stopped = mailboxSettings.describe({
      ...{ operation: "update", before: after, after: off },
      changedPaths: ["automaticReplies.status"],
    });
    expect(stopped.en).toBe("Anna: does not answer mail automatically");
  });
});

describe("texts of automatic replies", () => {
  it.each([
    ["<html>\n<body>\n<p>I'm away<br>\n</p></body>\n</html>\n", "I'm away"],
    [
      "<style>p {}</style><div>Een&nbsp;dag</div><div>&lt;weg&gt; &amp; t&#233;r&#xfa;g</div>",
      "Een dag\n<weg> & t\u00e9r\u00fag",
    ],
    ["", ""],
  ])("are compared as lines: %s", (html, lines) => {
    expect(linesOfHtml(html)).toBe(lines);
    expect(linesOfHtml(htmlOfLines(lines))).toBe(lines);
  });
});
