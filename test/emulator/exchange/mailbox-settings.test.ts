import { expect, it } from "vitest";
import { addMailbox, addUser, startExchange } from "./support/exchange.ts";

it("keeps settings of a mailbox, and puts texts into a page", async () => {
  const exchange = await startExchange();
  const { emulator } = exchange;
  const path = `/users/${await addMailbox(exchange, "Ada")}/mailboxSettings`;
  expect((await emulator.graph("GET", path)).body).toMatchObject({
    ...{ timeZone: "UTC", automaticRepliesSetting: { status: "disabled" } },
  });
  const replies = { status: "alwaysEnabled", internalReplyMessage: "<p>Weg</p>" };
  const body = { timeZone: "Europe/Amsterdam", automaticRepliesSetting: replies };
  expect((await emulator.graph("PATCH", path, { body })).status).toBe(200);
  await emulator.graph("PATCH", path, { body: { language: { locale: "nl-NL" } } });
  expect((await emulator.graph("GET", path)).body).toMatchObject({
    ...{ timeZone: "Europe/Amsterdam", language: { locale: "nl-NL" } },
    automaticRepliesSetting: {
      ...{ status: "alwaysEnabled", externalAudience: "all" },
      internalReplyMessage: "<html>\n<body>\n<p>Weg</p>\n</body>\n</html>\n",
    },
  });
  const wrong = await emulator.graph("PATCH", path, { body: { timeZone: "Europe/" } });
  expect([wrong.status, wrong.body.error.code]).toEqual([400, "InvalidTimeZone"]);
});

it("knows none of who has no mailbox", async () => {
  const { emulator } = await startExchange();
  const bob = await addUser(emulator, "Bob");
  const none = await emulator.graph("GET", `/users/${bob}/mailboxSettings`);
  expect([none.status, none.body.error.code]).toEqual([404, "MailboxNotEnabledForRESTAPI"]);
});
