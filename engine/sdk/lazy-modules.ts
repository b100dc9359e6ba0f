/**
 * Pulumi's SDK without what only helps to look for faults in programs and to carry functions to the cloud: most
 * of a plan's processor time would go there. Imported before anything else that imports the SDK.
 * Source: @pulumi/pulumi 3.250, log/index.js, runtime/debuggable.js, runtime/closure (checked 2026-11-22).
 */
import module from "node:module";

const requireHere = module.createRequire(import.meta.url);
const requireInSdk = module.createRequire(requireHere.resolve("@pulumi/pulumi"));

// Functions are never serialised here, and the packages that do it take longer to load than all others together.
loadWhenUsed("./typescript-shim.js");
loadWhenUsed("@npmcli/arborist");

interface Sdk {
  readonly log: { debug: () => Promise<void> };
}
interface PromiseTracking {
  debuggablePromise: (promise: Promise<unknown>, context: unknown) => Promise<unknown>;
}

const sdk = requireInSdk("./index.js") as Sdk;
// Some messages for each resource, each a call to the engine. They hold secrets in clear, and nobody reads them.
sdk.log.debug = () => Promise.resolve();

// Four promises for each property, of which each remembers where it was made. Nothing else loses its stack.
const tracking = requireInSdk("./runtime/debuggable.js") as PromiseTracking;
const { debuggablePromise } = tracking;
tracking.debuggablePromise = (promise, context) => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return debuggablePromise(promise, context);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
};

/** Puts a stand-in for a CommonJS module into Node's cache, which loads it when something in it is asked for. */
function loadWhenUsed(name: string): void {
  const path = requireInSdk.resolve(name);
  if (requireInSdk.cache[path] !== undefined) return;
  let loaded: Record<PropertyKey, unknown> | undefined;
  const load = (): Record<PropertyKey, unknown> => {
    if (loaded === undefined) {
      Reflect.deleteProperty(requireInSdk.cache, path);
      loaded = requireInSdk(path) as Record<PropertyKey, unknown>;
    }
    return loaded;
  };
  const standIn = new module.Module(path);
  standIn.filename = path;
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    // Compiled importers look at this key first, and copy all others unless it is there.
    { get: (_, key) => (key === "__esModule" ? true : load()[key]) },
  );
  requireInSdk.cache[path] = standIn;
}
