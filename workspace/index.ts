/** Where things are: settings and folders. */
export { openWorkspace, readSetup } from "./workspace.ts";
export type { Settings, Setup, Workspace } from "./workspace.ts";
