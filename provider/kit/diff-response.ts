/** Differences as the engine's protocol wants them. */
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { topLevelKey } from "./diff.ts";

export function diffResponse(
  paths: ReadonlyMap<string, "add" | "update" | "delete">,
  replaces: ReadonlySet<string>,
): proto.DiffResponse {
  const { Kind } = proto.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
  } as const;
  const response = new proto.DiffResponse()
    .setChanges(
      paths.size === 0
        ? proto.DiffResponse.DiffChanges.DIFF_NONE
        : proto.DiffResponse.DiffChanges.DIFF_SOME,
    )
    // By these names the engine's summary of a step looks properties up: no paths.
    .setDiffsList(topLevelKeys(paths.keys()))
    .setReplacesList(topLevelKeys(replaces))
    .setHasdetaileddiff(true);
  for (const [path, kind] of paths) {
    const detail = new proto.PropertyDiff()
      .setKind(kinds[kind][replaces.has(path) ? 1 : 0])
      .setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  return response;
}

const topLevelKeys = (paths: Iterable<string>): string[] => [
  ...new Set([...paths].map(topLevelKey)),
];
