import { describe, expect, it } from "vitest";
import { WrittenObjects } from "../../../services/transport/written-objects.ts";

const ONE = "0a0a0a0a-1111-4222-8333-444444444444";
const OTHER = "0b0b0b0b-1111-4222-8333-444444444444";

describe("what a client has written", () => {
  it.each([
    ["itself", `/users/${ONE}`],
    ["by an action", `/users/${ONE}/assignLicense`],
    ["by a relation", `/users/${ONE}/manager/$ref`],
    ["as a member", `/groups/${OTHER}/members/${ONE}/$ref`],
    ["in capitals", `/users/${ONE.toUpperCase()}`],
    ["by a restore", `/directory/deletedItems/${ONE}/restore`],
  ])("holds an object written %s, and no other", (_how, path) => {
    const written = new WrittenObjects();
    written.sending(path);
    expect(written.has("/users", ONE)).toBe(true);
    expect(written.has("/users", "0c0c0c0c-1111-4222-8333-444444444444")).toBe(false);
  });

  it("holds what a creation answered", () => {
    const written = new WrittenObjects();
    written.sending("/users");
    expect(written.has("/users", ONE)).toBe(false);
    written.answered({ id: ONE });
    expect(written.has("/users", ONE)).toBe(true);
  });

  it.each([
    ["a user principal name", "/users/anna%40contoso.com", "/users"],
    ["an alternate key", "/groups(uniqueName='finance')", "/groups"],
  ])("takes a write by %s for one to any object of that collection", (_what, path, collection) => {
    const written = new WrittenObjects();
    written.sending(path);
    expect(written.has(collection, ONE)).toBe(true);
    expect(written.has("/devices", ONE)).toBe(false);
  });

  it("bears answers without an object", () => {
    const written = new WrittenObjects();
    for (const body of [undefined, null, "", { id: 4 }, {}]) written.answered(body);
    expect(written.has("/users", ONE)).toBe(false);
  });
});
