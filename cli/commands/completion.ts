/** Completion for shells, made from the table of commands: their words, options and the names of the tenants. */
import { z } from "zod";
import { defineCommand } from "../command.ts";
import { EXIT } from "../exit-codes.ts";

export const command = defineCommand({
  args: z.strictObject({ shell: z.enum(["bash", "zsh", "fish"]) }),
  options: z.strictObject({}),
  examples: [
    {
      line: "tenantry completion bash > ~/.local/share/bash-completion/completions/tenantry",
      meaning: "for bash, from the next shell on",
    },
    { line: "tenantry completion zsh >> ~/.zshrc", meaning: "for zsh, behind compinit" },
    {
      line: "tenantry completion fish > ~/.config/fish/completions/tenantry.fish",
      meaning: "for fish",
    },
  ],
  run: async ({ commands }, { args: { shell } }) => {
    const { completionFor, completionTable } = await import("../output/completion.ts");
    const text = completionFor(shell, await completionTable(commands)).trimEnd();
    return { exitCode: EXIT.done, text, json: { shell, script: text } };
  },
});
