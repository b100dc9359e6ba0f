/**
 * The parts of Pulumi's deployment that a replay looks at. Everything else passes through as it came.
 * Source: pulumi 3.250.0, sdk/go/common/apitype/core.go (checked 2026-11-26).
 */

export interface Resource {
  readonly urn: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly deletedWith?: string;
  readonly replaceWith?: readonly string[];
  readonly viewOf?: string;
  readonly aliases?: readonly string[];
  readonly delete?: boolean;
  readonly pendingReplacement?: boolean;
  readonly refreshBeforeUpdate?: boolean;
  readonly taint?: boolean;
  readonly extensionRef?: string;
  readonly resourceHooks?: Readonly<Record<string, unknown>>;
}

/** What the engine had begun: `creating`, `updating`, `deleting`, `reading` or `importing`. */
export interface Operation {
  readonly resource: Resource;
  readonly type: string;
}

export interface Snippet {
  readonly references?: Readonly<Record<string, string>>;
}

interface Manifest {
  /** RFC 3339. */
  readonly time: string;
  /** SHA-256 of `version` in hexadecimal; the engine refuses a state where it is another. */
  readonly magic: string;
  /** Of the engine that wrote it, such as `v3.250.0`. */
  readonly version: string;
}

export interface Deployment {
  readonly manifest: Manifest;
  readonly secrets_providers?: Readonly<Record<string, unknown>>;
  readonly resources?: readonly Resource[];
  readonly pending_operations?: readonly Operation[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly snippets?: readonly Snippet[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A deployment as the engine exports and imports it. */
export interface VersionedDeployment {
  /** Of the schema: 3, or 4 when `features` are used that older engines would lose. */
  readonly version: number;
  readonly features?: readonly string[];
  readonly deployment: Deployment;
}

/** State of a stack that nothing was ever applied to. */
export const EMPTY_DEPLOYMENT: Deployment = {
  manifest: { time: "0001-01-01T00:00:00Z", magic: "", version: "" },
};
