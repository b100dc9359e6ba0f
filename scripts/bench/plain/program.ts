/**
 * Child process: the plain Pulumi program, to compare with. Declares the company with one resource per fact, as
 * one would without this product: users, groups, one membership per member, one licence per user.
 * Called as `program.ts preview|up`.
 */
import pulumi from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { company } from "../company.ts";
import type { PlainEnvironment } from "./environment.ts";

const environment = JSON.parse(process.env.PLAIN ?? "{}") as PlainEnvironment;
const { folder, size, skuId, origin } = environment;

class Fact extends pulumi.CustomResource {
  constructor(kind: string, name: string, args: { path: pulumi.Input<string>; body: object }) {
    super(`plain:index:${kind}`, name, args, { version: "1.0.0" });
  }
}

async function declare(): Promise<void> {
  const { people, groups } = company(size);
  const users = new Map(
    people.map(({ licenses: _, ...person }) => {
      const name = person.userPrincipalName;
      const mailNickname = name.slice(0, name.indexOf("@"));
      const passwordProfile = {
        password: `Pw-${mailNickname}-x1!`,
        forceChangePasswordNextSignIn: true,
      };
      const body = { ...person, accountEnabled: true, mailNickname, passwordProfile };
      return [name, new Fact("User", name, { path: "/users", body })] as const;
    }),
  );
  for (const [name, user] of users) {
    new Fact("License", name, {
      path: pulumi.interpolate`/users/${user.id}/assignLicense`,
      body: { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] },
    });
  }
  for (const { name, members } of groups) {
    const body = {
      displayName: name,
      mailNickname: name,
      mailEnabled: false,
      securityEnabled: true,
      groupTypes: [],
    };
    const group = new Fact("Group", name, { path: "/groups", body });
    for (const member of members) {
      new Fact("Member", `${name}/${member}`, {
        path: pulumi.interpolate`/groups/${group.id}/members/$ref`,
        body: {
          "@odata.id": pulumi.interpolate`${origin}/v1.0/directoryObjects/${users.get(member)?.id ?? ""}`,
        },
      });
    }
  }
}

const stack = await LocalWorkspace.createOrSelectStack(
  { stackName: "plain", projectName: "plain", program: declare },
  {
    workDir: join(folder, "project"),
    pulumiHome: join(folder, "home"),
    secretsProvider: "passphrase",
    pulumiCommand: await PulumiCommand.get({ root: environment.enginePath }),
    projectSettings: { name: "plain", runtime: "nodejs" },
    envVars: {
      PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
      PULUMI_CONFIG_PASSPHRASE: "plain",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  },
);
const { changeSummary } =
  process.argv[2] === "up"
    ? await stack.up().then(({ summary }) => ({ changeSummary: summary.resourceChanges }))
    : await stack.preview();
process.stdout.write(JSON.stringify(changeSummary ?? {}));
