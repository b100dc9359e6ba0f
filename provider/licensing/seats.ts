/**
 * Who gives up a product comes before who takes it. The engine changes everybody at once and removes last; so whoever
 * finds no licence left has the approved changes that free one carried out first (docs/decisions/0016).
 */
import type { Microsoft365 } from "../../services/index.ts";
import { isRequestError } from "../../services/index.ts";
import { objects, text } from "../../core/i18n/phrases.ts";
import { NOUNS } from "../../core/nouns.ts";
import { findSku } from "../../core/sku-catalogue.ts";
import type { Ahead, PlannedStep } from "../kit/ahead.ts";
import { Turns } from "../kit/ahead.ts";
import type { ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import type { Properties } from "../kit/values.ts";

export const NO_LICENSES_LEFT = "no-licenses-left";

/** Freed licences can be given again at once; a count on another replica may lag behind. */
const FREED_DEADLINE_MS = 60_000;

/** Products by skuPartNumber. */
interface Exchange {
  readonly id: string;
  readonly takes: readonly string[];
  readonly gives: readonly string[];
}

interface PlannedExchange extends Exchange {
  readonly step: PlannedStep;
  /** What has to be done before: a mailbox that becomes a shared one would be lost with the licence. */
  readonly first: readonly PlannedStep[];
  readonly after: Properties;
}

const skusOf = (inputs: Properties): string[] =>
  objects(inputs, "licenses").map((license) => text(license, "sku"));

const without = (list: readonly string[], others: readonly string[]): string[] =>
  list.filter((one) => !others.includes(one));

/** What the plan does to the licences that people hold directly. */
function exchanges(ahead: Ahead): PlannedExchange[] {
  const conversions = ahead.steps(NOUNS.userMailboxType.type);
  return ahead.steps(NOUNS.userLicense.type).map((step) => {
    const after = step.after ?? { ...step.before, licenses: [] };
    const [had, has] = [skusOf(step.before), skusOf(after)];
    const first = conversions.filter(({ id }) => id === step.id);
    return { id: step.id, takes: without(has, had), gives: without(had, has), step, first, after };
  });
}

const share = (some: readonly string[], others: readonly string[]): boolean =>
  some.some((one) => others.includes(one));

/** One at a time in a tenant: two that look for the same licence would each take what the other has freed. */
const desks = new WeakMap<Microsoft365, Turns>();

function deskOf(service: Microsoft365): Turns {
  const desk = desks.get(service) ?? new Turns();
  desks.set(service, desk);
  return desk;
}

/**
 * Makes the change of one person's licences; where none is left, after those that free one.
 * @param attempt can be made again, and then does what is still to do
 * @throws RefusedError `no-licenses-left`
 */
export async function withSeats(
  context: ResourceContext,
  taker: Exchange,
  attempt: () => Promise<void>,
): Promise<void> {
  const { ahead, service } = context;
  const refusal = await noneLeft(attempt);
  if (refusal === undefined) return;
  if (ahead === undefined || ahead.isAhead) throw refusal;
  await deskOf(service).take(() => new Search(context, ahead).makeRoom(taker, attempt));
}

/** Undefined after success. */
async function noneLeft(attempt: () => Promise<void>): Promise<RefusedError | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    if (error instanceof RefusedError && error.code === NO_LICENSES_LEFT) return error;
    throw error;
  }
}

/** One look for a licence, among the changes that are still to be made. */
class Search {
  readonly #context: ResourceContext;
  readonly #ahead: Ahead;
  readonly #pending: Set<PlannedExchange>;

  constructor(context: ResourceContext, ahead: Ahead) {
    this.#context = context;
    this.#ahead = ahead;
    this.#pending = new Set(exchanges(ahead));
  }

