/** One line of an error's `details`, as Graph spells it. */
export interface FailureDetail {
  code: string;
  target?: string;
  message: string;
}

/** What a service says instead of doing the work. Each workload renders it in its own shape. */
export class ServiceFailure extends Error {
  override readonly name = "ServiceFailure";
  readonly status: number;
  /** The service's own error code, for example `Request_BadRequest`. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly details: readonly FailureDetail[];

  constructor(
    status: number,
    code: string,
    options: {
      message: string;
      headers?: Record<string, string>;
      details?: readonly FailureDetail[];
    },
  ) {
    super(options.message);
    this.status = status;
    this.code = code;
    this.headers = options.headers ?? {};
    this.details = options.details ?? [];
  }
}

/** The emulator contradicts its own schema: always a bug here, answered as 500 and never hidden. */
export class EmulatorDefect extends Error {
  override readonly name = "EmulatorDefect";
}
