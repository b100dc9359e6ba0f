/** The record through the real commands: keys, registrations, decisions, withdrawals, and what is read of them. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  editRecordValue,
  newestKey,
  recordValue,
  removeRecordValue,
  writeRecordValue,
} from "./support/record.ts";
import { ANNA, aTenantFile, BRAM, runText, TestWorkspace } from "./support/workspace.ts";

const DIRK = { name: "Dirk Deputy", email: "dirk.deputy@example.com" };

/** A real calendar day, some days from now. */
const day = (fromNow: number): string =>
  new Date(Date.now() + fromNow * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

async function planned(file = aTenantFile()): Promise<TestWorkspace> {
  const workspace = TestWorkspace.create({ example: file });
  await workspace.succeed(["plan", "example"]);
  return workspace;
}

const entryKey = (sequence: number): string =>
  `example/entries/${String(sequence).padStart(10, "0")}.json`;

describe("tenantry log", () => {
  it("says who decided what and whether the page they saw is still the same", async () => {
    const workspace = await planned();
    const refuse = ["approve", "example", "--refuse", "--remark", "Eerst overleggen"];
    const refused = await workspace.text(refuse);
    // What is signed is named before, and a no is not valid until some day (N11).
    expect(refused.stderr).toMatch(/Plan sha256:[0-9a-f]{64}, made at [^]*Anna Bakker/);
    expect(refused.stdout).toContain(`Refused by ${ANNA.email}: sha256:`);
    expect(refused.stdout).not.toContain("Valid until");
    const { stdout } = await runText(workspace.root, ["log", "example"]);
    expect(stdout).toContain("registered who decides: 1 of 1 must agree");
    expect(stdout).toContain(`${ANNA.email} refused`);
    expect(stdout).toContain("remark: Eerst overleggen");
    expect(stdout).toContain("still here, and the one that was signed");

    const page = newestKey(workspace, "example/pages/");
    editRecordValue(workspace, page, (html) => html.replace("</body>", "x</body>"));
    expect((await runText(workspace.root, ["log", "example"])).stdout).toContain("CHANGED");
    removeRecordValue(workspace, page);
    expect((await runText(workspace.root, ["log", "example"])).stdout).toContain("not on this");
  });

  it("names the first entry that does not hold, and ends with 2", async () => {
    const workspace = await planned();
    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["approve", "example", "--refuse"]);
    const { stdout } = await runText(workspace.root, ["log", "example", "--verify"]);
    const receipt = /Newest: (3:[0-9a-f]{64})/.exec(stdout)?.[1] ?? "";
    const whole = await workspace.succeed(["log", "example", "--receipt", receipt]);
    expect(whole.json.entries).toBe(3);
    const other = await workspace.run(["log", "example", "--receipt", receipt.replace("3:", "2:")]);
    expect(other).toMatchObject({ exitCode: 2, refusal: "record-broken" });

    const text = recordValue(workspace, entryKey(2));
    editRecordValue(workspace, entryKey(2), (entry) =>
      entry.replace(/"recordedAt":"20\d\d/, '"recordedAt":"2001'),
    );
    const broken = await workspace.run(["log", "example", "--verify"]);
    expect(broken).toMatchObject({ exitCode: 2, refusal: "record-broken" });
    expect(broken.stdout).toContain("entry 2");
    writeRecordValue(workspace, entryKey(2), text);

    // A record that was cut off is whole in itself; this machine has seen more of it.
    removeRecordValue(workspace, entryKey(3));
    const cut = await workspace.run(["log", "example", "--verify"]);
    expect(cut).toMatchObject({ exitCode: 2, refusal: "record-broken" });
    expect(cut.stdout).toContain("Entry 3 was seen before");
  });
});

describe("tenantry withdraw", () => {
  it("takes back an approval, so that the plan cannot be applied", async () => {
    const workspace = await planned();
    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["withdraw", "example", "--as", ANNA.email, "--remark", "Toch niet"]);
    const before = workspace.written();
    expect((await workspace.run(["apply", "example"])).refusal).toBe("withdrawn");
    expect(workspace.written()).toEqual(before);
    const again = await workspace.run(["withdraw", "example", "--as", ANNA.email]);
    expect(again).toMatchObject({ exitCode: 2, refusal: "nothing-to-withdraw" });
  });
});

describe("a deputy", () => {
  const withDeputy = (from: string, until: string): string =>
    aTenantFile({
      decisionMakers: [ANNA, { ...DIRK, deputyFor: ANNA.email, from, until } as typeof ANNA],
    });

  it("approves in somebody's place within the period", async () => {
    const workspace = await planned(withDeputy(day(-1), day(1)));
    await workspace.succeed(["approve", "example", "--as", DIRK.email]);
    await workspace.succeed(["apply", "example"]);
  });

  it("does not before it", async () => {
    const workspace = await planned(withDeputy(day(2), day(3)));
    await workspace.succeed(["approve", "example", "--as", DIRK.email]);
    expect((await workspace.run(["apply", "example"])).refusal).toBe("deputy-outside-period");
  });
});

