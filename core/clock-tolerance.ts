/** How far the clocks of signers, recorders, verifiers and services may be apart. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
