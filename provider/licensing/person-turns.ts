/** Changes of one person's direct licences, one after the other, and what they wrote in this run. */
import type { Microsoft365 } from "../../services/index.ts";
import { Turns } from "../kit/ahead.ts";
import type { AssignedLicense, LicenseChange } from "./license-assignments.ts";

/** What was written of one person's licences: a replica that is behind does not show it yet. */
class Written {
  readonly #changes: LicenseChange[] = [];

  add(change: LicenseChange): void {
    this.#changes.push(change);
  }

  /** The licences that a reading shows, with everything written since. */
  appliedTo(present: readonly AssignedLicense[]): readonly AssignedLicense[] {
    return this.#changes.reduce((licenses, { addLicenses, removeLicenses }) => {
      const gone = [...removeLicenses, ...addLicenses.map(({ skuId }) => skuId)];
      return [...licenses.filter(({ skuId }) => !gone.includes(skuId)), ...addLicenses];
    }, present);
  }
}

class PersonTurns {
  readonly #turns = new Turns();
  readonly #written = new Written();

  take(work: (written: Written) => Promise<void>): Promise<void> {
    return this.#turns.take(() => work(this.#written));
  }
}

const known = new WeakMap<Microsoft365, Map<string, PersonTurns>>();

export function turnOf(service: Microsoft365, userId: string): PersonTurns {
  const people = known.get(service) ?? new Map<string, PersonTurns>();
  known.set(service, people);
  const turns = people.get(userId) ?? new PersonTurns();
  people.set(userId, turns);
  return turns;
}
