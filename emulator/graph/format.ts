/**
 * How much metadata an answer carries, as the client's `Accept` says.
 * @see https://docs.oasis-open.org/odata/odata-json-format/v4.01 (checked 2026-11); `full` is answered as `minimal`
 */
import type { Answer } from "../core/workload.ts";

/** What stays when a client wants no metadata. */
const KEPT = ["@odata.nextLink", "@odata.deltaLink", "@odata.count"];

export function finishGraphAnswer(answer: Answer, headers: Headers): Answer {
  if (answer.body === undefined) return answer;
  const isRefusal = answer.status >= 400;
  const wantsNone = /odata(?:\.metadata)?=none/i.test(
    (headers.get("accept") ?? "").replaceAll(" ", ""),
  );
  const level = wantsNone ? "none" : "minimal";
  return {
    ...answer,
    headers: {
      "content-type": isRefusal
        ? "application/json"
        : `application/json;odata.metadata=${level};odata.streaming=true;IEEE754Compatible=false;charset=utf-8`,
      "odata-version": "4.0",
      ...answer.headers,
    },
    body: wantsNone ? withoutMetadata(answer.body) : answer.body,
  };
}

function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.includes("@odata.") || KEPT.includes(name))
      .map(([name, part]) => [name, withoutMetadata(part)]),
  );
}
