/** What a server says of itself: a line of JSON for each request, and numbers for Prometheus. No names, addresses, bodies. */

export interface LogEntry {
  /** UTC. */
  readonly time: string;
  readonly event: "request" | "started" | "stopping" | "stopped" | "failed" | "sent";
  readonly [fact: string]: string | number | undefined;
}

/** @see https://prometheus.io/docs/instrumenting/exposition_formats/ (text format 0.0.4; checked 2026-11-27) */
export const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

interface Served {
  /** The work, or the path where it is none. */
  readonly what: string;
  readonly status: number;
  readonly milliseconds: number;
}

export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #seconds = new Map<string, number>();
  #underWay = 0;

  get underWay(): number {
    return this.#underWay;
  }

  begin(): void {
    this.#underWay += 1;
  }

  end({ what, status, milliseconds }: Served): void {
    this.#underWay -= 1;
    add(this.#requests, `what="${what}",status="${status}"`, 1);
    add(this.#seconds, `what="${what}"`, milliseconds / 1000);
  }

  text(): string {
    return [
      "# TYPE tenantry_requests_total counter",
      ...lines("tenantry_requests_total", this.#requests),
      "# TYPE tenantry_request_seconds_total counter",
      ...lines("tenantry_request_seconds_total", this.#seconds),
      "# TYPE tenantry_requests_under_way gauge",
      `tenantry_requests_under_way ${this.#underWay}`,
      "",
    ].join("\n");
  }
}

const add = (to: Map<string, number>, labels: string, by: number): void => {
  to.set(labels, (to.get(labels) ?? 0) + by);
};

const lines = (name: string, values: ReadonlyMap<string, number>): string[] =>
  [...values].map(([labels, value]) => `${name}{${labels}} ${value}`);
