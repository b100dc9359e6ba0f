/** Wanted DNS records beside those that are there: right, missing, wrong or not looked at, and what stays of others. */
import type {
  CheckedRecord,
  DnsAnswer,
  LookUp,
  RecordProblem,
  WantedRecord,
} from "../../core/dns-records.ts";
import { hasOurs, isSpf, lookupProblems, mergedSpf } from "../../core/spf.ts";

type Verdict = Pick<CheckedRecord, "state" | "found" | "whole" | "problems">;

export async function checkRecord(wanted: WantedRecord, lookUp: LookUp): Promise<CheckedRecord> {
  const answer = await lookUp(wanted.name, wanted.type);
  if ("unreachable" in answer) return { ...wanted, ...notLooked(answer.unreachable) };
  const { values } = answer;
  return { ...wanted, ...(await verdictOf(wanted, values, lookUp)) };
}

const notLooked = (reason: string): Verdict => ({
  ...{ state: "not-looked", found: [], whole: undefined },
  problems: [{ kind: "unreachable", reason }],
});

function verdictOf(
  wanted: WantedRecord,
  values: readonly string[],
  lookUp: LookUp,
): Verdict | Promise<Verdict> {
  switch (wanted.purpose) {
    case "spf":
      return spf(wanted, values, lookUp);
    case "dmarc":
      return dmarc(wanted, values);
    case "mail":
      return mail(wanted, values);
    case "verification":
      return oneOfMany(wanted, values);
    case "autodiscover":
    case "dkim":
    case "other":
      if (wanted.type === "TXT") return oneOfMany(wanted, values);
      return wanted.type === "CNAME" ? alias(wanted, values, lookUp) : only(wanted, values);
  }
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const stateOf = (values: readonly string[], isRight: boolean): "right" | "missing" | "wrong" =>
  isRight ? "right" : values.length === 0 ? "missing" : "wrong";

/** Has to be among the values; the others are other people's. */
function oneOfMany({ value }: WantedRecord, values: readonly string[]): Verdict {
  const isThere = values.includes(value);
  return {
    state: isThere ? "right" : "missing",
    found: isThere ? [value] : [],
    whole: isThere ? values : [...values, value],
    problems: [],
  };
}

/** Has to be the one value. */
function only({ value }: WantedRecord, values: readonly string[]): Verdict {
  const isRight = values.length === 1 && values.every((one) => same(one, value));
  return { state: stateOf(values, isRight), found: values, whole: [value], problems: [] };
}

/** Nothing else may stand beside a CNAME, so an address there is in its way. */
async function alias(
  wanted: WantedRecord,
  values: readonly string[],
  lookUp: LookUp,
): Promise<Verdict> {
  if (values.length > 0) return only(wanted, values);
  const kinds = ["A", "AAAA"] as const;
  const answers = await Promise.all(kinds.map((kind) => lookUp(wanted.name, kind)));
  const unreachable = answers.find((answer) => "unreachable" in answer);
  if (unreachable !== undefined) return notLooked(unreachable.unreachable);
  const found = answers.flatMap((answer: DnsAnswer, at) =>
    "values" in answer ? answer.values.map((value) => `${kinds[at] ?? ""} ${value}`) : [],
  );
  if (found.length === 0) return only(wanted, []);
  const problems: RecordProblem[] = [{ kind: "name-in-use" }];
  return { state: "wrong", found, whole: [wanted.value], problems };
}

const hostOf = (mx: string): string => mx.split(" ").at(-1)?.toLowerCase() ?? "";

/** By host: in which order hosts are tried means nothing where there is one. */
function mail({ value }: WantedRecord, values: readonly string[]): Verdict {
  const isRight = values.length === 1 && values.every((one) => hostOf(one) === hostOf(value));
  const state = stateOf(values, isRight);
  const problems: RecordProblem[] = state === "right" ? [] : [{ kind: "moves-mail" }];
  return { state, found: values, whole: [value], problems };
}

async function spf(
  { value }: WantedRecord,
  values: readonly string[],
  lookUp: LookUp,
): Promise<Verdict> {
  const present = values.filter(isSpf);
  const [first = ""] = present;
  const isComplete = present.length === 1 && hasOurs(first, value);
  const merged = isComplete ? first : mergedSpf(present, value);
  const lookups = await lookupProblems(merged, lookUp);
  const isTooMuch = lookups.some(({ kind }) => kind === "too-many-lookups");
  return {
    state: stateOf(present, isComplete && !isTooMuch),
    found: present,
    whole: [...values.filter((text) => !isSpf(text)), merged],
    problems: [
      ...(present.length > 1 ? [{ kind: "several-spf" as const, count: present.length }] : []),
      ...lookups,
    ],
  };
}

/** Whatever the customer's policy says stays; ours is a proposal for who has none. */
function dmarc({ value }: WantedRecord, values: readonly string[]): Verdict {
  const present = values.filter((text) => /^v=dmarc1\b/i.test(text));
  const isRight = present.length === 1;
  return {
    state: stateOf(present, isRight),
    found: present,
    whole: present.length === 0 ? [...values, value] : values,
    problems: present.length > 1 ? [{ kind: "several-dmarc" }] : [],
  };
}
