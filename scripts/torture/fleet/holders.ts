/** Who held a tenant from when to when, by the clock of the machine: two of them never at once. */
import type { Told } from "./messages.ts";

type Noted = Extract<Told, { readonly told: "held" | "wrote" | "let go" }>;

interface Held {
  readonly epoch: number;
  readonly from: bigint;
  /** When it was let go, or the last that was heard of one that died. */
  until: bigint;
  isLetGo: boolean;
}

export class LedgerOfHolders {
  readonly #held = new Map<string, Held[]>();

  note({ told, tenant, epoch, at }: Noted): void {
    const held = this.#held.get(tenant) ?? [];
    this.#held.set(tenant, held);
    const time = BigInt(at);
    const known = held.find((one) => one.epoch === epoch);
    if (known === undefined) {
      held.push({ epoch, from: time, until: time, isLetGo: told === "let go" });
      return;
    }
    if (time > known.until) known.until = time;
    known.isLetGo ||= told === "let go";
  }

  /** `longestApart`: seconds from the last that was heard of one that died to the next holder. */
  judged(): { readonly longestApart: number; readonly problems: readonly string[] } {
    const problems: string[] = [];
    let longest = 0n;
    for (const [tenant, held] of this.#held) {
      const inOrder = held.toSorted((one, other) => (one.from < other.from ? -1 : 1));
      for (const [at, next] of inOrder.entries()) {
        const before = inOrder[at - 1];
        if (before === undefined) continue;
        if (before.until > next.from || before.epoch >= next.epoch) {
          problems.push(`${tenant}: epochs ${before.epoch} and ${next.epoch} held it at once`);
        }
        const apart = next.from - before.until;
        if (!before.isLetGo && apart > longest) longest = apart;
      }
    }
    return { longestApart: Number(longest / 100_000_000n) / 10, problems };
  }
}
