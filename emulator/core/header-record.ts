import { z } from "zod";

/** Headers of a request inside a batch: what `Headers` takes without an error. */
export const headerRecord = z.record(
  z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/),
  z.string().regex(/^[\t\x20-\xff]*$/),
);
