/** Terms: how long a subscription is committed, and until when seats may still be given back. */
import type { TermDuration } from "./catalogue.ts";

/**
 * After a purchase, a renewal or an addition of seats.
 * @see https://learn.microsoft.com/partner-center/customers/new-commerce-cancellation-policy (checked 2026-11)
 */
export const WINDOW_DAYS = 7;

const DAY_MS = 24 * 3_600_000;
const MONTHS: Readonly<Record<TermDuration, number>> = { P1M: 1, P1Y: 12, P3Y: 36 };

/** The moment one term later; a day that the month lacks becomes its last day. Milliseconds since 1970-01-01 UTC. */
export function addTerm(startMs: number, term: TermDuration): number {
  const start = new Date(startMs);
  const end = new Date(startMs);
  end.setUTCDate(1);
  end.setUTCMonth(start.getUTCMonth() + MONTHS[term]);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return end.getTime();
}

export function windowEndMs(sinceMs: number): number {
  return sinceMs + WINDOW_DAYS * DAY_MS;
}

/** Seats bought together. */
export interface SeatBatch {
  quantity: number;
  /** Milliseconds since 1970-01-01 UTC. */
  addedMs: number;
}

export function seatsOf(batches: readonly SeatBatch[]): number {
  return batches.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** The seats that have to stay until the term ends. */
export function committedSeats(batches: readonly SeatBatch[], nowMs: number): number {
  return seatsOf(batches.filter(({ addedMs }) => windowEndMs(addedMs) <= nowMs));
}

/** Takes seats away, the newest first; the caller has looked that they may go. */
export function withoutSeats(batches: readonly SeatBatch[], count: number): SeatBatch[] {
  let left = count;
  return batches
    .toReversed()
    .map((batch) => {
      const taken = Math.min(left, batch.quantity);
      left -= taken;
      return { ...batch, quantity: batch.quantity - taken };
    })
    .filter(({ quantity }) => quantity > 0)
    .toReversed();
}