  async makeRoom(taker: Exchange, attempt: () => Promise<void>): Promise<void> {
    // Somebody else's look may have freed one in the meantime.
    const refusal = await noneLeft(attempt);
    if (refusal === undefined) return;
    for (const own of this.#pending) if (own.id === taker.id) this.#pending.delete(own);
    let isFreed = false;
    for (let moving = true; moving;) {
      moving = false;
      for (const one of this.#before(taker)) {
        if (!(await this.#move(one, one.after))) continue;
        moving = true;
        if (!share(one.gives, taker.takes)) continue;
        isFreed = true;
        if ((await noneLeft(attempt)) === undefined) return;
      }
    }
    if (isFreed && (await this.#comesFree(attempt))) return;
    await this.#swap(taker, { attempt, refusal });
  }

  /** Everybody whose change has to come first, who gives up something that nobody needs before who needs something. */
  #before(taker: Exchange): PlannedExchange[] {
    const found = new Set<PlannedExchange>();
    for (const wanted: Exchange[] = [taker]; wanted.length > 0;) {
      const { takes = [] } = wanted.pop() ?? {};
      for (const one of this.#pending) {
        if (found.has(one) || !share(one.gives, takes)) continue;
        found.add(one);
        wanted.push(one);
      }
    }
    return [...found].sort((one, other) => one.takes.length - other.takes.length);
  }

  /** False while it waits for a licence itself. What else hinders it, its own turn meets again and says. */
  async #move(one: PlannedExchange, news: Properties): Promise<boolean> {
    try {
      for (const step of one.first) {
        if (step.after !== undefined) await this.#ahead.carryOut(step, step.after);
      }
      await this.#ahead.carryOut(one.step, news);
    } catch (error) {
      if (error instanceof RefusedError && error.code === NO_LICENSES_LEFT) return false;
      if (!(error instanceof RefusedError) && !isRequestError(error)) throw error;
      this.#pending.delete(one);
      return false;
    }
    if (news === one.after) this.#pending.delete(one);
    return true;
  }

  async #comesFree(attempt: () => Promise<void>): Promise<boolean> {
    const again = async (): Promise<true | undefined> =>
      (await noneLeft(attempt)) === undefined ? true : undefined;
    const { service, signal } = this.#context;
    const wait = { what: "a freed licence", deadlineMs: FREED_DEADLINE_MS, signal };
    try {
      return await service.waitUntil(again, wait);
    } catch (error) {
      if (isRequestError(error, "deadline-exceeded")) return false;
      throw error;
    }
  }

  /**
   * All wait for each other: one of them gives up first what the taker needs, and gets the new product as soon as the
   * taker has made room for it. Rather somebody whose mailbox does not hang on it, and nobody whom the plan does not
   * make room for.
   */
  async #swap(
    taker: Exchange,
    { attempt, refusal }: { attempt: () => Promise<void>; refusal: RefusedError },
  ): Promise<void> {
    const waiting = this.#before(taker);
    const freed = [taker, ...waiting].flatMap(({ gives }) => gives);
    const first = waiting
      .filter(({ gives, takes }) => share(gives, taker.takes) && without(takes, freed).length === 0)
      .sort((one, other) => mailboxesOf(one) - mailboxesOf(other))[0];
    if (first === undefined) throw refusal;
    const { step } = first;
    const kept = new Set(without(skusOf(step.before), first.gives));
    const licenses = objects(step.before, "licenses").filter((one) => kept.has(text(one, "sku")));
    if (!(await this.#move(first, { ...step.before, licenses }))) throw refusal;
    try {
      if (!(await this.#comesFree(attempt))) throw refusal;
    } finally {
      // Nobody is left without for longer than this, whatever becomes of the taker.
      const back = async (): Promise<void> => {
        if (!(await this.#move(first, first.after))) throw refusal;
      };
      await noneLeft(() => this.makeRoom(first, back));
    }
  }
}

const mailboxesOf = ({ gives }: Exchange): number =>
  gives.filter((sku) => findSku(sku)?.hasMailbox !== false).length;
