/**
 * How long others keep a domain's MX records, as its own name servers say it: any other server says what is left of the
 * time. Node's resolver gives no time for MX, so that one question is asked here.
 */
import { createSocket } from "node:dgram";
import { randomInt } from "node:crypto";
import packet from "dns-packet";
import { resolverOf, TIMEOUT_MS } from "./dns-look-up.ts";

/** `seconds` is the longest of the domain's MX records. */
export type TtlAnswer = { readonly seconds: number } | { readonly unreachable: string };

/** @param domain in lower case */
export type ReadTtl = (domain: string) => Promise<TtlAnswer>;

export interface TtlOptions {
  /** DNS servers that know the name servers; empty: those of this machine. */
  readonly servers: readonly string[];
  /** On which name servers listen. */
  readonly port: number;
}

export const DNS_PORT = 53;

export async function mxTtl(domain: string, { servers, port }: TtlOptions): Promise<TtlAnswer> {
  const resolver = resolverOf(servers);
  try {
    const hosts = await resolver.resolveNs(domain);
    for (const host of hosts) {
      for (const address of await resolver.resolve4(host)) {
        const answer = await asked(domain, { address, port });
        if (answer !== undefined) return answer;
      }
    }
    return { unreachable: "no name server answered" };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (typeof code !== "string") throw error;
    return { unreachable: code };
  }
}

/** Undefined for a server that is silent, or knows nothing of the domain. */
function asked(
  domain: string,
  { address, port }: { readonly address: string; readonly port: number },
): Promise<TtlAnswer | undefined> {
  const socket = createSocket("udp4");
  const id = randomInt(2 ** 16);
  const question = packet.encode({
    ...{ type: "query", id, flags: 0 },
    questions: [{ type: "MX", name: domain }],
  });
  return new Promise<TtlAnswer | undefined>((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(undefined);
    }, TIMEOUT_MS);
    socket.on("error", reject);
    socket.on("message", (message, from) => {
      if (from.address !== address) return;
      const answer = packet.decode(message);
      if (answer.id !== id) return;
      const times = (answer.answers ?? []).flatMap((one) =>
        one.type === "MX" ? (one.ttl ?? []) : [],
      );
      clearTimeout(timer);
      resolve(times.length === 0 ? undefined : { seconds: Math.max(...times) });
    });
    socket.send(question, port, address);
  }).finally(() => {
    socket.close();
  });
}
