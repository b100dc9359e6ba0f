import * as z from "zod";

/** The word on what the service still keeps under the name of something that is declared anew. */
export const recycleBin = (noun: "account" | "group" | "mailbox") =>
  z.enum(["restore", "leave"]).meta({
    description: `A deleted ${noun} of this name: restore it with what it had, or leave it in the recycle bin and create a new one. Remove it afterwards`,
  });
