/** Where a server keeps everything, as commands on that machine name it. */
import { z } from "zod";
import { ExpectedError } from "../core/expected-error.ts";

export const serverDatabase = z.string().meta({
  value: "place",
  description: "a file on this machine, or $NAME: the variable that holds a postgres:// URL",
});

/**
 * A URL with a password in it does not belong on a command line, which others on the machine can read.
 * @throws ExpectedError `invalid-option` when the variable is not set
 */
export function placeOf(written: string): string {
  if (!written.startsWith("$")) return written;
  const place = process.env[written.slice(1)];
  if (place !== undefined && place !== "") return place;
  throw new ExpectedError("invalid-option", `The variable ${written.slice(1)} is not set.`, {
    hint: "Set it to the URL of the database, such as postgres://user:password@host/name.",
  });
}
