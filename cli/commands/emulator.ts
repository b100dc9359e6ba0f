import type { CommandDefinition } from "../command.ts";
import { textOption } from "../command.ts";
import { EXIT } from "../errors.ts";
import { emulatorDirectory } from "../service.ts";

export const emulator: CommandDefinition = {
  name: "emulator",
  summary: "Run this workspace's Microsoft 365 emulator for other programs, until Ctrl-C",
  args: [],
  options: [{ flags: "--port <port>", description: "port on 127.0.0.1 (default: any free one)" }],
  examples: [
    { line: "tenantry emulator", meaning: "starts it and says how to point clients at it" },
    { line: "tenantry emulator --port 8443", meaning: "on a port of your choice" },
  ],
  run: async ({ workspace, terminal, signal }, input) => {
    const { startEmulator } = await import("../../emulator/index.ts");
    const directory = emulatorDirectory(workspace);
    const port = Number(textOption(input, "port") ?? 0);
    const running = await startEmulator({ directory, port });
    terminal.note(`Microsoft 365 emulator: ${running.origin} (Ctrl-C stops it)`);
    terminal.note(`Trust this certificate authority: ${directory}/ca.pem`);
    for (const [name, url] of Object.entries(running.endpoints)) terminal.note(`  ${name}: ${url}`);
    if (!signal.aborted) {
      await new Promise((resolve) => {
        signal.addEventListener("abort", resolve, { once: true });
      });
    }
    await running.close();
    return { exitCode: EXIT.done, text: "", json: { stopped: true } };
  },
};
