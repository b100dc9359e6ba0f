/**
 * The rooms of docs/architecture.md, lowest first: a room may import the rooms listed for it, and from outside only
 * through its index. core/ is a shelf: its files are imported by name.
 */
const rooms = {
  core: [],
  setup: [],
  emulator: [],
  services: [],
  workspace: ["core"],
  "tenant-file": ["core"],
  migration: ["tenant-file", "core"],
  plan: ["core"],
  approval: ["core"],
  provider: ["services", "core"],
  components: ["provider", "tenant-file", "core"],
  policies: ["provider", "core"],
  views: ["plan", "migration", "approval", "core"],
  state: ["approval", "core"],
  engine: [
    ...["components", "policies", "provider", "services", "tenant-file", "plan"],
    ...["workspace", "state", "emulator", "core"],
  ],
  operations: [
    ...["engine", "state", "approval", "plan", "views", "services"],
    ...["tenant-file", "migration", "workspace", "core"],
  ],
  server: ["operations", "views", "plan", "state", "approval", "core"],
  cli: [
    ...["operations", "server", "views", "engine", "approval", "plan", "services"],
    ...["tenant-file", "migration", "workspace", "emulator", "core"],
  ],
  stacks: ["components", "tenant-file"],
  bin: ["setup"],
};
const names = Object.keys(rooms);
const outside = (room) =>
  [...names, "scripts", "test"].filter((other) => other !== room && !rooms[room].includes(other));

const directions = names.map((room) => ({
  name: `${room}-imports`,
  severity: "error",
  comment: `${room}/ may import only: ${[room, ...rooms[room]].join(", ")}`,
  from: { path: `^${room}/` },
  // Microsoft's products and Graph's schema are data that the emulator and the product must agree on.
  to: {
    path: `^(${outside(room).join("|")})/`,
    pathNot: "^core/(skus|generated/graph-schema)\\.json$",
  },
}));

const seams = names
  .filter((room) => room !== "core")
  .map((room) => ({
    name: `${room}-through-its-index`,
    severity: "error",
    comment: `from outside ${room}/ import ${room}/index only`,
    // Benchmarks measure, and tortures disturb, what lies inside.
    from: { pathNot: `^(${room}|test|scripts/(bench|torture))/` },
    to: { path: `^${room}/`, pathNot: `^${room}/index\\.(ts|mjs)$` },
  }));

module.exports = {
  forbidden: [
    ...directions,
    ...seams,
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "plan-is-pure",
      severity: "error",
      comment: "plan/ uses nothing but itself, core/, zod and node:crypto",
      from: { path: "^plan/" },
      to: { pathNot: "^(plan/|core/|.*node_modules/zod/|(node:)?crypto$)" },
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
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs", ".json"] },
  },
};
