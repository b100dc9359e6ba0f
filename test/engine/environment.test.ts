import { describe, expect, it } from "vitest";
import { engineEnvironment } from "../../engine/environment.ts";

const atHome = { state: "file", secretsProvider: "passphrase" };

/** What the engine gets: the Automation API lays the answer over the environment of this process. */
const seenByEngine = (environment: NodeJS.ProcessEnv, settings = atHome): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries({ ...environment, ...engineEnvironment(settings, environment) }).filter(
      ([, value]) => value !== undefined,
    ),
  );

describe("the engine's environment", () => {
  it("keeps what any program needs, in the spelling of any system", () => {
    const needed = {
      PATH: "/bin",
      HOME: "/home/a",
      TMPDIR: "/tmp",
      https_proxy: "http://p",
      LC_ALL: "C",
    };
    expect(seenByEngine(needed)).toMatchObject(needed);
    expect(seenByEngine({ Path: "C:\\bin", SystemRoot: "C:\\" })).toHaveProperty("Path");
  });

  it("loses everything else, whatever it is called", () => {
    const hostile = {
      NODE_OPTIONS: "--require ./evil.cjs",
      PULUMI_OPTION_TARGET: "urn",
      TENANTRY_POLICY_PORT: "1",
      PULUMI_DEBUG_PROVIDERS: "m365:1",
      PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: ".*=https://plugins.example",
      PULUMI_SOMETHING_OF_NEXT_YEAR: "1",
      LD_PRELOAD: "./evil.so",
    };
    expect(Object.keys(seenByEngine(hostile)).sort()).toEqual([
      "GOGC",
      "PULUMI_DEBUG_COMMANDS",
      "PULUMI_IGNORE_AMBIENT_PLUGINS",
      "PULUMI_SKIP_UPDATE_CHECK",
    ]);
  });

  it("never takes plugins from PATH, although the caller asked for it", () => {
    const seen = seenByEngine({ PULUMI_IGNORE_AMBIENT_PLUGINS: "false" });
    expect(seen.PULUMI_IGNORE_AMBIENT_PLUGINS).toBe("true");
  });

  it("reports events, whatever the caller's environment says", () => {
    expect(seenByEngine({ PULUMI_DEBUG_COMMANDS: "false" }).PULUMI_DEBUG_COMMANDS).toBe("true");
  });

  it("gets no credentials of the tenant", () => {
    const credentials = {
      ARM_CLIENT_SECRET: "s",
      AZURE_CLIENT_SECRET: "s",
      TENANTRY_KEY_PASSPHRASE: "s",
    };
    expect(Object.values(seenByEngine(credentials))).not.toContain("s");
  });

  it.each([
    ["azblob://states", "AZURE_STORAGE_ACCOUNT", "AWS_PROFILE"],
    ["s3://states", "AWS_PROFILE", "AZURE_STORAGE_ACCOUNT"],
    ["postgres://states", "PGPASSWORD", "AWS_PROFILE"],
  ])("gets the credentials of %s when the state lies there, and no others", (state, own, other) => {
    const seen = seenByEngine({ [own]: "a", [other]: "b" }, { ...atHome, state });
    expect(seen).toHaveProperty(own);
    expect(seen).not.toHaveProperty(other);
  });
});
