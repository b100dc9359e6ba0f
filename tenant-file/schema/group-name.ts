import * as z from "zod";
import { shapedAs } from "./values.ts";

/**
 * mailNickname: ASCII, at most 64, without @ ( ) \ [ ] " ; : < > , and space.
 * @see https://learn.microsoft.com/graph/api/resources/group (checked 2026-11)
 */
const MAIL_NICKNAME = /^[!#-'*+\-./0-9=?A-Z^_`a-z{|}~]{1,64}$/;

/** Lower case: the name is the local part of the group's address, where case does not count. */
export const groupName = z
  .string()
  .toLowerCase()
  .check(
    shapedAs((value) => MAIL_NICKNAME.test(value), {
      message: "Not a valid group name",
      allowed: 'at most 64 ASCII characters without spaces and @ ( ) \\ [ ] " ; : < > ,',
    }),
  );
