import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Clock } from "./clock.ts";
import type { RequestLog } from "./request-log.ts";
import type { EmulatorState } from "./scope.ts";
import { REGISTRY, tenantRecords } from "./tenants.ts";

const SHOWN_REQUESTS = 50;

export interface StatusPageParts {
  state: EmulatorState;
  log: RequestLog;
  clock: Clock;
}

/** A page for people: which tenants exist and what was asked last. */
export function statusPage(parts: StatusPageParts): HtmlEscapedString | Promise<HtmlEscapedString> {
  const tenants = parts.state.read(REGISTRY, (scope) =>
    scope.store.list(tenantRecords).map(({ object }) => ({
      ...object,
      users: scope.tenant(object.id).store.count({ name: "user" }),
      groups: scope.tenant(object.id).store.count({ name: "group" }),
    })),
  );
  const requests = parts.log.entries().slice(-SHOWN_REQUESTS).reverse();
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Microsoft 365 emulator</title>
      <style>
        body {
          font:
            15px/1.5 system-ui,
            sans-serif;
          margin: 2rem;
        }
        table {
          border-collapse: collapse;
          margin-bottom: 2rem;
        }
        td,
        th {
          padding: 0.2rem 0.8rem;
          border-bottom: 1px solid #ccc;
          text-align: left;
        }
      </style>
      <h1>Microsoft 365 emulator</h1>
      <p>
        ${parts.log.total} requests since the start. Time of its clock:
        ${new Date(parts.clock.now()).toISOString()}
      </p>
      <h2>Tenants</h2>
      <table>
        <tr>
          <th>Tenant</th>
          <th>Id</th>
          <th>Domains</th>
          <th>Users</th>
          <th>Groups</th>
        </tr>
        ${tenants.map(
          (tenant) =>
            html`<tr>
              <td>${tenant.displayName}</td>
              <td>${tenant.id}</td>
              <td>${tenant.domains.join(", ")}</td>
              <td>${tenant.users}</td>
              <td>${tenant.groups}</td>
            </tr>`,
        )}
      </table>
      <h2>Last requests</h2>
      <table>
        <tr>
          <th>Time (UTC)</th>
          <th>Service</th>
          <th>Request</th>
          <th>Status</th>
          <th>ms</th>
        </tr>
        ${requests.map(
          (entry) =>
            html`<tr>
              <td>${new Date(entry.atMs).toISOString().slice(11, 19)}</td>
              <td>${entry.workload}</td>
              <td>${entry.method} ${entry.route}</td>
              <td>${entry.status}</td>
              <td>${entry.durationMs}</td>
            </tr>`,
        )}
      </table>
    </html>`;
}
