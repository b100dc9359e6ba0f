/** Import directions of docs/architecture.md: each folder may import only the folders listed for it. */
const allowed = {
  graph: [],
  emulator: [],
  plan: [],
  state: [],
  provider: ["graph"],
  components: ["provider"],
  policies: ["provider"],
  stacks: ["components", "provider"],
  cli: ["stacks", "components", "policies", "provider", "graph", "emulator", "plan"],
};
const folders = Object.keys(allowed);

const directions = folders.map((folder) => ({
  name: `${folder}-imports`,
  severity: "error",
  comment: `${folder}/ may import only: ${[folder, ...allowed[folder]].join(", ")}`,
  from: { path: `^${folder}/` },
  to: {
    path: `^(${[...folders, "scripts", "test"].filter((other) => other !== folder && !allowed[folder].includes(other)).join("|")})/`,
  },
}));

module.exports = {
  forbidden: [
    ...directions,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "plan-is-pure",
      severity: "error",
      comment: "plan/ uses nothing but itself, zod and node:crypto",
      from: { path: "^plan/" },
      to: { pathNot: "^(plan/|node_modules/zod/|(node:)?crypto$)" },
    },
    {
      name: "commands-stand-alone",
      severity: "error",
      from: { path: "^cli/commands/([^/]+)\\.ts$" },
      to: { path: "^cli/commands/(?!$1)" },
    },
    {
      name: "nobody-imports-scripts-or-test",
      severity: "error",
      from: { pathNot: "^(scripts|test)/" },
      to: { path: "^(scripts|test)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".js", ".mjs", ".json"] },
  },
};
