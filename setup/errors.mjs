/** A failure that set-up expects: what happened in one sentence, and what to do next. */
export class SetupError extends Error {
  /**
   * @param {string} code kebab-case, stable
   * @param {string} message one sentence
   * @param {{ hint: string, details?: string }} more `details`: output of the tool that failed
   */
  constructor(code, message, { hint, details }) {
    super(message);
    this.name = "SetupError";
    this.code = code;
    this.hint = hint;
    this.details = details;
  }
}

/**
 * The text of anything thrown.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Whether `error` is a system error with this code, such as `ENOENT`.
 * @param {unknown} error
 * @param {string[]} codes
 */
export function isSystemError(error, ...codes) {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
