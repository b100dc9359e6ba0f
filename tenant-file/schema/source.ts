import * as z from "zod";
import { ON_PREMISES } from "../../core/on-premises.ts";

/** Where somebody or a group comes from. */
export const source = z.literal(ON_PREMISES).meta({
  description:
    "on-premises: synchronised from a directory there, which masters all but accountEnabled, usageLocation and licenses. Omitted: from the cloud",
});
