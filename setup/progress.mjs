import { messageOf } from "./errors.mjs";

const spinner = ["-", "\\", "|", "/"];
/** Back to the first column, then clear to the end: what every terminal understands. */
const eraseLine = "\r\u001b[K";
/** A step that ends sooner than this leaves no line: nothing happened. */
const quietMs = 300;
const redrawMs = 120;
/** How often a long step says where it is when nobody watches a terminal. */
const plainIntervalMs = 15_000;

/**
 * A duration for people: `0.4 s`, `12 s`, `3 min 50 s`.
 * @param {number} milliseconds
 */
export function formatDuration(milliseconds) {
  if (milliseconds < 9_950) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** @typedef {{ write: (text: string) => unknown, isTTY?: boolean, columns?: number }} OutputStream */

/** @typedef {(state: string) => void} Report reports the progress of a step, in a few words */

/**
 * The step list: a redrawn line on a terminal, plain lines elsewhere.
 * @param {{ stream?: OutputStream, now?: () => number, total: number }} options
 */
export function createProgress({ stream = process.stderr, now = () => Date.now(), total }) {
  let count = 0;

  return {
    /**
     * Runs one step. What `work` returns is the step's result, `summary(result)` its closing words;
     * a step without closing words did nothing and leaves no line.
     * @template T
     * @param {string} title
     * @param {(report: Report) => Promise<T>} work
     * @param {(result: T) => string | undefined} summary
     * @returns {Promise<T>}
     */
    async step(title, work, summary) {
      count += 1;
      const line = stepLine(`[${count}/${total}] ${title}`, { stream, now });
      try {
        const result = await work(line.report);
        const words = summary(result);
        if (words !== undefined) line.end("✓", words);
        else line.clear();
        return result;
      } catch (error) {
        line.end("✗", messageOf(error));
        throw error;
      }
    },
  };
}

/**
 * @param {string} label
 * @param {{ stream: OutputStream, now: () => number }} output
 */
function stepLine(label, { stream, now }) {
  const startedAt = now();
  const elapsed = () => formatDuration(now() - startedAt);
  let state = "";
  let frame = 0;
  let lastPlainAt = -Infinity;

  const draw = () => {
    if (now() - startedAt < quietMs) return;
    frame += 1;
    const text = `${spinner[frame % spinner.length]} ${label}: ${state} (${elapsed()})`;
    erase();
    // Some terminals say 0.
    const columns = stream.columns ?? 0;
    stream.write(text.slice(0, (columns > 0 ? columns : 80) - 1));
  };
  const erase = () => stream.write(eraseLine);
  const plain = () => {
    if (state === "" || now() - lastPlainAt < plainIntervalMs) return;
    lastPlainAt = now();
    stream.write(`  ${label}: ${state} (${elapsed()})\n`);
  };

  const timer = setInterval(stream.isTTY ? draw : plain, stream.isTTY ? redrawMs : 1_000);
  timer.unref();
  return {
    /** @type {Report} */
    report: (next) => {
      state = next;
      if (!stream.isTTY) plain();
    },
    /**
     * @param {string} mark
     * @param {string} words
     */
    end(mark, words) {
      this.clear();
      stream.write(`${mark} ${label}: ${words} (${elapsed()})\n`);
    },
    clear() {
      clearInterval(timer);
      if (stream.isTTY) erase();
    },
  };
}
