import { createHash, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  generateKey,
  keyId,
  readPrivateKey,
  readPublicKey,
  writePrivateKey,
} from "../../approval/keys.ts";
import { codeOf } from "./support.ts";

const PASSPHRASE = "vier woorden zijn genoeg";

describe("a signing key", () => {
  it("comes back from its file, encrypted or not, with the same id", () => {
    const key = generateKey();
    const open = writePrivateKey(key);
    const encrypted = writePrivateKey(key, PASSPHRASE);
    expect(open).toContain("BEGIN PRIVATE KEY");
    expect(encrypted).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    for (const read of [readPrivateKey(open), readPrivateKey(encrypted, PASSPHRASE)]) {
      expect(read.keyId).toBe(key.keyId);
      expect(read.publicKey).toBe(key.publicKey);
    }
  });

  it("has the SHA-256 of its SPKI form as id", () => {
    const { publicKey, keyId: id } = generateKey();
    const spki = readPublicKey(publicKey).export({ format: "der", type: "spki" });
    expect(id).toBe(createHash("sha256").update(spki).digest("hex"));
    expect(keyId(publicKey)).toBe(id);
  });

  it("stays closed without the right passphrase", () => {
    const pem = writePrivateKey(generateKey(), PASSPHRASE);
    expect(codeOf(() => readPrivateKey(pem))).toBe("passphrase-needed");
    expect(codeOf(() => readPrivateKey(pem, "een ander woord"))).toBe("passphrase-wrong");
  });

  it("refuses a short passphrase, since the file format adds little of its own", () => {
    const key = generateKey();
    expect(codeOf(() => writePrivateKey(key, "elf tekens!"))).toBe("passphrase-too-short");
    expect(readPrivateKey(writePrivateKey(key, PASSPHRASE), PASSPHRASE).keyId).toBe(key.keyId);
  });

  it("refuses keys of another kind and texts that are no keys", () => {
    const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const spki = ec.publicKey.export({ format: "der", type: "spki" }).toString("base64");
    const pkcs8 = ec.privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    expect(codeOf(() => readPublicKey(spki))).toBe("key-malformed");
    expect(codeOf(() => readPublicKey("AAAA"))).toBe("key-malformed");
    expect(codeOf(() => readPublicKey(`${generateKey().publicKey}AAAA`))).toBe("key-malformed");
    expect(codeOf(() => readPrivateKey(pkcs8))).toBe("key-malformed");
    expect(codeOf(() => readPrivateKey("no key"))).toBe("key-malformed");
  });
});
