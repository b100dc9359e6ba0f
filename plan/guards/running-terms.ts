/** Subscriptions that would be dropped while their term runs: the licence partner refuses, so no plan may ask. */
import { calendar } from "../../core/calendar.ts";
import { NOUNS } from "../../core/nouns.ts";
import { dropRefusal, seriesOf } from "../../core/terms.ts";
import { nameOfUrn } from "../../core/urn.ts";
import type { Change, Finding } from "../model/model.ts";
import { bySafeguard } from "./remove-entries.ts";

/** One that is only released stays, and so does its term. */
export const runningTermFindings = (changes: readonly Change[]): Finding[] =>
  changes
    .filter(({ type, operation }) => type === NOUNS.subscription.type && operation === "delete")
    .flatMap((change): Finding[] => {
      const series = Object.fromEntries(
        change.properties.map(({ path, before }) => [path, before] as const),
      );
      const message = dropRefusal(
        { sku: nameOfUrn(change.urn), ...seriesOf(series) },
        calendar.today(),
      );
      if (message === undefined) return [];
      return [{ ...bySafeguard("term-running", [change]), message, clearedBy: "declaration" }];
    });
