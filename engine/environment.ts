/** The environment of the engine, and through it of its plugins and the policy pack. */
import type { Settings } from "../workspace/index.ts";

/** What any program needs to run, to find its user and to get through a proxy. */
const ALWAYS = [
  /^(PATH|PATHEXT|HOME|USER|USERNAME|LOGNAME|TMPDIR|TEMP|TMP|LANG|LC_[A-Z]+|TZ)$/i,
  /^(SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA)$/i,
  /^(HTTP_PROXY|HTTPS_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR)$/i,
  /^PULUMI_CONFIG_PASSPHRASE(_FILE)?$/,
];

/** Credentials for where the state lies or what encrypts it; passed only where the settings name that place. */
const FOR_STORAGE = [
  { scheme: /^(azblob|azurekeyvault):/, variables: /^AZURE_/ },
  { scheme: /^s3:/, variables: /^AWS_/ },
  { scheme: /^gs:/, variables: /^GOOGLE_/ },
  { scheme: /^postgres(ql)?:/, variables: /^PG[A-Z]+$/ },
] as const;

/**
 * Settings of the engine that must not be left to its defaults. PATH is needed to start programs, and plugins
 * on it would win over ours.
 * Source: pulumi 3.250, sdk/go/common/workspace/plugins.go (checked 2026-11-22).
 */
const OWN = {
  PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
  PULUMI_SKIP_UPDATE_CHECK: "true",
  // The engine reports its events only with this; the Automation API sets it too, and is overruled here.
  PULUMI_DEBUG_COMMANDS: "true",
  // Memory for time: without it, memory is collected each time it has doubled.
  GOGC: "400",
};

/**
 * Takes every variable away that is not known to be needed: dozens change what the engine plans and applies
 * (PULUMI_OPTION_*, PULUMI_DEBUG_PROVIDERS, PULUMI_HOME), and NODE_OPTIONS puts code into the policy pack.
 * The Automation API adds what it gets to the environment of this process, so what goes must be `undefined`.
 */
export function engineEnvironment(
  settings: Pick<Settings, "state" | "secretsProvider">,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const places = [settings.state, settings.secretsProvider];
  const allowed = [
    ...ALWAYS,
    ...FOR_STORAGE.filter(({ scheme }) => places.some((place) => scheme.test(place))).map(
      ({ variables }) => variables,
    ),
  ];
  const removed = Object.keys(environment).filter(
    (name) => !allowed.some((pattern) => pattern.test(name)),
  );
  const cleared: Record<string, string | undefined> = {
    ...Object.fromEntries(removed.map((name) => [name, undefined])),
    ...OWN,
  };
  return cleared as Record<string, string>;
}
