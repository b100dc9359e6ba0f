/** Which objects a client knows besides the one that a creation without an answer may have made. */
import { idsIn } from "./paths.ts";
import type { Claim } from "./types.ts";

export class KnownObjects {
  /** Ids in the paths of calls, with how many were known when each was first named. */
  readonly #named = new Map<string, number>();
  /** What creations made, or were found to have made. */
  readonly #made = new Set<string>();

  /** To be called for every call. */
  calling(path: string): void {
    for (const id of idsIn(path)) if (!this.#named.has(id)) this.#named.set(id, this.#named.size);
  }

  /** What a creation was answered with. */
  answered(body: unknown): void {
    const id = (body as { id?: unknown } | null | undefined)?.id;
    if (typeof id === "string") this.#made.add(id.toLowerCase());
  }

  /** To be called before a creation is sent: whose id was named until now is not what it makes. */
  creating(): Claim {
    const before = this.#named.size;
    return (candidate) => {
      const id = candidate.toLowerCase();
      if (this.#made.has(id) || (this.#named.get(id) ?? before) < before) return false;
      this.#made.add(id);
      return true;
    };
  }
}
