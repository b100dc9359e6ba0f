/** Opening the portal of a server: what it works on, and whether everybody's passkeys would still work here. */
import type { Hono } from "hono";
import { ExpectedError } from "../../core/expected-error.ts";
import { shutOut } from "../../operations/index.ts";
import type { StateDatabase } from "../../state/index.ts";
import { recordPorts } from "../record-ports.ts";
import type { ServerSettings } from "../settings.ts";
import type { LogEntry } from "../telemetry.ts";
import { openMailer } from "./mailer.ts";
import type { Mailer } from "./mailer.ts";
import { portalRoutes } from "./routes.ts";

interface OpenPortal {
  readonly routes: Hono;
  /** Sends mail that is due; undefined where the settings have neither mail nor webhook. */
  readonly mailer: Mailer | undefined;
}

/**
 * Undefined where the settings have no portal.
 * @throws ExpectedError `portal-moved`, and those of the trust roots
 */
export async function openPortal(
  database: StateDatabase,
  { settings, log }: { readonly settings: ServerSettings; readonly log: (entry: LogEntry) => void },
): Promise<OpenPortal | undefined> {
  const { portal, url } = settings;
  if (portal === undefined) return undefined;
  const ports = recordPorts(database, portal.trustRoots);
  const { relyingPartyId, mail, webhook } = portal;
  const { origin } = new URL(url);
  const out = await shutOut(ports, { relyingPartyId, origin });
  if (out.length > 0) {
    throw new ExpectedError(
      "portal-moved",
      `${out.length} decision ${out.length === 1 ? "maker" : "makers"} would be shut out: their passkeys are of another address.`,
      {
        hint: "Set `url` and `portal.relyingPartyId` back to what they were: passkeys work for no other name. To move, have each of them enrol and be registered at the new address first.",
        details: out,
      },
    );
  }
  const tells = mail !== undefined || webhook !== undefined;
  return {
    routes: portalRoutes({ database, settings: { ...settings, portal }, ports }),
    mailer: tells ? openMailer({ database, ports, mail, webhook, origin, log }) : undefined,
  };
}
