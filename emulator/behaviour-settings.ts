/** A behaviour from words, as a command line gives them: a preset, and single parts as `name=value`. */
import type { Behaviour } from "./core/behaviour.ts";
import { realisticBehaviour, promptBehaviour, RETRY_AFTER_FORMS } from "./core/behaviour.ts";

const BEHAVIOUR_PRESETS = { realistic: realisticBehaviour, prompt: promptBehaviour } as const;

type Value = Behaviour[keyof Behaviour];

/** @throws BehaviourSettingError for a name or value that the emulator does not have */
export class BehaviourSettingError extends Error {
  readonly code = "invalid-behaviour";
  readonly hint: string;

  constructor(setting: string, hint: string) {
    super(`The emulator has no behaviour "${setting}".`);
    this.name = "BehaviourSettingError";
    this.hint = hint;
  }
}

/** @throws BehaviourSettingError */
export function behaviourOf(preset: string, settings: readonly string[]): Behaviour {
  if (!Object.hasOwn(BEHAVIOUR_PRESETS, preset)) {
    throw new BehaviourSettingError(
      preset,
      `Choose ${Object.keys(BEHAVIOUR_PRESETS).join(" or ")}.`,
    );
  }
  const base: Behaviour = BEHAVIOUR_PRESETS[preset as keyof typeof BEHAVIOUR_PRESETS];
  return { ...base, ...Object.fromEntries(settings.map((setting) => readSetting(setting))) };
}

function readSetting(setting: string): [string, Value] {
  const [name = "", text = ""] = setting.split(/=(.*)/s);
  if (!Object.hasOwn(realisticBehaviour, name)) {
    const names = Object.keys(realisticBehaviour).join(", ");
    throw new BehaviourSettingError(setting, `Write name=value; the names are ${names}.`);
  }
  const key = name as keyof Behaviour;
  const { value, allowed } = readValue(key, text);
  if (value === undefined) throw new BehaviourSettingError(setting, `${name} is ${allowed}.`);
  return [name, value];
}

interface Reading {
  /** Undefined when the text is none of what is allowed. */
  readonly value: Value | undefined;
  readonly allowed: string;
}

function readValue(key: keyof Behaviour, text: string): Reading {
  const example = realisticBehaviour[key];
  if (key === "retryAfterForm") return oneOf([...RETRY_AFTER_FORMS, "mixed"] as const, text);
  if (typeof example === "boolean") {
    const { value, allowed } = oneOf(["true", "false"] as const, text);
    return { value: value === undefined ? undefined : value === "true", allowed };
  }
  if (Array.isArray(example)) {
    const statuses = text.split(",").map(Number);
    const isGood = statuses.every((status) => Number.isInteger(status) && status >= 500);
    return {
      value: isGood ? statuses : undefined,
      allowed: "a list of statuses from 500, such as 503,504",
    };
  }
  if (key.endsWith("Share")) {
    return number(text, {
      isGood: (share) => share >= 0 && share <= 1,
      allowed: "a share from 0 to 1",
    });
  }
  const least = key === "replicas" ? 1 : 0;
  return number(text, {
    isGood: (count) => Number.isInteger(count) && count >= least,
    allowed: `a whole number from ${least}`,
  });
}

function number(
  text: string,
  { isGood, allowed }: { isGood: (value: number) => boolean; allowed: string },
): Reading {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return { value: isGood(value) ? value : undefined, allowed };
}

function oneOf<T extends string>(
  allowed: readonly T[],
  text: string,
): { value: T | undefined; allowed: string } {
  return { value: allowed.find((one) => one === text), allowed: allowed.join(", ") };
}
