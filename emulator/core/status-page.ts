import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Behaviour } from "./behaviour.ts";
import type { Clock } from "./clock.ts";
import type { RequestLog } from "./request-log.ts";
import type { EmulatorState } from "./scope.ts";
import { REGISTRY, tenantRecords } from "./tenants.ts";

const SHOWN_REQUESTS = 50;
/** What is counted of a tenant, by collection. */
const COUNTED = [
  ["Users", "user"],
  ["Groups", "group"],
  ["Sites", "sharepoint.site"],
  ["Mailboxes", "exchange.mailbox"],
] as const;

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --faint: #7779; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 70rem; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: 600; }
td, th { padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { overflow-wrap: normal; }
code { font-size: .9em; }
.refused { color: #c62828; }
@media (prefers-color-scheme: dark) { .refused { color: #ff8a80; } }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 0 1.5rem; margin: 0; }
dl div { display: flex; justify-content: space-between; border-bottom: 1px solid var(--line); }
dd { margin: 0; }
@media (max-width: 40rem) {
  thead { display: none; }
  tr { display: block; padding: .4rem 0; border-bottom: 1px solid var(--line); }
  td { display: inline; border: 0; padding: 0 .6rem 0 0; }
  td[data-label]::before { content: attr(data-label) " "; opacity: .65; }
}
`;

export interface StatusPageParts {
  state: EmulatorState;
  log: RequestLog;
  clock: Clock;
  behaviour: Behaviour;
}

/** A page for people: which tenants exist, how the service behaves and what was asked last. */
export function statusPage(parts: StatusPageParts): HtmlEscapedString | Promise<HtmlEscapedString> {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Microsoft 365 emulator</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <h1>Microsoft 365 emulator</h1>
        <p>
          ${parts.log.total} requests since the start. Time of its clock:
          ${new Date(parts.clock.now()).toISOString().slice(0, 19).replace("T", " ")} UTC
        </p>
        <h2>Tenants</h2>
        ${tenantTable(parts)}
        <h2>Last requests</h2>
        ${requestTable(parts)}
        <h2>Behaviour</h2>
        <dl>
          ${Object.entries(parts.behaviour).map(
            ([name, value]) =>
              html`<div>
                <dt>${name}</dt>
                <dd>${String(value)}</dd>
              </div>`,
          )}
        </dl>
      </body>
    </html>`;
}

function tenantTable({ state }: StatusPageParts): HtmlEscapedString | Promise<HtmlEscapedString> {
  const tenants = state.read(REGISTRY, (scope) =>
    scope.store.list(tenantRecords).map(({ object }) => ({
      ...object,
      counts: COUNTED.map(([label, name]) => ({
        label,
        count: scope.tenant(object.id).store.count({ name }),
      })),
    })),
  );
  return html`<table>
    <thead>
      <tr>
        <th>Tenant</th>
        <th>Id</th>
        <th>Domains</th>
        ${COUNTED.map(([label]) => html`<th>${label}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${tenants.map(
        (tenant) =>
          html`<tr>
            <td><strong>${tenant.displayName}</strong></td>
            <td><code>${tenant.id}</code></td>
            <td>${tenant.domains.join(", ")}</td>
            ${tenant.counts.map(
              ({ label, count }) => html`<td data-label="${label}">${count}</td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function requestTable({ log }: StatusPageParts): HtmlEscapedString | Promise<HtmlEscapedString> {
  const requests = log.entries().slice(-SHOWN_REQUESTS).reverse();
  return html`<table>
    <thead>
      <tr>
        <th>Time (UTC)</th>
        <th>Service</th>
        <th>Request</th>
        <th>Status</th>
        <th>ms</th>
      </tr>
    </thead>
    <tbody>
      ${requests.map(
        (entry) =>
          html`<tr>
            <td>${new Date(entry.atMs).toISOString().slice(11, 19)}</td>
            <td>${entry.workload}</td>
            <td>
              <code>${entry.method} ${entry.route}</code>${entry.inBatch ? " in a batch" : ""}
            </td>
            <td class="${entry.status >= 400 ? "refused" : ""}">${entry.status}</td>
            <td data-label="ms">${entry.durationMs}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
