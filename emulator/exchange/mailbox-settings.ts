/**
 * Settings of a mailbox, in Graph: automatic replies, language, time zone. Texts come back inside a page, as in
 * Microsoft's example. Not verified: that a new mailbox has no language and UTC, and words of refusals but those listed.
 * @see https://learn.microsoft.com/graph/api/user-get-mailboxsettings, user-update-mailboxsettings (checked 2026-11-27)
 */
import { ServiceFailure } from "../core/failure.ts";
import { defineCollection, type StoredObject } from "../core/store.ts";
import type { Answer, Call, Route } from "../core/workload.ts";
import { readEntity } from "../graph/input.ts";
import { entityAnswer } from "../graph/responses.ts";
import type { GraphPart } from "../graph/workload.ts";
import { ownerOf } from "./inbox-rules.ts";

type Properties = Readonly<Record<string, unknown>>;

interface MailboxSettings extends StoredObject {
  /** Object id of the user. */
  id: string;
  changed: Properties;
}

const mailboxSettings = defineCollection<MailboxSettings>("exchange.mailbox-settings");

const PATH = "/users/:id/mailboxSettings";
const UTC_EPOCH = { dateTime: "1601-01-01T00:00:00.0000000", timeZone: "UTC" };

const DEFAULTS = {
  automaticRepliesSetting: {
    ...{ status: "disabled", externalAudience: "all" },
    ...{ internalReplyMessage: "", externalReplyMessage: "" },
    ...{ scheduledStartDateTime: UTC_EPOCH, scheduledEndDateTime: UTC_EPOCH },
  },
  language: { locale: null, displayName: null },
  timeZone: "UTC",
} as const;

const settingsOf = (call: Call, id: string): Properties => ({
  ...DEFAULTS,
  ...call.store.get(mailboxSettings, id)?.changed,
});

const answer = (call: Call, settings: Properties): Answer =>
  entityAnswer(call, settings, { type: "mailboxSettings", context: "users/mailboxSettings" });

function update(call: Call): Answer {
  const id = ownerOf(call);
  const { properties } = readEntity(call, "mailboxSettings");
  const before = settingsOf(call, id);
  const { automaticRepliesSetting: replies, timeZone } = properties;
  if (typeof timeZone === "string" && !isZone(timeZone)) {
    throw new ServiceFailure(400, "InvalidTimeZone", {
      message: "Time Zone settings provided are invalid.",
    });
  }
  const changed = {
    ...before,
    ...properties,
    ...(replies === undefined
      ? {}
      : {
          automaticRepliesSetting: changedReplies(
            before.automaticRepliesSetting as Properties,
            replies as Properties,
          ),
        }),
  };
  const known = call.store.get(mailboxSettings, id);
  if (known === undefined) call.store.insert(mailboxSettings, { id, changed }, call.nowMs);
  else call.store.replace(mailboxSettings, { id, changed });
  return answer(call, changed);
}

/** Windows names have no slash; of the others only the shape is looked at. */
const isZone = (name: string): boolean =>
  !name.includes("/") || /^[A-Z][A-Za-z_]+(\/[A-Z][A-Za-z_+-]+){1,2}$/.test(name);

/** What is not named stays, and texts get a page around them. */
function changedReplies(before: Properties, given: Properties): Properties {
  const texts = ["internalReplyMessage", "externalReplyMessage"]
    .filter((key) => typeof given[key] === "string")
    .map((key) => [key, inPage(String(given[key]))] as const);
  return { ...before, ...given, ...Object.fromEntries(texts) };
}

function inPage(text: string): string {
  const [, body = text] = /<body[^>]*>([\s\S]*)<\/body>/i.exec(text) ?? [];
  return `<html>\n<body>\n${body}\n</body>\n</html>\n`;
}

const routes: readonly Route[] = [
  { method: "GET", path: PATH, handle: (call) => answer(call, settingsOf(call, ownerOf(call))) },
  { method: "PATCH", path: PATH, handle: update },
];

export const mailboxSettingsPart: GraphPart = { operations: routes };
