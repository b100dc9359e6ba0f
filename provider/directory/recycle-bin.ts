/**
 * What the directory keeps of deleted people and Microsoft 365 groups, and how one comes back. The bin is read as a
 * whole: it is small, and one request answers for everything that a plan creates.
 * @see https://learn.microsoft.com/graph/api/directory-deleteditems-list (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/directory-deleteditems-restore (v1.0, checked 2026-11-27)
 */
import { odata } from "../../services/index.ts";
import type { DeletedObject, RecycleBin, ResourceContext } from "../kit/define.ts";

interface DeletedItem {
  readonly id: string;
  readonly deletedDateTime: string;
  readonly [property: string]: unknown;
}

interface Kept<I> {
  /** Properties that `keyOfDeleted` needs. */
  readonly select: readonly string[];
  readonly keyOf: RecycleBin<I>["keyOf"];
  /** Undefined for what is not brought back from here. */
  readonly keyOfDeleted: (item: DeletedItem) => string | undefined;
}

/** Days for which the directory keeps a deleted object. */
const BIN_DAYS = 30;

export function directoryBin<I>(
  kind: "user" | "group",
  { select, keyOf, keyOfDeleted }: Kept<I>,
): RecycleBin<I> {
  const path = `/directory/deletedItems/microsoft.graph.${kind}?$select=${["id", "deletedDateTime", ...select].join(",")}&$top=999`;
  return {
    days: BIN_DAYS,
    keyOf,
    async list({ service }: ResourceContext) {
      const items = await service.graph.all<DeletedItem>(path);
      return items.flatMap((item): DeletedObject[] => {
        const key = keyOfDeleted(item);
        const { id, deletedDateTime } = item;
        return key === undefined ? [] : [{ id: `/${kind}s/${id}`, key, deletedDateTime }];
      });
    },
    async restore({ service: { graph } }, resourceId) {
      const id = resourceId.replace(`/${kind}s/`, "");
      const find = (): Promise<unknown> => graph.tryGet(`/${kind}s/${id}?$select=id`);
      await graph.post(odata`/directory/deletedItems/${id}/restore`, {}, { find, settleMs: 0 });
    },
  };
}
