/** How a Graph operation answers: `$select`, `$filter`, paging and the check against the schema happen here. */
import type { Answer, Call } from "../core/workload.ts";

export interface EntityAnswerOptions {
  /** Graph type without namespace, for example `site`. */
  type: string;
  /** Status, 200 unless given. */
  status?: number;
  /** Path for `@odata.context`, for example `users`; derived from the type when left out. */
  context?: string;
}

export function noContent(): Answer {
  return { status: 204 };
}

export function entityAnswer(
  call: Call,
  object: Record<string, unknown>,
  options: EntityAnswerOptions,
): Answer {
  const context = options.context ?? options.type;
  return {
    status: options.status ?? 200,
    body: {
      "@odata.context": `${call.origin}${call.prefix}/$metadata#${context}/$entity`,
      ...object,
    },
  };
}

export function collectionAnswer(
  call: Call,
  objects: readonly Record<string, unknown>[],
  options: { type: string; context?: string },
): Answer {
  const context = options.context ?? options.type;
  return {
    status: 200,
    body: { "@odata.context": `${call.origin}${call.prefix}/$metadata#${context}`, value: objects },
  };
}
