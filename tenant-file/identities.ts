/** Who the tenants of a folder are: what no two of them can share. */
import { ExpectedError } from "../core/expected-error.ts";
import { listTenants, readTenantFile } from "./files.ts";
import { readLeniently } from "./reading/lenient.ts";
import { readYaml } from "./reading/yaml-text.ts";

export interface TenantIdentity {
  /** Of the folder. */
  readonly name: string;
  readonly id: string | undefined;
  /** Its own domains and the initial one; what could not be understood is left out. */
  readonly domains: readonly string[];
}

/** The identities of all tenants; a file that cannot be read has none, and its own check says why. */
export async function readIdentities(stacksDirectory: string): Promise<TenantIdentity[]> {
  const names = await listTenants(stacksDirectory);
  return Promise.all(names.map((tenant) => readIdentity(stacksDirectory, tenant)));
}

async function readIdentity(stacksDirectory: string, name: string): Promise<TenantIdentity> {
  const yaml = readYaml(identifyingSections(await textOf(stacksDirectory, name)));
  const { tenant, domains: managed = [] } = "data" in yaml ? readLeniently(yaml.data) : {};
  const domains = [
    tenant?.initialDomain,
    ...(tenant?.domains ?? []),
    ...managed.map((domain) => domain?.name),
  ];
  return { name, id: tenant?.id, domains: domains.filter((domain) => domain !== undefined) };
}

async function textOf(stacksDirectory: string, tenant: string): Promise<string> {
  try {
    const file = await readTenantFile({ stacksDirectory, tenant });
    return "text" in file ? file.text : "";
  } catch (error) {
    if (error instanceof ExpectedError) return "";
    throw error;
  }
}

/** The lines of the two sections, so that two hundred files need not be parsed; everything where they are not found. */
function identifyingSections(text: string): string {
  const [tenant] = /^tenant:.*\n(?:(?:[ #].*)?\r?\n)*/m.exec(text) ?? [];
  const [domains = ""] = /^domains:.*\n(?:(?:[ #-].*)?\r?\n)*/m.exec(text) ?? [];
  return tenant === undefined ? text : `${tenant}${domains}`;
}
