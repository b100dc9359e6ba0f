/** The one wrapper around Pulumi. */
// First: it decides what of Pulumi is loaded.
import "./sdk/lazy-modules.ts";

export type { EngineRun } from "./automation.ts";
export { emulatorDirectory } from "./connect.ts";
export { startPractice } from "./sandbox.ts";
export { Session } from "./session.ts";
export { stateDirectory } from "./state-backend.ts";
export { describeTool } from "./versions.ts";
export { inSession } from "./with-session.ts";
export type { SessionContext } from "./with-session.ts";
