/** Progress and remarks on standard error: a bar on a terminal, plain lines elsewhere. */
import { styleText } from "node:util";
import { Presets, SingleBar } from "cli-progress";

/** Cursor to the first column of an empty line, and lines that are too long go on in the next one. */
const CLEAR_BAR = "\r\u001B[2K\u001B[?7h";
/** What the bar did when it started: it goes back to this place when it ends, and is cut at the edge. */
const PLACE_BAR = "\u001B7\u001B[?7l";

export interface Progress {
  /** One more step is done; `what` is what is being worked on. */
  advance(what: string): void;
  end(): void;
}

/** Progress and remarks; never the result. */
export interface Terminal {
  /** A line about what happens. */
  note(line: string): void;
  warn(line: string): void;
  progress(title: string, total: number): Progress;
  /** Takes away what is drawn and not finished; call before the process ends in the middle of something. */
  leave(): void;
  readonly style: Styler;
}

type Style = "bold" | "dim" | "red" | "green" | "yellow" | "cyan";
export type Styler = (style: Style, text: string) => string;

/** Plain output reports progress at most this many times. */
const PLAIN_REPORTS = 10;

/** Colours follow NO_COLOR, FORCE_COLOR and the kind of stream, as Node decides. */
export const styleFor =
  (stream: NodeJS.WriteStream): Styler =>
  (style, text) =>
    styleText(style, text, { stream });

export function openTerminal(stream: NodeJS.WriteStream): Terminal {
  const style = styleFor(stream);
  let drawn: Progress | undefined;
  const line = (text: string): void => {
    stream.write(drawn === undefined ? `${text}\n` : `${CLEAR_BAR}${text}\n${PLACE_BAR}`);
  };
  return {
    style,
    note: line,
    warn: (text) => {
      line(style("yellow", text));
    },
    progress: (title, total) => {
      if (!stream.isTTY) return plainProgress({ line, title, total });
      drawn = bar({ stream, title, total, onEnd: () => (drawn = undefined) });
      return drawn;
    },
    leave: () => drawn?.end(),
  };
}

function bar(options: {
  stream: NodeJS.WriteStream;
  title: string;
  total: number;
  onEnd: () => void;
}): Progress {
  const single = new SingleBar(
    {
      stream: options.stream,
      format: `${options.title} {bar} {value}/{total} {duration_formatted} {what}`,
      hideCursor: true,
      clearOnComplete: true,
      // The first Ctrl-C ends nothing; see main.ts.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  single.start(options.total, 0, { what: "" });
  return {
    advance: (what) => {
      single.increment(1, { what });
    },
    end: () => {
      single.stop();
      options.onEnd();
    },
  };
}

function plainProgress(options: {
  line: (text: string) => void;
  title: string;
  total: number;
}): Progress {
  const every = Math.max(1, Math.ceil(options.total / PLAIN_REPORTS));
  const startedAt = performance.now();
  let done = 0;
  const seconds = (): string => ((performance.now() - startedAt) / 1000).toFixed(1);
  return {
    advance: (what) => {
      done += 1;
      if (done % every === 0 || done === options.total) {
        options.line(`${options.title} ${done}/${options.total} (${seconds()} s) ${what}`);
      }
    },
    end: () => undefined,
  };
}
