/**
 * DNS, asked by this machine: of the servers that it knows, or of those that are named.
 * @see https://nodejs.org/api/dns.html (Resolver, error codes; not read anew: tried with Node 24 on 2026-11-27)
 */
import { promises } from "node:dns";
import type { DnsAnswer, LookUp } from "./dns-records.ts";
import { ExpectedError } from "./expected-error.ts";

export const TIMEOUT_MS = 3_000;
const TRIES = 2;
/** A server said that there is none; every other failure says nothing about the record. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set(["ENODATA", "ENOTFOUND"]);

/** @param isPractice asks nobody but servers that are named */
export function localDns(isPractice: boolean, servers: readonly string[]): LookUp {
  // Names of practice tenants are somebody else's outside, or nobody's.
  if (isPractice && servers.length === 0) return practiceHasNone;
  const resolver = resolverOf(servers);
  const asked = new Map<string, Promise<DnsAnswer>>();
  return (name, type) => {
    const key = `${type} ${name}`;
    const answer = asked.get(key) ?? look(resolver, name, type);
    asked.set(key, answer);
    return answer;
  };
}

/** @param servers empty: those of this machine @throws ExpectedError `invalid-option` for what is not an address */
export function resolverOf(servers: readonly string[]): promises.Resolver {
  const resolver = new promises.Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers.length > 0) setServers(resolver, servers);
  return resolver;
}

const practiceHasNone: LookUp = () => Promise.resolve({ unreachable: "practice" });

function setServers(resolver: promises.Resolver, servers: readonly string[]): void {
  try {
    resolver.setServers(servers);
  } catch (cause) {
    throw new ExpectedError(
      "invalid-option",
      `Not an address of a DNS server: ${servers.join(", ")}`,
      {
        hint: "Give an IP address, with a port where it is not 53: 192.0.2.53 or 192.0.2.53:5353.",
        cause,
      },
    );
  }
}

async function look(
  resolver: promises.Resolver,
  name: string,
  type: Parameters<LookUp>[1],
): Promise<DnsAnswer> {
  try {
    return { values: await valuesOf(resolver, name, type) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (NOTHING_THERE.has(code)) return { values: [] };
    if (typeof code !== "string") throw error;
    return { unreachable: code };
  }
}

const bare = (host: string): string => host.toLowerCase().replace(/\.$/, "");

async function valuesOf(
  resolver: promises.Resolver,
  name: string,
  type: Parameters<LookUp>[1],
): Promise<readonly string[]> {
  switch (type) {
    case "A":
      return await resolver.resolve4(name);
    case "AAAA":
      return await resolver.resolve6(name);
    case "CNAME":
      return (await resolver.resolveCname(name)).map(bare);
    case "TXT":
      // Long texts come in pieces of 255 characters.
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(""));
    case "MX":
      return (await resolver.resolveMx(name)).map(
        ({ priority, exchange }) => `${priority} ${bare(exchange)}`,
      );
    case "SRV":
      return (await resolver.resolveSrv(name)).map(
        ({ priority, weight, port, name: target }) =>
          `${priority} ${weight} ${port} ${bare(target)}`,
      );
  }
}