describe("who wrote the change", () => {
  it("cannot approve it, also when somebody else committed after them", async () => {
    const workspace = await planned();
    const git = (...args: string[]): void => {
      execFileSync("git", ["-C", workspace.root, ...args], { stdio: "ignore" });
    };
    const commit = (email: string): void => {
      git("add", "stacks");
      const as = ["-c", "user.name=Somebody", "-c", `user.email=${email}`];
      git(...as, "commit", "--allow-empty", "--message=Change", `--author=Somebody <${email}>`);
    };
    git("init", "--initial-branch=main");
    commit(ANNA.email);
    workspace.declare(`${aTenantFile()}\n# by the provider\n`);
    commit("engineer@beheer.example");
    await workspace.succeed(["approve", "example"]);
    expect((await workspace.run(["apply", "example"])).refusal).toBe("own-change");
  });
});

describe("tenantry register", () => {
  it.each([
    ["is not there", undefined, "file-unusable"],
    ["is no JSON", "{", "invalid-registration-file"],
    ["is something else", "{}", "invalid-registration-file"],
  ])("refuses to sign a file that %s", async (_what, content, code) => {
    const workspace = TestWorkspace.create();
    const file = workspace.path("registration.json");
    if (content !== undefined) writeFileSync(file, content);
    const refused = await workspace.run([
      "register",
      "example",
      "--sign",
      file,
      "--as",
      ANNA.email,
    ]);
    expect(refused).toMatchObject({ exitCode: 2, refusal: code });
  });

  it("changes who decides only with the signature of who decides now, by a file from hand to hand", async () => {
    const workspace = await planned();
    await workspace.succeed(["approve", "example"]);
    workspace.declare(aTenantFile({ decisionMakers: [BRAM] }));
    await workspace.succeed(["keys", "create", BRAM.email]);
    const shown = await runText(workspace.root, ["keys", "show", BRAM.email]);
    workspace.write("public-keys/bram.json", shown.stdout);

    const file = workspace.path("registration.json");
    const keys = workspace.path("public-keys");
    await workspace.succeed(["register", "example", "--keys", keys, "--out", file]);
    const unsigned = await workspace.run(["register", "example", "--submit", file]);
    expect(unsigned).toMatchObject({ exitCode: 2, refusal: "too-few-signers" });
    expect(JSON.stringify(unsigned.json.error)).toContain("--sign");

    // Bram cannot make himself a decision maker; Anna can.
    const forged = workspace.path("forged.json");
    writeFileSync(forged, readFileSync(file));
    await workspace.succeed(["register", "example", "--sign", forged, "--as", BRAM.email]);
    const byBram = await workspace.run(["register", "example", "--submit", forged]);
    expect(byBram).toMatchObject({ exitCode: 2, refusal: "unknown-signer" });
    await workspace.succeed(["register", "example", "--sign", file, "--as", ANNA.email]);
    await workspace.succeed(["register", "example", "--submit", file]);

    await workspace.succeed(["plan", "example"]);
    await workspace.succeed(["approve", "example", "--as", ANNA.email]);
    expect((await workspace.run(["apply", "example"])).refusal).toBe("key-revoked");
    await workspace.succeed(["approve", "example"]);
    await workspace.succeed(["apply", "example"]);
    await workspace.succeed(["log", "example", "--verify"]);
  });

  it("does all of that at once in practice, and approve says when it is needed", async () => {
    const workspace = await planned();
    await workspace.succeed(["approve", "example"]);
    workspace.declare(aTenantFile({ decisionMakers: [ANNA, BRAM], required: 2 }));
    await workspace.succeed(["plan", "example"]);
    const { stderr } = await workspace.succeed(["approve", "example"]);
    expect(stderr).toContain("tenantry register example");
    expect((await workspace.run(["apply", "example"])).refusal).toBe("authority-would-be-lost");

    await workspace.succeed(["register", "example"]);
    expect((await workspace.run(["apply", "example"])).refusal).toBe("required-not-met");
    const again = await workspace.run(["approve", "example"]);
    expect(again).toMatchObject({ exitCode: 2, refusal: "already-decided" });
    await workspace.succeed(["approve", "example", "--as", BRAM.email]);
    await workspace.succeed(["apply", "example"]);
  });
});

describe("tenantry keys", () => {
  it("encrypts a key with the passphrase, and needs one on a real tenant", async () => {
    const workspace = TestWorkspace.create();
    const env = { TENANTRY_KEY_PASSPHRASE: "several words of a test" };
    await workspace.succeed(["keys", "create", ANNA.email], { env });
    const without = await workspace.run(["keys", "show", ANNA.email]);
    expect(without).toMatchObject({ exitCode: 2, refusal: "passphrase-needed" });
    await workspace.succeed(["keys", "show", ANNA.email], { env });
    expect((await workspace.succeed(["keys", "list"])).json.keys).toEqual([ANNA.email]);

    workspace.write("tenantry.yaml", "service: microsoft\n");
    const bare = await workspace.run(["keys", "create", BRAM.email]);
    expect(bare).toMatchObject({ exitCode: 2, refusal: "passphrase-needed" });
  });
});
