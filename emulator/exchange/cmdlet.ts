/** A cmdlet as data: its name, its parameters and what it does. */
import type { Call } from "../core/workload.ts";
import known from "../generated/known-operations.json" with { type: "json" };
import { invalidOperation, notServed } from "./errors.ts";

export interface CmdletRun {
  call: Call;
  parameters: Parameters;
  /** Told to the client beside the output. */
  warn: (message: string) => void;
}

export interface Cmdlet {
  /** For example `Get-Mailbox`. */
  name: string;
  parameters: readonly string[];
  run(context: CmdletRun): Record<string, unknown>[];
}

const HASH_TABLE = "#Exchange.GenericHashTable";

/** Entries to add and to remove, or the whole list. */
export type ListChange = { add: string[]; remove: string[] } | { replace: string[] };

const TRANSFORMATION =
  "Microsoft.Exchange.AdminApi.CommandInvocation.ParameterTransformationException";

/** Parameters by name in any case. @throws ServiceFailure 400 for one that the cmdlet does not have */
export class Parameters {
  readonly #values = new Map<string, unknown>();

  constructor(cmdlet: Pick<Cmdlet, "name" | "parameters">, given: Record<string, unknown>) {
    const served = new Set([...cmdlet.parameters, ...COMMON].map((name) => name.toLowerCase()));
    for (const [name, value] of Object.entries(given)) {
      if (!served.has(name.toLowerCase())) {
        const isKnown = knownParameters(cmdlet.name).includes(name.toLowerCase());
        // A switch that is off has no effect.
        if (isKnown && value === false) continue;
        if (isKnown) throw notServed(`${cmdlet.name} -${name}`);
        throw invalidOperation(
          "System.Management.Automation.ParameterBindingException",
          `A parameter cannot be found that matches parameter name '${name}'.`,
        );
      }
      this.#values.set(name.toLowerCase(), value);
    }
  }

  /** The same without one of them. */
  without(name: string): Parameters {
    const others = new Parameters({ name: "", parameters: [...this.#values.keys()] }, {});
    for (const [key, value] of this.#values) {
      if (key !== name.toLowerCase()) others.#values.set(key, value);
    }
    return others;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  /** Undefined when not given; null and "" both clear. Numbers become text, as PowerShell does it. */
  text(name: string): string | undefined {
    const value = this.#values.get(name.toLowerCase());
    if (value === undefined) return undefined;
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    if (typeof value !== "string") throw this.#wrong(name, "System.String");
    return value;
  }

  requireText(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === "") {
      throw invalidOperation(
        "System.Management.Automation.ParameterBindingException",
        `Cannot process command because of one or more missing mandatory parameters: ${name}.`,
      );
    }
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values.get(name.toLowerCase());
    if (value === undefined || typeof value === "boolean") return value;
    throw this.#wrong(name, "System.Boolean");
  }

  /** `$null` takes a setting back. */
  nullableFlag(name: string): boolean | null | undefined {
    return this.#values.get(name.toLowerCase()) === null ? null : this.flag(name);
  }

  /** A whole number, `Unlimited` = infinity. */
  size(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (text.toLowerCase() === "unlimited") return Number.POSITIVE_INFINITY;
    if (!/^\d+$/.test(text)) throw this.#wrong(name, "Microsoft.Exchange.Data.Unlimited`1[UInt32]");
    return Number(text);
  }

  texts(name: string): string[] {
    const value = this.#values.get(name.toLowerCase());
    return value === undefined ? [] : this.#list(name, value);
  }

  /** Members of an enumeration, in its own spelling; PowerShell also takes them as one text with commas. */
  choices<T extends string>(name: string, members: readonly T[]): T[] {
    const given = this.texts(name).flatMap((text) => text.split(",").map((part) => part.trim()));
    return given.map((text) => {
      const known = members.find((member) => member.toLowerCase() === text.toLowerCase());
      if (known === undefined) throw this.#wrong(name, members.join(", "));
      return known;
    });
  }

  /** A list to replace, or a hash table of entries to add and remove. */
  listChange(name: string): ListChange | undefined {
    const value = this.#values.get(name.toLowerCase());
    if (value === undefined) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { replace: this.#list(name, value) };
    }
    const table = value as Record<string, unknown>;
    if (table["@odata.type"] !== HASH_TABLE)
      throw this.#wrong(name, "System.Collections.Hashtable");
    return { add: this.#list(name, table.add), remove: this.#list(name, table.remove) };
  }

  #list(name: string, value: unknown): string[] {
    if (value === undefined || value === null || value === "") return [];
    if (typeof value === "string") return [value];
    if (Array.isArray(value)) return value.map((item) => this.#item(name, item));
    throw this.#wrong(name, "System.String[]");
  }

  #item(name: string, item: unknown): string {
    if (typeof item !== "string") throw this.#wrong(name, "System.String[]");
    return item;
  }

  #wrong(name: string, type: string): Error {
    return invalidOperation(
      TRANSFORMATION,
      `Cannot process argument transformation on parameter '${name}'. Cannot convert the value to type "${type}".`,
    );
  }
}

/** Parameters that every cmdlet takes; without anybody to ask, all but WhatIf change nothing. */
const COMMON =
  "Confirm WhatIf ErrorAction WarningAction InformationAction ProgressAction Verbose Debug ErrorVariable WarningVariable InformationVariable OutVariable OutBuffer PipelineVariable".split(
    " ",
  );

/** In lower case; none for a cmdlet whose parameters are not listed. */
function knownParameters(cmdlet: string): string[] {
  return (Object.entries(known.exchange).find(([name]) => name === cmdlet)?.[1] ?? "")
    .toLowerCase()
    .split(" ");
}

/** Whether the real service has a cmdlet of that name, in any casing. */
export function isKnownCmdlet(name: string): boolean {
  const names = [...Object.keys(known.exchange), ...known.otherCmdlets.split(" ")];
  return names.some((one) => one.toLowerCase() === name.toLowerCase());
}

/** Applies a change to a list; removing what is not there changes nothing. */
export function applyChange(present: readonly string[], change: ListChange): string[] {
  if ("replace" in change) return [...new Set(change.replace)];
  const kept = present.filter((item) => !change.remove.includes(item));
  return [...new Set([...kept, ...change.add])];
}
