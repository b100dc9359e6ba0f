/** What the tenant file lets go of: no longer managed, and left as it is. */
import { NOUN_OF, nounOf, ownerOfList } from "../../core/nouns.ts";
import type { ManagedSection, Noun, ObjectKind } from "../../core/nouns.ts";
import { nameOfUrn, typeOfUrn } from "../../core/urn.ts";

export interface Releases {
  /** Whole sections, with everything in them. */
  readonly sections: readonly ManagedSection[];
  readonly objects: readonly {
    readonly kind: ObjectKind;
    readonly name: string;
    readonly reason: string;
  }[];
  /** Names of the objects that stay declared: a list that one of them omits is released. */
  readonly declared: Readonly<Record<ObjectKind, readonly string[]>>;
}

export interface Release {
  /** In the words of the tenant file, where it has any. */
  readonly reason?: string;
}

/** Undefined if the file does not release the resource: then it is to be removed once undeclared. */
export function releaseOf(urn: string, releases: Releases): Release | undefined {
  const noun = nounOf(typeOfUrn(urn));
  if (noun === undefined) return undefined;
  if (noun.isKept === true) return {};
  const name = nameOfUrn(urn);
  const { list } = noun;
  const owner: { kind: ObjectKind; noun: Noun; name: string } | undefined =
    list === undefined
      ? noun.removedAs && { kind: noun.removedAs, noun, name }
      : { kind: list.owner, noun: NOUN_OF[list.owner], name: ownerOfList({ list }, name) };
  const section = owner?.noun.listedIn ?? noun.listedIn ?? noun.declaredIn;
  if (section !== undefined && releases.sections.includes(section)) return {};
  if (owner === undefined) return undefined;
  const entry = releases.objects.find(
    (object) => object.kind === owner.kind && object.name === owner.name,
  );
  if (entry !== undefined) return { reason: entry.reason };
  return list !== undefined && releases.declared[owner.kind].includes(owner.name) ? {} : undefined;
}
