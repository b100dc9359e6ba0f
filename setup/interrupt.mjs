/**
 * Ctrl-C during set-up: what was begun is tidied up (locks released, child processes ended), then the
 * process ends with the usual code. The next run resumes from the caches.
 */

/** @type {Set<() => void>} */
const cleanups = new Set();

/** @type {Record<string, number>} */
const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/** @param {NodeJS.Signals} signal */
function endProcess(signal) {
  for (const cleanup of [...cleanups].reverse()) cleanup();
  process.exit(exitCodes[signal]);
}

/**
 * Registers a synchronous clean-up for an interruption; the returned function takes it back.
 * @param {() => void} cleanup
 */
export function onInterrupt(cleanup) {
  if (cleanups.size === 0) {
    for (const signal of Object.keys(exitCodes)) process.on(signal, endProcess);
  }
  cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
    if (cleanups.size === 0) {
      for (const signal of Object.keys(exitCodes)) process.off(signal, endProcess);
    }
  };
}
