/** What a program declares, without an engine: every registration as it would go to Pulumi. */
import pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import azuread from "@pulumi/azuread";
import type { Context } from "../../../components/component.ts";
import { PackageProvider } from "../../../provider/kit/pulumi-class.ts";
import { decode } from "../../../provider/kit/values.ts";

export interface Declared {
  readonly type: string;
  readonly name: string;
  /** Name of the component it belongs to; undefined at the top. */
  readonly parent: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs that go to the engine as secrets. */
  readonly secretInputs: readonly string[];
  /** Names of everything that must be there first. */
  readonly dependsOn: readonly string[];
  readonly ignoreChanges: readonly string[];
  /** Names by which the state may know it, too. */
  readonly aliases: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  /** Package whose explicit provider serves it; undefined for a default provider or a component. */
  readonly provider: string | undefined;
  readonly urn: string;
}

export const STACK = "contoso";

/** Output of a declared object as the mocked service gives it. */
export const objectIdOf = (name: string): string => `object of ${name}`;

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? urn;

/** What one component declares, and the providers that it was given. */
export const declaredIn = (component: (context: Context) => void): Promise<readonly Declared[]> =>
  declaredBy(() => {
    component({
      stack: STACK,
      unmanaged: { users: new Map(), groups: new Map() },
      providers: {
        m365: new PackageProvider("m365", { tenantId: "t" }),
        azuread: new azuread.Provider("azuread", { tenantId: "t" }),
      },
    });
  });

/** Runs the program and gives what it registered, in the order of their addresses. */
export async function declaredBy(program: () => void): Promise<readonly Declared[]> {
  const requests: RegisterResourceRequest[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ name, inputs }) => ({
        id: `id of ${name}`,
        state: { ...(inputs as object), objectId: objectIdOf(name), siteId: `site of ${name}` },
      }),
    },
    "tenantry",
    STACK,
  );
  record(requests);
  program();
  await pulumi.runtime.disconnect();
  const declared = requests.map(toDeclared);
  if (new Set(declared.map(({ urn }) => urn)).size !== declared.length) {
    throw new Error("Two resources were declared with one address");
  }
  return declared.sort((a, b) => a.urn.localeCompare(b.urn));
}

/** Keeps each request of the SDK before the mock answers it; the mocks themselves see only a part. */
function record(requests: RegisterResourceRequest[]): void {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    registerResource(request: RegisterResourceRequest, done: unknown): Promise<void>;
  };
  const answer = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, done) => {
    requests.push(request);
    await answer(request, done);
  };
}

function toDeclared(request: RegisterResourceRequest): Declared {
  const { values, secretKeys } = decode(request.getObject()?.toJavaScript() ?? {});
  const parent = request.getParent();
  const provider = request.getProvider();
  const own = request.getType();
  return {
    type: own,
    name: request.getName(),
    parent: parent === "" ? undefined : nameOf(parent),
    inputs: values,
    secretInputs: [...secretKeys],
    dependsOn: request.getDependenciesList().map(nameOf).sort(),
    ignoreChanges: request.getIgnorechangesList(),
    aliases: [
      ...request.getAliasesList().map((alias) => alias.getSpec()?.getName() ?? ""),
      ...request.getAliasurnsList().map(nameOf),
    ],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    provider: provider === "" ? undefined : nameOf(provider.slice(0, provider.lastIndexOf("::"))),
    urn: `${parent}$${own}::${request.getName()}`,
  };
}

/** The one resource with this name; two of a name and none are errors. */
export function named(declared: readonly Declared[], name: string): Declared {
  const found = declared.filter((entry) => entry.name === name);
  const [first] = found;
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} resources are named ${name}`);
  }
  return first;
}

/** Type, name and parent of everything but the providers. */
export const outline = (declared: readonly Declared[]): readonly string[] =>
  declared
    .filter(({ type }) => !type.startsWith("pulumi:providers:"))
    .map(({ type, name, parent }) => `${parent ?? "-"} > ${type} ${name}`);
