import * as z from "zod";
import { ROLE_NAMES, roleIdOf } from "../../core/directory-roles.ts";
import { calendarDay, shapedAs, text, userPrincipalName } from "./values.ts";

/** Becomes the id of the role's template, by which Microsoft knows it in every tenant. */
const roleName = z
  .string()
  .overwrite((name) => roleIdOf(name) ?? name)
  .check(
    shapedAs((name) => roleIdOf(name) !== undefined, {
      message: "Not an administrator role that is known by this name",
      allowed:
        "Microsoft's English name, e.g. User Administrator, or the id of the role's template",
    }),
  )
  .meta({
    description: "Microsoft's English name of the role, or the id of its template",
    anyOf: [
      { enum: Object.values(ROLE_NAMES).map(({ en }) => en) },
      { pattern: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$" },
    ],
  });

const holder = z.strictObject({
  user: userPrincipalName.meta({ description: "A user of this file, or one under unmanaged" }),
  reason: text(500).meta({ description: "Why; the decision maker reads this" }).exactOptional(),
  from: calendarDay
    .meta({ description: "First day; the first apply on it or after it gives the role" })
    .exactOptional(),
  until: calendarDay
    .meta({ description: "Last day; the next apply after it takes the role away" })
    .exactOptional(),
});

const role = z.strictObject({
  role: roleName,
  users: z.array(holder).meta({
    description:
      "Who has it in the whole tenant. Somebody else who has it keeps it; `status` says so",
  }),
});

export const roles = z.array(role).meta({
  title: "Administrator roles",
  description:
    "Who administers what. Omitted: not managed. A role that is left out is not managed; []: nobody has one from here.",
});
