/** How the demo ends: the portal on this machine, with a proposal that waits and a link to enrol by. */
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stringify } from "yaml";
import { changeJobTitle, editTenantFile } from "./changes.ts";
import type { Called, Stage } from "./stage.ts";

const TENANT = "contoso";
const DECIDES = "marieke.devries@contoso.com";
const ENGINEERS = ["one", "two"].map((name) => `practice-engineer-${name}@practice.example`);
/** That of `tenantry serve`. */
const USUAL_PORT = 8443;
const LOOK_EVERY_MS = 1000;

type Call = (args: readonly string[]) => Promise<Called>;

export interface PreparedPortal {
  /** Of `tenantry`, in the demo's workspace. */
  readonly serve: readonly string[];
  /** Passkeys work at `localhost`, not at 127.0.0.1. */
  readonly url: string;
  /** One decision maker's, good once. */
  readonly link: string;
  readonly code: string;
}

/** @throws Error when one of the commands does not do what it should */
export async function preparePortal(stage: Stage, call: Call): Promise<PreparedPortal> {
  const origin = `http://localhost:${await freePort()}`;
  const keys = await Promise.all(
    ENGINEERS.map(async (email) => {
      const { publicKey } = jsonOf(await call(["keys", "show", email, "--json"]));
      const purposes = ["bootstrap", "application", "lock-break"];
      return { name: email, email, publicKey, purposes, revokedAt: null };
    }),
  );
  writeFileSync(join(stage.root, "trust-roots.json"), JSON.stringify({ version: 1, keys }));
  const settings = { url: origin, portal: { relyingPartyId: "localhost" } };
  writeFileSync(join(stage.root, "server.yaml"), stringify(settings));
  editTenantFile(stage.tenantFile(TENANT), changeJobTitle);
  jsonOf(await call(["plan", TENANT, "--json"]));
  const { link, code } = jsonOf(await call(["enrol", TENANT, DECIDES, "--json"]));
  const database = join(".tenantry", "state.sqlite");
  return {
    serve: ["serve", "--listen", new URL(origin).port, "--database", database],
    url: `${origin}/portal/${TENANT}`,
    link: new URL(new URL(String(link)).pathname, origin).href,
    code: String(code),
  };
}

/** Serves until `signal`; whoever enrols meanwhile is registered. */
export async function runPortal(
  { serve, url, link }: PreparedPortal,
  scene: {
    /** The demo's workspace. */
    readonly root: string;
    readonly call: Call;
    readonly tell: (line: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const { root, call, tell, signal } = scene;
  const over = new AbortController();
  const serving = call(serve).finally(() => {
    over.abort();
  });
  const until = AbortSignal.any([signal, over.signal]);
  if (await isAnswered(link, until)) {
    const { output } = await call(["register", TENANT]);
    tell(output);
    tell(`The passkey is registered. Sign in and decide: ${url}`);
    tell(`Then apply it, in another window: npx tenantry apply ${TENANT} --workspace ${root}`);
  }
  const { exitCode, line, remarks } = await serving;
  if (!signal.aborted && exitCode !== 0) throw failed(`${line} ended.`, remarks);
}

/** Whether somebody enrolled by the link: it is good once. False when there is nothing to wait for any more. */
async function isAnswered(link: string, until: AbortSignal): Promise<boolean> {
  let wasOpen = false;
  while (!until.aborted) {
    const status = await statusOf(link);
    if (wasOpen && status === 422) return true;
    wasOpen ||= status === 200;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

/** Undefined while the server does not answer, which it tells itself. */
async function statusOf(link: string): Promise<number | undefined> {
  try {
    return (await fetch(link, { method: "HEAD" })).status;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function freePort(): Promise<number> {
  for (const wanted of [USUAL_PORT, 0]) {
    const probe = createServer();
    try {
      await once(probe.listen(wanted, "127.0.0.1"), "listening");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") continue;
      throw error;
    }
    const { port } = probe.address() as AddressInfo;
    probe.close();
    return port;
  }
  throw new Error("No port is free");
}

function jsonOf({ exitCode, line, output, remarks }: Called): Record<string, unknown> {
  if (exitCode === 0) return JSON.parse(output) as Record<string, unknown>;
  throw failed(`${line} ended with ${exitCode}.`, remarks);
}

const failed = (sentence: string, remarks: string): Error => new Error(`${sentence}\n${remarks}`);
