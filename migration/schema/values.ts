/** What every part of a migration file is made of: texts that hold no passwords, owners and days. */
import * as z from "zod";
import { calendarDay, shapedAs, text } from "../../tenant-file/index.ts";

/** A word that announces a password, followed by one. */
const SECRET =
  /\b(password|passwd|passphrase|pwd|wachtwoord|wachtwoorden|passwords|secret)\b\s*(is\b|[:=])\s*\S/i;

/** The file is in git, and its pages go to the customer. */
const withoutPassword = shapedAs((value) => !SECRET.test(value), {
  isSecret: true,
  message: "This looks like a password",
  allowed: "text without passwords; they are given for each run, from the environment or a vault",
});

export const name = text(64).check(withoutPassword);
export const sentence = text(500).check(withoutPassword);

/** Somebody of `team`. */
export const person = name.meta({ description: "Name of somebody under team" });

/** Nothing in a migration is nobody's, or for some day. */
export const owned = {
  owner: person,
  by: calendarDay.meta({ description: "Last day, as it is in the customer's country" }),
};

export const time = z
  .string()
  .check(
    shapedAs((value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value), {
      message: "Not a valid time",
      allowed: 'hours and minutes in quotes, e.g. "08:30"',
    }),
  )
  .meta({ description: "Time of the clock in the customer's country (its capital)" });

export const hours = z.number().min(0.25).max(2000).meta({ description: "Hours, e.g. 1.5" });

export const level = z.enum(["low", "medium", "high"]);
