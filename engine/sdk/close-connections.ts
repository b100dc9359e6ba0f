/**
 * Each run of an inline program opens two connections to the engine, which the SDK keeps in a store of that run and
 * never closes: it only knows those of the module. They hold the stack with all its outputs, 1.3 MB a plan.
 * Source: @pulumi/pulumi 3.250 runtime/state.js, runtime/settings.js `disconnectSync` (checked 2026-11-26).
 */
import module from "node:module";

interface Connection {
  close(): void;
}
interface Store {
  readonly settings: { readonly monitor?: Connection; readonly engine?: Connection };
}

const requireHere = module.createRequire(import.meta.url);
const requireInSdk = module.createRequire(requireHere.resolve("@pulumi/pulumi"));
const { getStore } = requireInSdk("./runtime/state.js") as { getStore: () => Store };

/** To be called inside a program; returns what closes the connections of that run once it has ended. */
export function connectionsOfThisRun(): () => void {
  const { settings } = getStore();
  return () => {
    settings.monitor?.close();
    settings.engine?.close();
  };
}
