/**
 * Makes the deployment that a base and a journal stand for, as the engine's own replayer does.
 * Source: pulumi 3.250.0, pkg/backend/journal.go, `JournalReplayer` (checked 2026-11-26).
 */
import { createHash } from "node:crypto";
import { rebuiltDependencies } from "./dependencies.ts";
import type { Deployment, Operation, Resource, VersionedDeployment } from "./deployment.ts";
import { KIND, refused } from "./entry.ts";
import type { JournalEntry } from "./entry.ts";
import { featuresOf } from "./features.ts";
import { normalised } from "./normalised.ts";

interface Circumstances {
  readonly time: Date;
  /** Of the engine whose journal it is, as it calls itself. */
  readonly engineVersion: string;
}

/** What the entries since the base (or since it was rebuilt) say. Positions are those of the base's resources. */
interface Changes {
  /** Resources that operations made, in the order of their entries; undefined once removed. */
  readonly made: Map<number, Resource>;
  readonly removedNew: Set<number>;
  readonly removedOld: Set<number>;
  readonly replacedOld: Map<number, Resource>;
  readonly deletedOld: Set<number>;
  readonly pendingReplacementOld: Set<number>;
  /** What was begun and has not ended, by id of the operation. */
  readonly begun: Map<number, Operation | undefined>;
  readonly extensions: Map<string, unknown>;
}

const noChanges = (): Changes => ({
  made: new Map(),
  removedNew: new Set(),
  removedOld: new Set(),
  replacedOld: new Map(),
  deletedOld: new Set(),
  pendingReplacementOld: new Set(),
  begun: new Map(),
  extensions: new Map(),
});

export class JournalReplayer {
  #base: Deployment;
  #changes = noChanges();
  #hasRefresh = false;
  readonly #circumstances: Circumstances;

  constructor(base: Deployment, circumstances: Circumstances) {
    this.#base = base;
    this.#circumstances = circumstances;
  }

  /** Entries in the order of their `sequenceID`. */
  add(entry: JournalEntry): void {
    const { operationID, state, removeOld, removeNew } = entry;
    const { begun, replacedOld } = this.#changes;
    switch (entry.kind) {
      case KIND.begin:
        begun.set(operationID, entry.operation);
        break;
      case KIND.success:
        begun.delete(operationID);
        this.#succeed(entry);
        break;
      case KIND.refreshSuccess:
        begun.delete(operationID);
        this.#refresh(entry);
        break;
      case KIND.failure:
        begun.delete(operationID);
        break;
      case KIND.outputs:
        if (state === undefined) break;
        if (isGiven(removeOld)) replacedOld.set(removeOld, state);
        if (isGiven(removeNew)) this.#change(removeNew, () => state);
        break;
      case KIND.write:
        this.#base = entry.newSnapshot ?? this.#base;
        break;
      case KIND.secretsManager:
        if (entry.secretsProvider !== undefined) {
          this.#base = { ...this.#base, secrets_providers: entry.secretsProvider };
        }
        break;
      case KIND.snippets:
        this.#base = { ...this.#base, snippets: entry.snippets ?? [] };
        break;
      case KIND.rebuiltBaseState:
        this.#base = this.deployment().deployment;
        this.#changes = noChanges();
        break;
      case KIND.extensionParameterize:
        if (entry.extensionRef !== undefined) {
          this.#changes.extensions.set(entry.extensionRef, entry.extension);
        }
        break;
    }
  }

