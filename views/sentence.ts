/** The sentence of a change, with people by the name that others call them. */
import type { Language } from "../core/language.ts";
import { nounOf, NOUNS } from "../core/nouns.ts";
import { nameOfUrn, typeOfUrn } from "../core/urn.ts";
import type { Change, Plan } from "../plan/index.ts";

export type NameOf = (address: string) => string;

/** What people call who has a user principal name, in the plan or left alone by it; the address of anybody else. */
export function namesOfPeople({ changes, unchanged }: Plan): NameOf {
  const people = [...changes, ...unchanged].filter(({ urn = "" }) =>
    [NOUNS.user.type, NOUNS.guest.type].some((type) => type === typeOfUrn(urn)),
  );
  const names = new Map(
    people.flatMap((person) => {
      const former = "formerUrn" in person ? person.formerUrn : undefined;
      return [former, person.urn].flatMap((urn): [string, string][] =>
        urn === undefined ? [] : [[nameOfUrn(urn), person.name]],
      );
    }),
  );
  return (address) => names.get(address) ?? address;
}

/** An address that stands by itself; one in brackets follows its name. */
const ADDRESS = /(?<!\S)[^\s(),;:]+@[^\s(),;:]+/g;

/** Its sentence, with people by name where it is about lists of them: the list under it has the addresses. */
export function sentenceOf(
  { type, description }: Change,
  { language, nameOf }: { readonly language: Language; readonly nameOf: NameOf },
): string {
  const sentence = description[language];
  const isOfPeople = nounOf(type)?.list !== undefined || type === NOUNS.backup.type;
  return isOfPeople ? sentence.replace(ADDRESS, (address) => nameOf(address)) : sentence;
}
