/** A believable Dutch company of any size, the same for the same seed; for tests, demos and benchmarks. */
import type { TenantSeed } from "./core/tenant-seed.ts";
import { fraction, guidFrom } from "./core/random.ts";

export interface SampleOptions {
  /** Number of people. */
  people: number;
  seed?: number;
  clientId: string;
  clientSecret: string;
  /** Of the same application; SharePoint takes no secret. */
  certificatePem?: string;
}

export interface SamplePerson {
  displayName: string;
  givenName: string;
  surname: string;
  userPrincipalName: string;
  mailNickname: string;
  jobTitle: string;
  department: string;
  usageLocation: string;
  city: string;
  mobilePhone: string | null;
  accountEnabled: boolean;
  /** Part number of the licence, undefined for those without. */
  license: string | undefined;
  /** Registered a second way to sign in. */
  hasSecondStep: boolean;
  /** Mail address outside to which an inbox rule sends everything on. */
  forwardsTo: string | undefined;
  /** User principal name. */
  manager: string | undefined;
}

export interface SampleGroup {
  displayName: string;
  mailNickname: string;
  type: "security" | "microsoft365";
  /** User principal names. */
  owners: string[];
  members: string[];
}

export interface SampleSite {
  /** Below the host, such as `/sites/archief`. */
  path: string;
  title: string;
  /** User principal name. */
  owner: string;
  /** Mail nicknames of groups that may read it. */
  readers: string[];
}

export interface SampleTenant {
  seed: TenantSeed;
  people: SamplePerson[];
  groups: SampleGroup[];
  sites: SampleSite[];
}

const GIVEN_NAMES =
  "Anna Bram Carlijn Daan Eva Femke Gijs Hanna Iris Jan Kim Lars Maud Niels Olga Pieter Quinten Roos Sanne Thijs Ursula Vera Wout Yara Zoë Ahmed Fatima José Müge Søren".split(
    " ",
  );
const SURNAMES =
  "de Vries|Jansen|van den Berg|Bakker|Visser|Smit|Meijer|de Boer|Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|van der Meer|Kok|Jacobs|Vermeulen|van Dam|Yılmaz|El Amrani|García|Nguyễn|O'Brien".split(
    "|",
  );
const DEPARTMENTS = [
  { name: "Directie", share: 0.03, titles: ["Directeur", "Directiesecretaris"] },
  {
    name: "Finance",
    share: 0.1,
    titles: ["Controller", "Boekhouder", "Crediteurenadministrateur"],
  },
  { name: "Verkoop", share: 0.22, titles: ["Accountmanager", "Verkoper binnendienst"] },
  { name: "Productie", share: 0.35, titles: ["Operator", "Teamleider", "Planner"] },
  { name: "IT", share: 0.06, titles: ["Systeembeheerder", "Servicedeskmedewerker"] },
  { name: "HR", share: 0.05, titles: ["HR-adviseur", "Recruiter"] },
  { name: "Logistiek", share: 0.19, titles: ["Magazijnmedewerker", "Transportplanner"] },
] as const;
const CITIES = ["Utrecht", "Amersfoort", "Eindhoven", "Antwerpen"];
const DOMAIN = "voorbeeldbv.nl";
const INITIAL_DOMAIN = "voorbeeldbv.onmicrosoft.com";
const TEAM_SIZE = 8;

/** Letters, digits and dots of a name, for addresses. */
function addressPart(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll("ı", "i")
    .replaceAll("ø", "o")
    .replaceAll(/[^A-Za-z0-9]+/g, "")
    .toLowerCase();
}

