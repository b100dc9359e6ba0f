/** A portal with one plan that waits, and visitors with a device: what the pages' script does, step by step. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addSignature, headOf, signRegistration } from "../../../approval/index.ts";
import type { AuthorityFacts } from "../../../approval/index.ts";
import { challengeOf, PAYLOAD_TYPE } from "../../../approval/dsse.ts";
import { enrolmentChallenge } from "../../../approval/enrolment.ts";
import type { Enrolment } from "../../../approval/enrolment.ts";
import { makeOffer } from "../../../operations/enrolments.ts";
import { planStore } from "../../../operations/plan-store.ts";
import { openLedger } from "../../../operations/records.ts";
import type { RecordPorts } from "../../../operations/records.ts";
import { digested } from "../../../plan/model/digest.ts";
import type { Plan } from "../../../plan/model/model.ts";
import { recordStore } from "../../../state/record/database-record-store.ts";
import { ines, joost, trustRoots } from "../../approval/support.ts";
import { MARIEKE, PIETER, planOf, STACK } from "../../operations/support.ts";
import { Authenticator } from "../../support/authenticator.ts";
import type { Misuse } from "../../support/authenticator.ts";
import { startServer } from "./server.ts";
import type { TestServer } from "./server.ts";

export const ORIGIN = "https://tenantry.example.com";
export const PORTAL = { relyingPartyId: "tenantry.example.com" };
const NAMES: Readonly<Record<string, string>> = {
  [MARIEKE]: "Marieke de Vries",
  [PIETER]: "Pieter Jansen",
};

/** Written where the settings say. */
export function trustRootsFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), "portal-roots-")), "trust-roots.json");
  writeFileSync(file, JSON.stringify(trustRoots));
  return file;
}

export interface TestPortal extends AsyncDisposable {
  readonly server: TestServer;
  readonly ports: RecordPorts;
  readonly digest: string;
  offer(email?: string): Promise<{ readonly token: string; readonly code: string }>;
  /** Two of the provider sign: these devices decide from now on. */
  register(people: Readonly<Record<string, Authenticator>>, required?: number): Promise<void>;
  /** Another plan that waits. */
  plan(plan: Plan, reason: string): Promise<string>;
}

export async function startPortal(plan: Plan = planOf(["anna"])): Promise<TestPortal> {
  const file = trustRootsFile();
  const server = await startServer({ url: ORIGIN, portal: { ...PORTAL, trustRoots: file } });
  const database = server.database();
  const ports: RecordPorts = {
    records: recordStore(database),
    heads: { read: async () => undefined, write: async () => undefined },
    trust: { roots: async () => trustRoots },
    now: () => new Date(),
  };
  const keep = async (made: Plan, reason: string): Promise<string> => {
    const requestedBy = ["engineer@beheer.example"];
    const kept = await planStore(ports, STACK).keep(digested(made), {
      ...{ refresh: false, requestedBy, reason },
    });
    return kept.digest;
  };
  return {
    ...{ server, ports, digest: await keep(plan, "Anna joins"), plan: keep },
    offer: async (email = MARIEKE) =>
      await makeOffer(ports, STACK, {
        ...{ email, name: NAMES[email] ?? email, company: "Contoso Accountants", language: "nl" },
      }),
    register: async (people, required = 1) => {
      const ledger = await openLedger(ports, STACK);
      const decisionMakers = Object.entries(people).map(([email, device]) => ({
        ...{ name: NAMES[email] ?? email, email },
        ...{ publicKey: device.publicKey, passkey: device.passkey },
      }));
      const authority: AuthorityFacts = { decisionMakers, deputies: [], required };
      const { record } = ledger;
      const at = new Date().toISOString();
      const draft = signRegistration(
        {
          ...{ tenantId: plan.tenant.tenantId, stack: STACK, seen: headOf(record), authority },
          ...{ validFrom: at, validUntil: null, registeredAt: at },
        },
        [],
      );
      await ledger.append([ines.key, joost.key].reduce(addSignature, draft));
    },
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** A browser with its cookies. */
export class Visitor {
  readonly #url: string;
  readonly device: Authenticator;
  cookie = "";
  csrf = "";

  constructor({ server }: Pick<TestPortal, "server">, device = new Authenticator("ES256", ORIGIN)) {
    this.#url = `${server.url}/portal`;
    this.device = device;
  }

  async get(path: string, method = "GET"): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, { method, headers: { cookie: this.cookie } });
    const text = await answer.text();
    this.csrf = /data-csrf="([0-9a-f]+)"/.exec(text)?.[1] ?? this.csrf;
    return { status: answer.status, headers: answer.headers, text };
  }

  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(`${this.#url}${path}`, {
      method: "POST",
      headers: {
        ...{ origin: ORIGIN, cookie: this.cookie, "x-csrf-token": this.csrf },
        ...{ "content-type": "application/json", ...headers },
      },
      body: JSON.stringify(body),
    });
    this.cookie =
      /^tenantry-portal=[^;]*/.exec(answer.headers.getSetCookie()[0] ?? "")?.[0] ?? this.cookie;
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  async enrol({ token, code }: { readonly token: string; readonly code: string }): Promise<Answer> {
    const link = `/${STACK}/enrol/${token}`;
    const begun = await this.post(`${link}/begin`, { code });
    if (begun.status !== 200) return begun;
    const { publicKey, passkey } = this.device;
    const made = { code, publicKey, credentialId: passkey.credentialId, isManaged: false };
    const asked = await this.post(`${link}/request`, made);
    const { enrolment } = JSON.parse(asked.text) as { readonly enrolment: Enrolment };
    const { sig, webauthn } = this.device.sign(enrolmentChallenge(enrolment));
    return await this.post(`${link}/proof`, { code, enrolment, signature: { sig, webauthn } });
  }

  async signIn(stack = STACK, misuse: Misuse = {}): Promise<Answer> {
    const begun = await this.post(`/${stack}/sign-in/begin`, {});
    const { challenge } = JSON.parse(begun.text) as { readonly challenge: string };
    const { sig, webauthn } = this.device.sign(Buffer.from(challenge, "base64url"), misuse);
    const signed = {
      credentialId: this.device.passkey.credentialId,
      signature: { sig, webauthn },
    };
    const answer = await this.post(`/${stack}/sign-in/finish`, signed);
    if (answer.status === 200) await this.get(`/${stack}`);
    return answer;
  }

  async statement(digest: string, said: object = {}): Promise<Answer> {
    const words = { decision: "approved", remark: "", ...said };
    return await this.post(`/${STACK}/plans/${digest}/statement`, words);
  }

  signed(payload: string, misuse: Misuse = {}) {
    const envelope = { payload, payloadType: PAYLOAD_TYPE, signatures: [] } as const;
    const { sig, webauthn } = this.device.sign(
      challengeOf({ ...envelope, signatures: [] }),
      misuse,
    );
    return { payload, signature: { sig, webauthn } };
  }

  async decide(digest: string, said: object = {}): Promise<Answer> {
    const drafted = await this.statement(digest, said);
    if (drafted.status !== 200) return drafted;
    const { payload } = JSON.parse(drafted.text) as { readonly payload: string };
    return await this.post(`/${STACK}/plans/${digest}/decision`, this.signed(payload));
  }
}
