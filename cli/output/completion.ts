/**
 * Scripts that complete `tenantry` in a shell. They ask nothing of the program, which takes a second to start: tenants are the
 * folders in stacks/ of the nearest workspace above.
 * @see https://www.gnu.org/software/bash/manual/bash.html#Programmable-Completion and
 * https://fishshell.com/docs/current/cmds/complete.html (neither read anew on 2026-11-28). The script for zsh goes through
 * its bashcompinit. Only bash was tried.
 */
import type { CommandEntry } from "../command.ts";

export type Shell = "bash" | "zsh" | "fish";

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly { readonly flag: string; readonly meaning: string }[];
  /** What may stand as its first word; `tenants` are the names in stacks/. */
  readonly first: readonly string[] | "tenants";
}

/** Those that every command has. */
const GLOBAL = [
  { flag: "--workspace", meaning: "folder that holds stacks/" },
  { flag: "--json", meaning: "print the result as JSON" },
  { flag: "--help", meaning: "display help for command" },
];

export async function completionTable(
  commands: readonly CommandEntry[],
): Promise<readonly CompletedCommand[]> {
  return await Promise.all(
    commands.map(async ({ name, summary, load }) => {
      const { command } = await load();
      const [word] = command.args;
      const options = command.options.map(({ long, description }) => ({
        flag: long ?? "",
        meaning: description,
      }));
      const isTenant = word?.name().startsWith("tenant") === true;
      return {
        ...{ name, summary, options: [...options, ...GLOBAL] },
        first: isTenant ? "tenants" : choicesIn(word?.description ?? ""),
      };
    }),
  );
}

/** Help lists them, in front of what they mean. */
function choicesIn(description: string): readonly string[] {
  const [listed = ""] = description.split(",");
  return listed.includes(" | ") ? listed.split(" | ") : [];
}

export function completionFor(shell: Shell, table: readonly CompletedCommand[]): string {
  if (shell === "fish") return forFish(table);
  const bash = forBash(table);
  return shell === "bash" ? bash : `autoload -U +X bashcompinit && bashcompinit\n${bash}`;
}

const TENANTS = `_tenantry_tenants() {
  local at=$PWD file
  while [ -n "$at" ] && [ ! -d "$at/stacks" ]; do at=\${at%/*}; done
  for file in "$at"/stacks/*/tenant.yaml; do
    [ -e "$file" ] || continue
    file=\${file%/tenant.yaml}
    printf '%s\\n' "\${file##*/}"
  done
}`;

function forBash(table: readonly CompletedCommand[]): string {
  const cases = table.map(({ name, options, first }) => {
    const words = first === "tenants" ? "$(_tenantry_tenants)" : first.join(" ");
    return `    ${name}) options="${options.map(({ flag }) => flag).join(" ")}"; words="${words}" ;;`;
  });
  return `# Completion of tenantry, written by \`tenantry completion\`.
${TENANTS}

_tenantry() {
  local word=\${COMP_WORDS[COMP_CWORD]} options="" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${[...table.map(({ name }) => name), "help"].join(" ")}" -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
    help) words="${table.map(({ name }) => name).join(" ")}" ;;
  esac
  case $word in
    -*) COMPREPLY=($(compgen -W "$options" -- "$word")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
  esac
}

# Files where nothing else fits, such as after an option that takes one.
complete -o default -F _tenantry tenantry
`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`\'`)}'`;

function forFish(table: readonly CompletedCommand[]): string {
  const lines = table.flatMap(({ name, summary, options, first }) => {
    const after = `complete -c tenantry -n '__fish_seen_subcommand_from ${name}'`;
    const words = first === "tenants" ? "(__tenantry_tenants)" : first.join(" ");
    return [
      `complete -c tenantry -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...(words === "" ? [] : [`${after} -f -a ${quoted(words)}`]),
      ...options.map(({ flag, meaning }) => `${after} -l ${flag.slice(2)} -d ${quoted(meaning)}`),
    ];
  });
  return `# Completion of tenantry, written by \`tenantry completion\`.
function __tenantry_tenants
    set -l at $PWD
    while test -n "$at"; and not test -d "$at/stacks"
        set at (string replace -r '/[^/]*$' '' -- $at)
    end
    for file in $at/stacks/*/tenant.yaml
        path basename (path dirname $file)
    end
end
${lines.join("\n")}
`;
}
