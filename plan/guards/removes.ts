import type { Change } from "../model/model.ts";

/** Whether the object, as it is now, is gone after the change. */
export const removes = ({ operation }: Pick<Change, "operation">): boolean =>
  operation === "delete" || operation === "replace";
