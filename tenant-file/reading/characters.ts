/** Characters that a tenant file may not hold, told before anything else: they mislead whoever reads the rest. */
import { codePointName, findHidden, isSpaceAlike } from "../../core/hidden-characters.ts";
import { MAX_PROBLEMS, type Finding } from "../diagnostic.ts";

export type Unplaced = Omit<Finding, "path"> & { offset: number };

/** Every hidden character up to the number that is told; tabs and lone carriage returns once, at the first. */
export function checkCharacters(text: string): Unplaced[] {
  return [
    ...findHidden(text, MAX_PROBLEMS).map(hiddenCharacter),
    ...tabs(text),
    ...carriageReturns(text),
  ];
}

function hiddenCharacter({ offset, character }: { offset: number; character: string }): Unplaced {
  const name = codePointName(character);
  return isSpaceAlike(character)
    ? {
        offset,
        message: `The character ${name} looks like a space and is not one`,
        allowed: "an ordinary space",
      }
    : {
        offset,
        message: `The hidden character ${name} can make the file look different from what it is`,
        allowed: "visible characters, of any script",
      };
}

function tabs(text: string): Unplaced[] {
  const [first, ...others] = text.split("\n").filter((line) => line.includes("\t"));
  if (first === undefined) return [];
  const isIndentation = /^ *\t/.test(first);
  const where = isIndentation ? "is indented with a tab" : "contains a tab";
  return [
    {
      offset: text.indexOf("\t"),
      message: `This line ${where}${others.length === 0 ? "" : `; ${others.length + 1} lines contain one`}`,
      allowed: isIndentation ? "spaces, two for each level" : "spaces",
    },
  ];
}

/** Line ends of before 2001, which YAML knows and hardly any tool reads. */
function carriageReturns(text: string): Unplaced[] {
  const offset = text.search(/\r(?!\n)/);
  if (offset < 0) return [];
  return [
    {
      offset,
      message: "This line ends with a carriage return (CR) alone",
      allowed: "line feeds (LF), as on Linux and macOS, or CR LF, as on Windows",
    },
  ];
}
