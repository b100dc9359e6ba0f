/** A tenant file for a company of any size; the same size gives the same file. */
import { stringify } from "yaml";

const DOMAIN = "company.example";
const DEPARTMENT_SIZE = 20;
const SITES = 10;
const SKU = "SPB";

interface CompanyPerson {
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly usageLocation: string;
  readonly licenses: readonly string[];
}

export interface Company {
  readonly tenantId: string;
  readonly initialDomain: string;
  readonly domain: string;
  readonly sku: string;
  readonly people: readonly CompanyPerson[];
  /** Everybody is in `everybody`, in a department and in a project. */
  readonly groups: readonly { readonly name: string; readonly members: readonly string[] }[];
  readonly sites: readonly { readonly path: string; readonly groups: readonly string[] }[];
}

export function company(size: number): Company {
  const people = Array.from({ length: size }, (_, at) => ({
    userPrincipalName: `person${at}@${DOMAIN}`,
    displayName: `Person ${at}`,
    jobTitle: `Job ${at % 7}`,
    department: departmentOf(at),
    usageLocation: "NL",
    licenses: [SKU],
  }));
  const departments = new Set(people.map(({ department }) => department));
  const namesOf = (isIn: (at: number) => boolean): string[] =>
    people.filter((_, at) => isIn(at)).map(({ userPrincipalName }) => userPrincipalName);
  const projects = Math.ceil(size / DEPARTMENT_SIZE);
  const groups = [
    { name: "everybody", members: namesOf(() => true) },
    ...[...departments].map((name) => ({
      name,
      members: namesOf((at) => departmentOf(at) === name),
    })),
    ...Array.from({ length: projects }, (_, project) => ({
      name: `project${project}`,
      members: namesOf((at) => at % projects === project),
    })),
  ];
  const sites = Array.from({ length: SITES }, (_, at) => ({
    path: `/sites/site${at}`,
    groups: groups.slice(0, 1 + (at % 5)).map(({ name }) => name),
  }));
  return {
    tenantId: "5b1c0c6e-7a4d-4f0e-9c55-2d8f3a6b9e10",
    initialDomain: "company.onmicrosoft.com",
    domain: DOMAIN,
    sku: SKU,
    people,
    groups,
    sites,
  };
}

const departmentOf = (at: number): string => `department${Math.floor(at / DEPARTMENT_SIZE)}`;

export function tenantFile({ people, groups, sites, ...company }: Company): string {
  const [first] = people;
  return stringify({
    version: 1,
    tenant: {
      id: company.tenantId,
      displayName: "Company",
      initialDomain: company.initialDomain,
      domains: [company.domain],
      language: "nl",
      country: "NL",
    },
    managedBy: { name: "Provider", domains: ["provider.example"] },
    contract: { start: "2026-01-01", end: "2028-12-31", serviceLevel: "brons" },
    approval: { decisionMakers: [{ name: "Person 0", email: first?.userPrincipalName }] },
    backup: {
      vendor: "veeam",
      location: { name: "Elsewhere", country: "NL" },
      operator: "Vault",
      covers: { mailboxes: "all", sites: "all" },
      retention: { until: "contract-end" },
      keyHeldBy: "Provider",
    },
    subscriptions: [{ sku: company.sku, term: "monthly", count: people.length }],
    users: people,
    groups: groups.map((group) => ({ ...group, displayName: group.name, type: "security" })),
    sites: sites.map(({ path, groups: readers }) => ({
      url: path,
      title: path.slice("/sites/".length),
      owner: first?.userPrincipalName,
      permissions: readers.map((group) => ({ group, role: "read" })),
    })),
  });
}
