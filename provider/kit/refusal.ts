import type { MovedPath } from "./carry-over.ts";

/**
 * A demand of the declaration that the tenant cannot meet, or should not be asked to meet: nothing is broken,
 * somebody has to decide or order something first.
 */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** Kebab-case, for programs. */
  readonly code: string;
  /** What to do next, in one sentence. */
  readonly hint: string;

  constructor(refusal: { code: string; message: string; hint: string; cause?: unknown }) {
    super(refusal.message, refusal.cause === undefined ? undefined : { cause: refusal.cause });
    this.code = refusal.code;
    this.hint = refusal.hint;
  }
}

/** The service knows nothing of an object that the state holds. */
export class ResourceGoneError extends RefusedError {
  constructor(token: string, id: string) {
    super({
      code: "resource-gone",
      message: `${token} ${id} no longer exists in the tenant`,
      hint: "Plan with --refresh to recreate it, or remove it from the tenant file.",
    });
  }
}

/** The id leads to an object with another unique key: the state is mixed up, or somebody renamed the object. */
export const otherObject = (object: {
  readonly id: string;
  readonly found: string;
  readonly expected: string;
}): RefusedError =>
  new RefusedError({
    code: "other-object",
    message: `${object.id} is ${object.found} in the tenant, not ${object.expected}; nothing was written to it`,
    hint: "If it was renamed manually, plan with --refresh or put the new name into the tenant file; otherwise the state points to the wrong object.",
  });

/** What is taken over has to be described as it is; a difference would be a change that nobody approved. */
export const notAsDeclared = (name: string, paths: readonly string[]): RefusedError =>
  new RefusedError({
    code: "not-as-declared",
    message: `${name} is not as the tenant file says: ${paths.join(", ")}`,
    hint: "Put what the tenant has into the tenant file, or leave the key out; then import again.",
  });

/** What the tenant file says is there already, and is not. */
export const notInTenant = (name: string): RefusedError =>
  new RefusedError({
    code: "not-in-tenant",
    message: `The tenant has no ${name} that could be taken over`,
    hint: "Correct the name, or take `adopt: true` out of the tenant file to create it, and plan again.",
  });

/** A name does not say which of them is meant. */
export const severalInTenant = (name: string): RefusedError =>
  new RefusedError({
    code: "several-in-tenant",
    message: `The tenant has more than one ${name}`,
    hint: "Rename all but one of them there, or name one by its id under `unmanaged`, and plan again.",
  });

/** What was to be brought back is not there any more. */
export const notInRecycleBin = (name: string): RefusedError =>
  new RefusedError({
    code: "not-in-recycle-bin",
    message: `${name} is not in the recycle bin`,
    hint: "Take `recycleBin: restore` out of the tenant file to create it anew, and plan again.",
  });

/** Longest value that a message shows, in characters. */
const MAX_SHOWN = 80;

const shown = (value: unknown): string => {
  if (value === undefined) return "not there";
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
};

/** Somebody changed what the plan changes too, after the plan was made. */
export function baseMoved(name: string, moved: readonly MovedPath[]): RefusedError {
  const paths = moved.map(
    ({ path, base, found }) => `${path} was ${shown(base)} in the plan and is ${shown(found)} now`,
  );
  return new RefusedError({
    code: "base-moved",
    message: `${name} was changed by somebody else: ${paths.join("; ")}; nothing was written to it`,
    hint: "Plan with --refresh to revert it with an approval, or put it into the tenant file and plan again.",
  });
}

/** For an object that a listing has and that is gone when it is read by itself. */
export function stillThere<T>(found: T | undefined, id: string): T {
  if (found !== undefined) return found;
  throw new RefusedError({
    code: "changed-meanwhile",
    message: `${id} was there a moment ago and is gone`,
    hint: "Import again: somebody is changing the tenant.",
  });
}
