/** Accepted deviations while a tenant is read: what is found exactly as it was accepted counts as what was applied. */
import { statePlaceOf } from "../core/accepted.ts";
import type { Accepted } from "../core/accepted.ts";
import { asInState } from "../core/file-values.ts";
import { keyOfUrn, resourceKey } from "../core/urn.ts";
import type { Acceptance } from "../provider/index.ts";

/** What a complete reading found as it was accepted, in the order of the list. */
export interface Deviations {
  readonly accepted: readonly Accepted[];
  /** Their last day is over: they are drift again. */
  readonly ended: readonly Accepted[];
}

export class AcceptedDeviations {
  readonly #entries: readonly Accepted[];
  readonly #today: () => string;
  readonly #found = new Set<Accepted>();

  /** @param today the day in the customer's country, YYYY-MM-DD */
  constructor(entries: readonly Accepted[], today: () => string) {
    this.#entries = entries;
    this.#today = today;
  }

  of(urn: string): readonly Acceptance[] {
    return this.#entries.flatMap((entry) => {
      const { types, name, path } = statePlaceOf(entry);
      if (!types.some((type) => keyOfUrn(urn) === resourceKey(type, name))) return [];
      const { value, extra, missing, id, role } = entry;
      const found = (): boolean => {
        this.#found.add(entry);
        return this.#counts(entry);
      };
      return [
        {
          ...{ path, found },
          // Names are for people.
          ...(value === undefined ? {} : { value: id ?? asInState(entry.property, value) }),
          ...(extra === undefined ? {} : { extra: id ?? extra }),
          ...(missing === undefined ? {} : { missing: id ?? missing }),
          ...(role === undefined ? {} : { saying: { role } }),
        },
      ];
    });
  }

  /** Before a reading, which tells of its own findings only. */
  forget(): void {
    this.#found.clear();
  }

  get found(): Deviations {
    const found = this.#entries.filter((entry) => this.#found.has(entry));
    const isOver = (entry: Accepted): boolean => !this.#counts(entry);
    return {
      accepted: found.filter((entry) => !isOver(entry)),
      ended: found.filter(isOver),
    };
  }

  #counts({ until }: Accepted): boolean {
    return this.#today() <= until;
  }
}
