/** Where things are: settings and folders. */
export {
  isSandbox,
  openWorkspace,
  readSetup,
  stateDatabasePath,
  stateDatabasePlace,
  stateDirectory,
} from "./workspace.ts";
export type { Settings, Setup, Workspace } from "./workspace.ts";
