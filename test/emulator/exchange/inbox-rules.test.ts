import { expect, it } from "vitest";
import { addMailbox, addUser, startExchange } from "./support/exchange.ts";

const forward = {
  displayName: "Home",
  actions: { forwardTo: [{ emailAddress: { name: "Ada", address: "ada@home.example" } }] },
};

it("keeps the rules of an inbox, and knows none of who has no mailbox", async () => {
  const exchange = await startExchange();
  const { emulator } = exchange;
  const ada = await addMailbox(exchange, "Ada");
  const path = `/users/${ada}/mailFolders/inbox/messageRules`;
  expect((await emulator.graph("GET", path)).body.value).toEqual([]);
  const made = await emulator.graph("POST", path, { body: forward });
  expect([made.status, made.body.isEnabled, made.body.sequence]).toEqual([201, true, 1]);
  expect((await emulator.graph("GET", path)).body.value).toMatchObject([forward]);
  const bob = await addUser(emulator, "Bob");
  const none = await emulator.graph("GET", `/users/${bob}/mailFolders/inbox/messageRules`);
  expect([none.status, none.body.error.code]).toEqual([404, "MailboxNotEnabledForRESTAPI"]);
});
