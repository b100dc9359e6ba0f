/** What is signed by whom a gate protects. */
import { documentOf, DOCUMENTS } from "./documents.ts";
import { gatesOf, liftedDocument } from "./gates.ts";
import type { Progress, Word } from "./progress.ts";

/** What decision makers can sign now, by the name that they give. */
export function signable(
  progress: Progress,
): readonly (Pick<Word, "said" | "about" | "document"> & { readonly name: string })[] {
  const points = [
    ...progress.points.filter(({ settled }) => settled === undefined).map(({ id }) => id),
    ...progress.steps.flatMap(({ id }) =>
      id.startsWith("point:") && !progress.done.has(id) ? [id] : [],
    ),
  ];
  return [
    ...DOCUMENTS.map((name) => ({
      ...{ name, said: "signed" as const, about: name },
      document: documentOf(name, progress.migration),
    })),
    ...gatesOf(progress)
      .filter(({ isOpen }) => !isOpen)
      .map((gate) => ({
        ...{ name: `gate:${gate.id}`, said: "lifted" as const, about: gate.id },
        document: liftedDocument(gate),
      })),
    ...points.map((id) => ({ name: id, said: "accepted" as const, about: id, document: null })),
  ];
}
