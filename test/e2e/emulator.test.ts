/** `tenantry emulator` as another program uses it: started, asked over HTTPS, stopped. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { Agent, fetch } from "undici";
import { expect, it } from "vitest";
import { cloneRoot, TestWorkspace } from "./support/workspace.ts";

interface Announced {
  readonly endpoints: { readonly login: string; readonly graph: string };
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly certificateAuthority: string;
}

/** The emulator while `use` works with it; what it printed beside the announcement, and how it ended. */
async function withEmulator(
  args: readonly string[],
  use: (announced: Announced) => Promise<void>,
): Promise<{ exitCode: number | null; log: string; rest: string }> {
  const workspace = TestWorkspace.create();
  const child = spawn(
    process.execPath,
    [join(cloneRoot, "dist", "cli", "main.js"), "emulator", "--workspace", workspace.root].concat(
      args,
    ),
    { env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const lines = createInterface({ input: child.stdout });
  try {
    const [first] = (await new Promise<string[]>((resolve, reject) => {
      lines.once("line", (line) => {
        resolve([line]);
      });
      child.once("close", () => {
        reject(new Error(`The emulator ended: ${log}`));
      });
    })) as [string];
    let rest = "";
    lines.on("line", (line) => (rest += line));
    await use(JSON.parse(first) as Announced);
    child.kill("SIGINT");
    return { exitCode: await ended, log, rest };
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

const connectionTo = ({ certificateAuthority }: Announced): Agent =>
  new Agent({ connect: { ca: readFileSync(certificateAuthority, "utf8") } });

async function signIn(
  announced: Announced,
  dispatcher: Agent,
): Promise<{ access_token: string; expires_in: number }> {
  const { endpoints, tenantId, clientId, clientSecret } = announced;
  const answer = await fetch(`${endpoints.login}/${tenantId}/oauth2/v2.0/token`, {
    method: "POST",
    dispatcher,
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  return (await answer.json()) as { access_token: string; expires_in: number };
}

it("announces itself to a program, behaves as set, logs without names, and ends with Ctrl-C", async () => {
  const settings = ["--behaviour", "prompt", "--set", "tokenLifetimeSeconds=1234"];
  let person = "";
  const { exitCode, log, rest } = await withEmulator(
    ["--json", "--people", "3", ...settings],
    async (announced) => {
      const dispatcher = connectionTo(announced);
      const { access_token: token, expires_in: lifetime } = await signIn(announced, dispatcher);
      expect(lifetime).toBe(1234);
      person = "somebody@example.com";
      const answer = await fetch(`${announced.endpoints.graph}/v1.0/users/${person}`, {
        dispatcher,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(404);
      await dispatcher.close();
    },
  );
  expect(log).toMatch(/graph GET \/\S*users\/:id\S* 404 \d+ ms/);
  expect(log).not.toContain(person);
  expect(rest).toBe("");
  expect(exitCode).toBe(0);
});

it("keeps a tenant as a file and takes it over in another workspace", async () => {
  const [one, two] = [TestWorkspace.create(), TestWorkspace.create()];
  const file = one.path("company.json");
  await one.succeed(["emulator", "--people", "3", "--export", file]);
  const { tenantId } = JSON.parse(readFileSync(file, "utf8")) as { tenantId: string };
  const copy = two.path("copy.json");
  await two.succeed(
    ["emulator", "--people", "1", "--seed", "2", "--import", file].concat([
      "--export",
      copy,
      "--tenant",
      tenantId,
    ]),
  );
  expect(JSON.parse(readFileSync(copy, "utf8"))).toEqual(JSON.parse(readFileSync(file, "utf8")));
});

it.each([
  ["a behaviour it does not have", ["--set", "speed=9"], "invalid-behaviour"],
  ["a preset it does not have", ["--behaviour", "wild"], "invalid-behaviour"],
  ["a port that is none", ["--port", "70000"], "invalid-option"],
  ["a file that is no JSON", ["--import", "words.txt"], "tenant-export-unreadable"],
  ["a file that is no tenant", ["--import", "other.json"], "malformed"],
])("refuses %s", async (_what, args, code) => {
  const workspace = TestWorkspace.create();
  writeFileSync(workspace.path("words.txt"), "words");
  writeFileSync(workspace.path("other.json"), '{"version":2,"tenantId":7}');
  const outcome = await workspace.run(["emulator", "--people", "1", ...args]);
  expect(outcome).toMatchObject({ exitCode: 2, refusal: code });
});
