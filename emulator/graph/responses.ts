/** How Graph operations answer. Every object that leaves is checked against the schema here. */
import { EmulatorDefect } from "../core/failure.ts";
import type { Answer, Call } from "../core/workload.ts";
import { checkObject } from "../odata/validate.ts";

export interface AnswerOptions {
  /** Graph type without namespace, for example `site`. */
  type: string;
  /** What stands after `$metadata#`, for example `users`; the type when left out. */
  context?: string;
}

export function noContent(): Answer {
  return { status: 204 };
}

/** @throws EmulatorDefect when the object is not of that type */
export function entityAnswer(
  call: Call,
  object: Record<string, unknown>,
  options: AnswerOptions & { status?: number; headers?: Record<string, string> },
): Answer {
  assertShape(object, options.type);
  return {
    status: options.status ?? 200,
    ...(options.headers === undefined ? {} : { headers: options.headers }),
    body: { "@odata.context": `${metadata(call, options)}/$entity`, ...object },
  };
}

export function collectionAnswer(
  call: Call,
  objects: readonly Record<string, unknown>[],
  options: AnswerOptions & { annotations?: Record<string, unknown> },
): Answer {
  for (const object of objects) assertShape(object, options.type);
  return {
    status: 200,
    body: { "@odata.context": metadata(call, options), ...options.annotations, value: objects },
  };
}

/** The answer of `…/$count`. */
export function countAnswer(count: number): Answer {
  return { status: 200, headers: { "content-type": "text/plain" }, text: String(count) };
}

function metadata(call: Call, options: AnswerOptions): string {
  return `${call.origin}${call.prefix}/$metadata#${options.context ?? options.type}`;
}

function assertShape(object: Record<string, unknown>, type: string): void {
  const [problem] = checkObject(object, type);
  if (problem !== undefined) {
    throw new EmulatorDefect(
      `The answer is not a microsoft.graph.${type}: ${problem.path} (${problem.kind}${problem.expected === undefined ? "" : `, expected ${problem.expected}`})`,
    );
  }
}
