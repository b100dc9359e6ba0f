/** The levels of the service overview, or `none` where none was agreed, in the file's English; Dutch is understood, and translated for the customer. */
import { z } from "zod";

const LEVELS = {
  bronze: "bronze",
  silver: "silver",
  gold: "gold",
  brons: "bronze",
  zilver: "silver",
  goud: "gold",
  none: "none",
  geen: "none",
} as const;

type Written = keyof typeof LEVELS;

/** Takes either language and gives English, so that spelling is not a change. */
export const serviceLevel = z
  .enum(Object.keys(LEVELS) as Written[])
  .overwrite((written) => LEVELS[written]);

/** The level in English, as everything but the file's own text has it. */
export const levelOf = (written: Written): (typeof LEVELS)[Written] => LEVELS[written];
