/** Where things are: settings and folders. */
export { cloneDirectory, openWorkspace, programDirectory, readSetup } from "./workspace.ts";
export type { Settings, Setup, Workspace } from "./workspace.ts";
