/** A DNS server on loopback with a few names, over UDP, for the resolver of Node itself. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import packet from "dns-packet";
import type { Answer, RecordType } from "dns-packet";
import { afterEach } from "vitest";

/** By `TYPE name`, such as `TXT contoso.com`: values as a zone file has them. */
export type Zone = Readonly<Record<string, readonly string[]>>;

export interface DnsServer {
  readonly address: string;
  /** What it serves from now on. */
  serve(zone: Zone): void;
  /** Answers nothing from now on, as a server that cannot be reached. */
  fail(): void;
}

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

export async function startDnsServer(first: Zone): Promise<DnsServer> {
  let zone: Zone | undefined = first;
  const socket = createSocket("udp4");
  socket.on("message", (message, { port, address }) => {
    const { id = 0, questions = [] } = packet.decode(message);
    const [question] = questions;
    if (question === undefined) return;
    const { name, type } = question;
    const answers = (zone?.[`${type} ${name.toLowerCase()}`] ?? []).map((value) =>
      answerOf({ name, type }, value),
    );
    // RCODE 2 is SERVFAIL, 0 no error; a name without records of the type is no error either.
    const flags = packet.RECURSION_AVAILABLE | (zone === undefined ? 2 : 0);
    socket.send(packet.encode({ type: "response", id, flags, questions, answers }), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  open.push(() => socket.close());
  return {
    address: `127.0.0.1:${socket.address().port}`,
    serve: (next) => {
      zone = next;
    },
    fail: () => {
      zone = undefined;
    },
  };
}

function answerOf(
  { name, type }: { readonly name: string; readonly type: RecordType },
  value: string,
): Answer {
  const ttl = 300;
  if (type === "NS") return { name, type, ttl, data: value };
  const words = value.split(" ");
  if (type === "MX") {
    const data = { preference: Number(words[0]), exchange: words[1] ?? "" };
    return { ...{ name, type, ttl }, data };
  }
  if (type === "SRV") {
    const [priority, weight, port] = words.map(Number);
    return {
      ...{ name, type, ttl },
      data: { priority, weight, port: port ?? 0, target: words[3] ?? "" },
    };
  }
  // Pieces of at most 255 characters.
  if (type === "TXT") return { name, type, ttl, data: value.match(/.{1,200}/g) ?? [""] };
  if (type === "A" || type === "AAAA" || type === "CNAME") return { name, type, ttl, data: value };
  throw new Error(`This server knows nothing of ${type}`);
}
