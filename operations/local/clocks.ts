/** Clocks that a workspace on this machine can look at. */
import { microsoftEndpoints, serviceTime } from "../../services/index.ts";
import type { Workspace } from "../../workspace/index.ts";
import type { Clocks } from "../ports.ts";
import { gitIn } from "./git.ts";

export const localClocks = ({ root, settings }: Workspace): Clocks => ({
  atMicrosoft: async (signal) =>
    // The emulator runs by this machine's clock.
    settings.service === "emulator"
      ? new Date()
      : await serviceTime({ login: microsoftEndpoints("").login, signal }),
  newestCommit: async () => {
    const seconds = await gitIn(root)(["log", "-1", "--format=%ct", "HEAD", "--"]);
    return seconds === undefined ? undefined : new Date(Number(seconds) * 1000);
  },
});