  /** The state now; operations that were begun and have not ended are pending. */
  deployment(): VersionedDeployment {
    const { time, engineVersion } = this.#circumstances;
    const { secrets_providers, metadata = {}, snippets = [] } = this.#base;
    const made = this.#resources();
    const operations = this.#pendingOperations();
    const resources = this.#hasRefresh ? rebuiltDependencies(made) : made;
    const extensions = {
      ...Object.fromEntries(this.#changes.extensions),
      ...this.#base.extensions,
    };
    const features = featuresOf(
      [...made, ...operations.map(({ resource }) => resource)],
      snippets.length > 0,
    );
    const deployment: Deployment = {
      manifest: {
        time: time.toISOString(),
        magic: engineVersion === "" ? "" : createHash("sha256").update(engineVersion).digest("hex"),
        version: engineVersion,
      },
      ...(secrets_providers === undefined ? {} : { secrets_providers }),
      ...(resources.length === 0 ? {} : { resources }),
      ...(operations.length === 0 ? {} : { pending_operations: operations }),
      metadata,
      ...(snippets.length === 0 ? {} : { snippets }),
      ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    };
    return {
      version: features.length > 0 ? 4 : 3,
      ...(features.length > 0 ? { features } : {}),
      deployment: normalised(deployment),
    };
  }

  #succeed(entry: JournalEntry): void {
    const { made, removedNew, removedOld, deletedOld, pendingReplacementOld } = this.#changes;
    const { removeOld, removeNew, deleteOld, deleteNew } = entry;
    if (entry.state !== undefined) made.set(entry.operationID, entry.state);
    if (isGiven(removeOld)) removedOld.add(removeOld);
    if (isGiven(removeNew)) removedNew.add(this.#known(removeNew));
    if (isGiven(deleteOld)) deletedOld.add(deleteOld);
    if (isGiven(deleteNew)) this.#change(deleteNew, (was) => ({ ...was, delete: true }));
    if (isGiven(entry.pendingReplacementOld)) {
      pendingReplacementOld.add(entry.pendingReplacementOld);
    }
    if (isGiven(entry.pendingReplacementNew)) {
      this.#change(entry.pendingReplacementNew, (was) => ({ ...was, pendingReplacement: true }));
    }
    if (entry.isRefresh === true) this.#hasRefresh = true;
  }

  #refresh({ state, removeOld, removeNew }: JournalEntry): void {
    const { removedOld, replacedOld, removedNew } = this.#changes;
    this.#hasRefresh = true;
    if (isGiven(removeOld)) {
      if (state === undefined) removedOld.add(removeOld);
      else replacedOld.set(removeOld, state);
    }
    if (isGiven(removeNew)) {
      if (state === undefined) removedNew.add(this.#known(removeNew));
      else this.#change(removeNew, () => state);
    }
  }

  #resources(): Resource[] {
    const { made, removedNew, removedOld, replacedOld, deletedOld, pendingReplacementOld } =
      this.#changes;
    const old = (this.#base.resources ?? []).flatMap((resource, position) => {
      if (removedOld.has(position)) return [];
      const replaced = replacedOld.get(position);
      if (replaced !== undefined) return [replaced];
      return [
        {
          ...resource,
          ...(pendingReplacementOld.has(position) ? { pendingReplacement: true } : {}),
          ...(deletedOld.has(position) ? { delete: true } : {}),
        },
      ];
    });
    return [...[...made].flatMap(([id, kept]) => (removedNew.has(id) ? [] : [kept])), ...old];
  }

  #pendingOperations(): Operation[] {
    const begun = [...this.#changes.begun.values()].filter((told) => told !== undefined);
    // An interrupted creation stays until somebody has looked; everything else the engine looks at again by itself.
    const before = this.#base.pending_operations ?? [];
    return [...begun, ...before.filter(({ type }) => type === "creating")];
  }

  #change(operation: number, change: (was: Resource) => Resource): void {
    const was = this.#changes.made.get(this.#known(operation));
    if (was !== undefined) this.#changes.made.set(operation, change(was));
  }

  /** The engine would take the first resource for one that it does not know; see decision 12. */
  #known(operation: number): number {
    if (!this.#changes.made.has(operation)) {
      throw refused(`it changes the resource of operation ${operation}, which made none`);
    }
    return operation;
  }
}

const isGiven = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined;
