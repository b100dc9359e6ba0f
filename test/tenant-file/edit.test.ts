import { describe, expect, it } from "vitest";
import { editedText } from "../../tenant-file/edit.ts";
import type { EntryChange } from "../../tenant-file/edit.ts";
import { contoso, tenantOf } from "./contoso.ts";

const FILE = `users:
    # Four spaces, and a comment in a place of its own.
    - userPrincipalName: Emma@contoso.com
      displayName:   "Emma"   # as she is called
  # not indented as the library would
      jobTitle: Assistent
groups:
    - {name: team, members: [emma@contoso.com, bob@contoso.com], licenses: []}
    - name: other
      members:
          - emma@contoso.com # since May
          - bob@contoso.com
sites:
    - url: /sites/x
      permissions:
          - user: emma@contoso.com
            role: read
`;
const lines = (text: string | undefined): string[] => (text ?? "").split("\n");
const changedLines = (text: string | undefined): string[] =>
  lines(text).filter((line) => !lines(FILE).includes(line));
const emma = (key: string, change: EntryChange) =>
  editedText(FILE, [{ section: "users", name: "emma@contoso.com", key, change }]);

describe("a change of a tenant file", () => {
  it("leaves every other line as it was written, with its comments", () => {
    const text = emma("displayName", { kind: "set", value: "Emma Smit" });
    expect(changedLines(text)).toEqual(['      displayName: "Emma Smit" # as she is called']);
    expect(lines(text)).toHaveLength(lines(FILE).length);
  });

  it("empties a key in so many words, and takes the word back with the next value", () => {
    const cleared = emma("jobTitle", { kind: "clear" });
    expect(cleared).not.toContain("Assistent");
    expect(cleared).toContain("clear: [jobTitle]");
    const place = { section: "users", name: "emma@contoso.com", key: "jobTitle" } as const;
    const set = { kind: "set", value: "Partner" } as const;
    const again = editedText(cleared ?? "", [{ ...place, change: set }]);
    expect(again).toContain("jobTitle: Partner");
    expect(again).not.toContain("clear");
  });

  it("changes an element of a list, whatever its style", () => {
    const members = (name: string, change: EntryChange) =>
      editedText(FILE, [{ section: "groups", name, key: "members", change }]);
    const added = members("other", { kind: "add", element: "cem@contoso.com" });
    expect(changedLines(added)).toEqual(["          - cem@contoso.com"]);
    const taken = members("team", { kind: "take-out", element: "BOB@contoso.com" });
    expect(taken).toContain("members: [emma@contoso.com], licenses: []");
    expect(taken).toContain("- emma@contoso.com # since May");
    const by = { user: "emma@contoso.com", role: "edit" };
    const replaced = editedText(FILE, [
      {
        ...{ section: "sites", name: "/sites/x", key: "permissions" },
        change: { kind: "replace", element: "emma@contoso.com", by },
      },
    ]);
    expect(changedLines(replaced)).toEqual(["            role: edit"]);
  });

  it("writes a file anew that is indented in no way of its own, rather than to change what it says", () => {
    const odd = `users:\n   -   userPrincipalName: emma@contoso.com\n       jobTitle:   Assistent\n       city: Zwolle\n`;
    const place = { section: "users", name: "emma@contoso.com", key: "jobTitle" } as const;
    const text = editedText(odd, [{ ...place, change: { kind: "set", value: "Partner" } }]);
    expect(text).toBe(
      "users:\n  - userPrincipalName: emma@contoso.com\n    jobTitle: Partner\n    city: Zwolle\n",
    );
  });

  it("is none where the file has no such entry, list or element", () => {
    const set = { kind: "set", value: "x" } as const;
    const of = { section: "users", name: "bob@contoso.com", key: "jobTitle" } as const;
    expect(editedText(FILE, [{ ...of, change: set }])).toBeUndefined();
    expect(emma("licenses", { kind: "add", element: "SPB" })).toBeUndefined();
    expect(emma("licenses", { kind: "take-out", element: "SPB" })).toBeUndefined();
  });

  it("takes the reason of a block out with the block", () => {
    const blocked = FILE.replace(
      "      jobTitle: Assistent\n",
      "      accountEnabled: false\n      blockedBecause: Uit dienst\n",
    );
    const place = { section: "users", name: "emma@contoso.com", key: "accountEnabled" } as const;
    const set = (value: boolean) =>
      editedText(blocked, [{ ...place, change: { kind: "set", value } }]);
    expect(set(true)).toContain("accountEnabled: true");
    expect(set(true)).not.toContain("blockedBecause");
    expect(set(false)).toContain("blockedBecause: Uit dienst");
  });

  it("quotes what YAML or people take for something else, and keeps line ends", () => {
    expect(emma("jobTitle", { kind: "set", value: "+31 6" })).toContain('jobTitle: "+31 6"');
    const windows = FILE.replaceAll("\n", "\r\n");
    const place = { section: "users", name: "emma@contoso.com", key: "jobTitle" } as const;
    const text = editedText(windows, [{ ...place, change: { kind: "set", value: "X" } }]);
    expect(text?.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("accepts a deviation in the place of an earlier one for the same", () => {
    const entry = (value: string, property = "displayName") =>
      ({
        accept: {
          ...{ user: "emma.smit@contoso.com", property, value },
          ...{ reason: "Staat in", until: "2027-03-31" },
        },
      }) as const;
    const first = editedText(contoso, [entry("E")]) ?? "";
    expect(first.startsWith(contoso.trimEnd())).toBe(true);
    const second = editedText(first, [entry("Em")]) ?? "";
    expect(tenantOf(second).accepted).toEqual([expect.objectContaining({ value: "Em" })]);
  });

  it("accepts somebody in the place of who had the same id under another name, and of nobody else", () => {
    const entry = (extra: string, id: string) =>
      ({
        accept: {
          ...{ group: "kantoor", property: "members", extra, id },
          ...{ reason: "Helpt mee", until: "2027-03-31" },
        },
      }) as const;
    const edits = [entry("eva@contoso.com", "1"), entry("eva@contoso.com", "2")];
    const first = editedText(contoso, edits) ?? "";
    const second = editedText(first, [entry("eva.smit@contoso.com", "1")]) ?? "";
    expect(tenantOf(second).accepted?.map(({ extra }) => extra)).toEqual([
      "eva.smit@contoso.com",
      "eva@contoso.com",
    ]);
  });
});
