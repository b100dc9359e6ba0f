import { chmod, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { keyStore } from "../../../state/record/key-store.ts";
import { testFolder } from "./folder.ts";

const PASSPHRASE = "vier woorden zijn genoeg";

describe("a key store", () => {
  it("gives back the key that was made, whatever the capitals of the address", async () => {
    const store = keyStore(path.join(await testFolder(), "keys"));
    const made = await store.create("Anna@Contoso.example", PASSPHRASE);
    const loaded = await store.load(" anna@contoso.example", PASSPHRASE);
    expect(loaded.keyId).toBe(made.keyId);
    expect(await store.list()).toEqual(["anna@contoso.example"]);
  });

  it.skipIf(process.platform === "win32")("keeps folder and file to their owner", async () => {
    const folder = path.join(await testFolder(), "keys");
    await keyStore(folder).create("anna@contoso.example");
    const [file] = await readdir(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(folder, file ?? ""))).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === "win32")(
    "refuses a file that others can read, until they cannot",
    async () => {
      const folder = await testFolder();
      const made = await keyStore(folder).create("anna@contoso.example");
      const [file] = await readdir(folder);
      await chmod(path.join(folder, file ?? ""), 0o640);
      await expect(keyStore(folder).load("anna@contoso.example")).rejects.toMatchObject({
        code: "key-file-open",
      });
      await chmod(path.join(folder, file ?? ""), 0o600);
      expect((await keyStore(folder).load("anna@contoso.example")).keyId).toBe(made.keyId);
    },
  );

  it("never writes over a key", async () => {
    const folder = await testFolder();
    const store = keyStore(folder);
    const made = await store.create("anna@contoso.example");
    await expect(store.create("anna@contoso.example")).rejects.toMatchObject({
      code: "key-exists",
    });
    expect((await store.load("anna@contoso.example")).keyId).toBe(made.keyId);
  });

  it("writes the key encrypted when there is a passphrase, and opens it with that", async () => {
    const folder = await testFolder();
    const made = await keyStore(folder).create("anna@contoso.example", PASSPHRASE);
    const [file] = await readdir(folder);
    expect(await readFile(path.join(folder, file ?? ""), "utf8")).toContain("ENCRYPTED");
    const load = keyStore(folder).load("anna@contoso.example");
    await expect(load).rejects.toMatchObject({ code: "passphrase-needed" });
    const wrong = keyStore(folder).load("anna@contoso.example", "een ander woord");
    await expect(wrong).rejects.toMatchObject({ code: "passphrase-wrong" });
    const opened = await keyStore(folder).load("anna@contoso.example", PASSPHRASE);
    expect(opened.keyId).toBe(made.keyId);
  });

  it("says when there is no key, and lists nothing in a folder that is not there, until one is made", async () => {
    const store = keyStore(path.join(await testFolder(), "keys"));
    await expect(store.load("anna@contoso.example")).rejects.toMatchObject({ code: "key-missing" });
    expect(await store.list()).toEqual([]);
    const made = await store.create("anna@contoso.example");
    expect((await store.load("anna@contoso.example")).keyId).toBe(made.keyId);
  });

  it("stays in its folder, whatever the address is", async () => {
    const folder = path.join(await testFolder(), "keys");
    await keyStore(folder).create("../../x/y@contoso.example");
    expect(await readdir(folder)).toHaveLength(1);
    await writeFile(path.join(folder, "notes.txt"), "");
    expect(await keyStore(folder).list()).toEqual(["../../x/y@contoso.example"]);
    for (const email of ["", "anna", "an na@contoso.example", "anna@contoso.example\0"]) {
      await expect(keyStore(folder).create(email)).rejects.toMatchObject({
        code: "email-malformed",
      });
    }
  });
});
