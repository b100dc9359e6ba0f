import { expect, it } from "vitest";
import { users } from "../../../emulator/entities/collections.ts";
import { createUser, startTestEmulator, TENANT_ID } from "../support/emulator.ts";

it.each([
  ["jobTitle", 44, "jobTitle (wrong-value, expected Edm.String)"],
  ["businessPhones", "1", "businessPhones (wrong-value, expected Collection)"],
])(
  "does not let an answer out whose %s is not what the schema says",
  async (property, value, problem) => {
    const emulator = await startTestEmulator();
    const user = await createUser(emulator);
    emulator.state.write(TENANT_ID, ({ store }) => {
      store.replace(users, { ...store.get(users, user.id), id: user.id, [property]: value });
    });
    const { status, body } = await emulator.graph("GET", `/users/${user.id}`);
    expect(status).toBe(500);
    expect(body.error.message).toContain(`The answer is not a microsoft.graph.user: ${problem}`);
  },
);
