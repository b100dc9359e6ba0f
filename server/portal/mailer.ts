/**
 * Mail to decision makers and a webhook, from what the record says. Each message has an id for ever and is sent by the
 * process that claims it. A death after a mail server took it and before that is noted sends it a second time, with
 * the same Message-ID, by which a mail program can see that it is the same (not verified that any does).
 */
import { createTransport } from "nodemailer";
import type { Transporter } from "nodemailer";
import { sha256 } from "../../approval/index.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { noticesOf, registeredStacks } from "../../operations/index.ts";
import type { Notice, RecordPorts } from "../../operations/index.ts";
import type { StateDatabase } from "../../state/index.ts";
import type { MailSettings } from "../settings.ts";
import type { LogEntry } from "../telemetry.ts";
import { mailOf } from "./mail-texts.ts";

/** Longer than an attempt takes. */
const RETRY_MS = 300_000;
const ATTEMPT_MS = 60_000;

interface MailerOptions {
  readonly database: StateDatabase;
  readonly ports: RecordPorts;
  /** Undefined: no mail. */
  readonly mail: MailSettings | undefined;
  /** Undefined: none. */
  readonly webhook: string | undefined;
  /** Origin of the portal. */
  readonly origin: string;
  readonly log: (entry: LogEntry) => void;
}

export interface Mailer {
  /** Sends what is due. What fails is logged and tried again later; it never throws for that. */
  send(): Promise<void>;
}

export function openMailer(options: MailerOptions): Mailer {
  const { database, ports, mail, webhook, origin, log } = options;
  const transport = mail && transportOf(mail);
  const done = new Map<string, string>();

  const once = async (id: string, send: () => Promise<unknown>): Promise<void> => {
    if (!(await database.run("claimMessage", { id, retryAfter: RETRY_MS }))) return;
    const time = new Date().toISOString();
    try {
      await send();
    } catch (error) {
      // The sentence of a mail server may hold the address.
      log({ time, event: "failed", what: "mail", code: codeOf(error) });
      return;
    }
    await database.run("settleMessage", id);
    log({ time, event: "sent", what: "mail" });
  };

  const tell = async (
    stack: string,
    { notice, known }: { readonly notice: Notice; readonly known: ReadonlySet<string> },
  ): Promise<void> => {
    const base = `${origin}/portal/${stack}`;
    if (transport !== undefined && mail !== undefined && !known.has(notice.id)) {
      const messageId = `<${sha256(notice.id)}@${new URL(origin).hostname}>`;
      const message = { from: mail.from, to: notice.to, messageId, ...mailOf(notice, base) };
      await once(notice.id, () => transport.sendMail(message));
    }
    const webhookId = `${stack}/webhook/${notice.digest.slice(7)}`;
    if (webhook !== undefined && notice.kind === "waiting" && !known.has(webhookId)) {
      const text = `A proposal for ${notice.company} waits: ${base}`;
      await once(webhookId, () => post(webhook, { text }));
    }
  };

  const tellAll = async (stack: string): Promise<void> => {
    const stored = await ports.records.list(`${stack}/`);
    // The store only grows, so as long as it has as many values and the day is the same there is nothing new.
    const state = `${stored.length} ${ports.now().toISOString().slice(0, 10)}`;
    if (done.get(stack) === state) return;
    const wasSent = await database.run("sentMessages", `${stack}/`);
    const known = new Set(wasSent);
    const notices = await noticesOf(ports, { stack, wasSent });
    for (const notice of notices) await tell(stack, { notice, known });
    const sent = new Set(await database.run("sentMessages", `${stack}/`));
    const isTold = transport === undefined || notices.every(({ id }) => sent.has(id));
    if (isTold) done.set(stack, state);
  };

  /** One tenant's broken record keeps no other from being told. */
  const logged = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      log({ time: new Date().toISOString(), event: "failed", what: "mail", code: error.code });
      return undefined;
    }
  };

  return {
    async send() {
      const stacks = await logged(() => registeredStacks(ports));
      for (const stack of stacks ?? []) await logged(() => tellAll(stack));
    },
  };
}

function transportOf({ host, port, security, user, password }: MailSettings): Transporter {
  return createTransport({
    ...{ host, port, secure: security === "tls" },
    ...{ requireTLS: security === "starttls", ignoreTLS: security === "none" },
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
    ...{ connectionTimeout: ATTEMPT_MS, greetingTimeout: ATTEMPT_MS, socketTimeout: ATTEMPT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

async function post(url: string, body: { readonly text: string }): Promise<void> {
  const { ok, status } = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    redirect: "error",
    signal: AbortSignal.timeout(ATTEMPT_MS),
  });
  if (!ok) throw Object.assign(new Error("The webhook refused"), { code: `HTTP ${status}` });
}

/** As nodemailer and Node name it, such as `EAUTH` and `ECONNREFUSED`. */
function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : "unknown";
}
