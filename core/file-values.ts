/** Values that the tenant file has in another form than the resource: by key of the file. Others are the same in both. */
import type { Json } from "./json.ts";

interface Forms {
  /** Undefined where the file has no word for it. */
  readonly inFile: (value: Json) => Json | undefined;
  readonly inState: (value: Json) => Json;
}

const FORMS: Readonly<Partial<Record<string, Forms>>> = {
  // One address, or nowhere.
  "mailbox.forwardTo": {
    inFile: (address) => (address === "" ? [] : [address]),
    inState: (list) => (Array.isArray(list) ? (list[0] ?? "") : list),
  },
  // Whether who sends has to have signed in to the tenant.
  senders: {
    inFile: (isInside) => (isInside === true ? "inside" : "anyone"),
    inState: (word) => (word === "anyone" ? false : word === "inside" ? true : word),
  },
};

export const asInFile = (key: string, value: Json): Json | undefined =>
  FORMS[key] === undefined ? value : FORMS[key].inFile(value);

export const asInState = (key: string, value: Json): Json => FORMS[key]?.inState(value) ?? value;
