/**
 * Names of what a deployment uses and older engines would lose; any of them makes its schema version 4.
 * Source: pulumi 3.250.0, pkg/resource/stack/deployment.go, `ApplyFeatures` (checked 2026-11-26).
 */
import type { Resource } from "./deployment.ts";

const isFilled = (value: object | undefined): boolean =>
  value !== undefined && Object.keys(value).length > 0;

const FEATURES: Readonly<Record<string, (resource: Resource) => boolean>> = {
  refreshBeforeUpdate: ({ refreshBeforeUpdate = false }) => refreshBeforeUpdate,
  views: ({ viewOf = "" }) => viewOf !== "",
  hooks: ({ resourceHooks }) => isFilled(resourceHooks),
  taint: ({ taint = false }) => taint,
  replaceWith: ({ replaceWith }) => isFilled(replaceWith),
  extensionParameterization: ({ extensionRef = "" }) => extensionRef !== "",
};

/** Sorted. */
export function featuresOf(resources: readonly Resource[], hasSnippets: boolean): string[] {
  const used = Object.entries(FEATURES).flatMap(([name, isUsed]) =>
    resources.some(isUsed) ? [name] : [],
  );
  return [...used, ...(hasSnippets ? ["snippets-prototype"] : [])].sort();
}
