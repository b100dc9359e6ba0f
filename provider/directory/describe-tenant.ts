/** What a change of the tenant's own entry means to the customer: contract, decision makers, management. */
import type { DescribedChange, Description } from "../kit/define.ts";
import { topLevelKey } from "../kit/diff.ts";
import { wordOf } from "../../core/i18n/labels.ts";
import { clauses, en, nl, objects, text, texts } from "../../core/i18n/phrases.ts";

const decisionMakerNames = (properties: DescribedChange["after"]): string[] => {
  const approval = properties?.approval;
  const record = typeof approval === "object" ? (approval as Record<string, unknown>) : undefined;
  return objects(record, "decisionMakers").map((person) => text(person, "name"));
};

const contractOf = (properties: DescribedChange["after"]) => {
  const {
    start = "",
    end = "",
    serviceLevel: level = "",
  } = (properties?.contract ?? {}) as Partial<Record<"start" | "end" | "serviceLevel", string>>;
  return { start, end, level: wordOf("serviceLevel", level) ?? { nl: level, en: level } };
};

export function describeTenant({
  operation,
  before,
  after,
  changedPaths,
}: DescribedChange): Description {
  const name = text(after, "displayName") || text(before, "displayName");
  const makers = decisionMakerNames(after);
  const base = { section: "tenant" as const, affected: makers };
  switch (operation) {
    case "create":
    case "adopt": {
      const { end, level } = contractOf(after);
      return {
        ...base,
        severity: "sensitive",
        nl: `De Microsoft 365-omgeving van ${name} komt onder beheer (${level.nl}, tot en met ${nl.day(end)}); ${nl.list(makers)} ${nl.form(makers.length, { one: "beslist", other: "beslissen" })}`,
        en: `The Microsoft 365 tenant of ${name} comes under management (${level.en}, until ${en.day(end)}); ${en.list(makers)} ${en.form(makers.length, { one: "decides", other: "decide" })}`,
      };
    }
    case "delete":
    case "replace":
      return {
        ...base,
        severity: "destructive",
        nl: `De Microsoft 365-omgeving van ${name} valt niet meer onder dit beheer; in de omgeving zelf verandert hierdoor niets`,
        en: `The Microsoft 365 tenant of ${name} is no longer managed here; this changes nothing in the tenant itself`,
      };
    case "update": {
      const keys = new Set(changedPaths.map(topLevelKey));
      const { start, end, level } = contractOf(after);
      const domains = texts(after, "domains");
      return {
        ...base,
        severity: "sensitive",
        nl: `${name}: ${
          clauses([
            keys.has("approval") &&
              `${nl.list(makers)} ${nl.form(makers.length, { one: "beslist", other: "beslissen" })} voortaan`,
            keys.has("contract") &&
              `het contract loopt van ${nl.day(start)} tot en met ${nl.day(end)} (${level.nl})`,
            keys.has("domains") && `de domeinen zijn ${nl.list(domains)}`,
            keys.has("managedBy") && "het beheer gaat naar een andere partij of een ander domein",
            keys.has("displayName") && `heette ${text(before, "displayName")}`,
          ]) ?? "gegevens van de omgeving veranderen"
        }`,
        en: `${name}: ${
          clauses([
            keys.has("approval") &&
              `${en.list(makers)} ${en.form(makers.length, { one: "decides", other: "decide" })} from now on`,
            keys.has("contract") &&
              `the contract runs from ${en.day(start)} to ${en.day(end)} (${level.en})`,
            keys.has("domains") && `the domains are ${en.list(domains)}`,
            keys.has("managedBy") && "another party or domain manages the tenant",
            keys.has("displayName") && `was called ${text(before, "displayName")}`,
          ]) ?? "details of the tenant change"
        }`,
      };
    }
  }
}
