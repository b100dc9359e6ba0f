/** Where things are: settings and folders. */
export {
  cloneDirectory,
  openWorkspace,
  programDirectory,
  readSetup,
  toolVersion,
} from "./workspace.ts";
export type { Settings, Setup, Workspace } from "./workspace.ts";