export function sampleTenant(options: SampleOptions): SampleTenant {
  const { people: count, seed = 1, clientId, clientSecret, certificatePem } = options;
  const pick = <T>(items: readonly T[], ...parts: (string | number)[]): T =>
    items[Math.floor(fraction(seed, ...parts) * items.length)] as T;
  const people: SamplePerson[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < count; index += 1) {
    const givenName = pick(GIVEN_NAMES, "given", index);
    const surname = pick(SURNAMES, "surname", index);
    const base = `${addressPart(givenName)}.${addressPart(surname)}`;
    const mailNickname = taken.has(base) ? `${base}${index}` : base;
    taken.add(mailNickname);
    const department = departmentOf(index / count);
    const chance = fraction(seed, "odd", index);
    people.push({
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      mailNickname,
      userPrincipalName: `${mailNickname}@${DOMAIN}`,
      jobTitle: pick(department.titles, "title", index),
      department: department.name,
      usageLocation: chance < 0.05 ? "BE" : "NL",
      city: pick(CITIES, "city", index),
      mobilePhone:
        chance < 0.6 ? `+31 6 ${String(10_000_000 + Math.floor(chance * 89_999_999))}` : null,
      // Leftovers: people who left and were only blocked, and accounts that never got a licence.
      accountEnabled: chance < 0.97,
      license: chance > 0.94 ? undefined : department.name === "Productie" ? "SPE_F1" : "SPB",
      hasSecondStep: fraction(seed, "second-step", index) < 0.85,
      forwardsTo: index % 40 === 7 ? `${mailNickname}@thuis.example` : undefined,
      manager:
        index < TEAM_SIZE
          ? people[0]?.userPrincipalName
          : people[Math.floor(index / TEAM_SIZE)]?.userPrincipalName,
    });
  }
  const licensed = (partNumber: string): number =>
    people.filter(({ license }) => license === partNumber).length;
  return {
    people,
    groups: groupsOf(people),
    sites: people.slice(0, 1).map(({ userPrincipalName: owner }) => ({
      ...{ path: "/sites/archief", title: "Archief", owner },
      readers: ["alle-medewerkers"],
    })),
    seed: {
      tenantId: guidFrom(seed, "sample-tenant", count),
      displayName: "Voorbeeld B.V.",
      initialDomain: INITIAL_DOMAIN,
      domains: [DOMAIN],
      subscribedSkus: [
        { skuPartNumber: "SPB", enabledUnits: licensed("SPB") + 2 },
        { skuPartNumber: "SPE_F1", enabledUnits: licensed("SPE_F1") + 1 },
        { skuPartNumber: "EXCHANGESTANDARD", enabledUnits: 5 },
        { skuPartNumber: "FLOW_FREE", enabledUnits: 10_000 },
      ],
      applications: [{ clientId, clientSecret, ...(certificatePem && { certificatePem }) }],
    },
  };
}

function departmentOf(position: number): (typeof DEPARTMENTS)[number] {
  let reached = 0;
  for (const department of DEPARTMENTS) {
    reached += department.share;
    if (position < reached) return department;
  }
  return DEPARTMENTS[3];
}

function groupsOf(people: readonly SamplePerson[]): SampleGroup[] {
  const active = people.filter(({ accountEnabled }) => accountEnabled);
  const upns = (chosen: readonly SamplePerson[]): string[] =>
    chosen.map((person) => person.userPrincipalName);
  const groups = DEPARTMENTS.map(({ name }): SampleGroup => {
    const members = active.filter(({ department }) => department === name);
    const mailNickname = addressPart(name);
    return {
      displayName: name,
      mailNickname,
      type: "microsoft365",
      owners: upns(members.slice(0, 1)),
      members: upns(members),
    };
  });
  return [
    ...groups.filter(({ members }) => members.length > 0),
    {
      displayName: "Alle medewerkers",
      mailNickname: "alle-medewerkers",
      type: "security",
      owners: upns(active.slice(0, 1)),
      members: upns(active),
    },
    // A leftover that nobody owns.
    {
      displayName: "Project 2019 (oud)",
      mailNickname: "project2019",
      type: "security",
      owners: [],
      members: upns(people.slice(-2)),
    },
  ];
}
