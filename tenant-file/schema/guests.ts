import * as z from "zod";
import { adopt } from "./adopt.ts";
import { recycleBin } from "./recycle-bin.ts";
import { calendarDay, emailAddress, text, userPrincipalName } from "./values.ts";

export const guest = z.strictObject({
  email: emailAddress.meta({
    description: "Where the invitation goes; in none of the tenant's domains",
  }),
  displayName: text(256),
  sponsors: z
    .array(userPrincipalName)
    .meta({ description: "Users who answer for the guest. Omitted: not managed." })
    .exactOptional(),
  until: calendarDay
    .meta({
      description:
        "Last day as a guest; the account is blocked after it. A plan is refused without one",
    })
    .exactOptional(),
  accountEnabled: z
    .boolean()
    .meta({ description: "Whether the guest may sign in; true unless told" })
    .exactOptional(),
  recycleBin: recycleBin("account").exactOptional(),
  adopt: adopt.exactOptional(),
});

export const guests = z.array(guest).meta({
  title: "Guests",
  description:
    "People of other organisations, invited by mail. Omitted: not managed. []: none may exist.",
});
