/** A firm with something of every noun, applied to the emulator, and looked at again as `status` does it. */
import type { AcceptedDeviations } from "../../../engine/deviations.ts";
import type { Drift } from "../../../plan/index.ts";
import { differences } from "../../../plan/build/differences.ts";
import { definitionOf } from "../../../provider/catalogue.ts";
import { grain } from "../../../provider/live.ts";
import { readingContext } from "../../../provider/kit/connection.ts";
import { create, diff, read } from "../../../provider/kit/lifecycle.ts";
import type { Properties } from "../../../provider/kit/values.ts";
import type { KeptRelations, Microsoft365, RelationMemory } from "../../../services/index.ts";
import type { Tenant } from "../../../tenant-file/tenant-schema.ts";
import { tenantOf } from "../../tenant-file/contoso.ts";
import type { TestEmulator } from "../../emulator/support/emulator.ts";
import { resourcesOf } from "./program-run.ts";
import { clientOf, emptyTenant } from "./random-tenant.ts";

export const DOMAIN = "contoso.com";
export const ANNA = `anna@${DOMAIN}`;
export const BRAM = `bram@${DOMAIN}`;
export const CARLA = `carla@${DOMAIN}`;
export const HOST = "contoso.sharepoint.com";
export const INFO = `info@${DOMAIN}`;
export const SITE = "/sites/archief";

export const FILE = `
version: 1
tenant:
  id: 11111111-2222-4333-8444-555555555555
  displayName: Contoso
  initialDomain: contoso.onmicrosoft.com
  domains: [${DOMAIN}]
  language: nl
  country: NL
  emergencyAccounts: [nood@${DOMAIN}]
  sharingCapability: ExternalUserSharingOnly
  deletedUserPersonalSiteRetentionPeriodInDays: 180
managedBy: { name: Voorbeeld Beheer, domains: [beheer.example] }
contract: { start: 2026-01-01, end: 2028-12-31, serviceLevel: bronze }
approval: { decisionMakers: [{ name: Anna, email: ${ANNA} }], required: 1 }
subscriptions: [{ sku: SPB, term: monthly, count: 50 }]
users:
  - userPrincipalName: ${ANNA}
    displayName: Anna
    jobTitle: Vennoot
    department: Directie
    mobilePhone: "+31 6 5550 0101"
    businessPhones: ["+31 20 555 0101"]
    usageLocation: NL
    accountEnabled: true
    licenses: [SPB]
    aliases: [a@${DOMAIN}, directie@${DOMAIN}]
    mailbox:
      fullAccess: [{ user: ${BRAM} }]
      sendAs: [{ user: ${BRAM} }]
      sendOnBehalf: [{ user: ${BRAM} }]
      calendar: [{ user: ${BRAM}, role: read }]
      forwardTo: [anna@home.example]
      deliverToMailboxAndForward: true
      litigationHoldEnabled: true
      automaticReplies:
        status: alwaysEnabled
        internalReplyMessage: "Weg.\\nBel Bram."
        externalReplyMessage: Weg
        externalAudience: all
      language: nl-NL
      timeZone: Europe/Amsterdam
  - userPrincipalName: ${BRAM}
    displayName: Bram
    manager: ${ANNA}
    usageLocation: NL
    licenses: [SPB]
    disabledPlans: [YAMMER_ENTERPRISE]
  - userPrincipalName: ${CARLA}
    displayName: Carla
    jobTitle: Stagiair
    accountEnabled: false
  - userPrincipalName: nood@${DOMAIN}
    displayName: Nood
guests:
  - email: gast@elders.example
    displayName: Gast
    sponsors: [${ANNA}]
    until: 2027-06-30
groups:
  - name: team
    displayName: Team
    type: security
    description: Het team
    owners: [${ANNA}, ${BRAM}]
    members: [${ANNA}, ${BRAM}, gast@elders.example]
    memberGroups: [finance]
  - name: finance
    displayName: Finance
    type: security
    members: [${CARLA}]
    licenses: []
  - name: kantoor
    displayName: Kantoor
    type: microsoft365
    owners: [${ANNA}]
    members: [${ANNA}, ${BRAM}]
    hideFromAddressLists: true
    senders: anyone
  - name: directie-rule
    displayName: Directie
    type: security
    membershipRule: user.department -eq "Directie"
  - name: verkoop
    displayName: Verkoop
    type: distribution
    owners: [${ANNA}]
    members: [${ANNA}, ${BRAM}]
    aliases: [sales@${DOMAIN}]
    senders: [${ANNA}]
mailboxes:
  - address: ${INFO}
    displayName: Info
    aliases: [contact@${DOMAIN}]
    fullAccess: [{ user: ${ANNA} }, { user: ${BRAM}, automapping: false }]
    sendAs: [{ user: ${ANNA} }]
    sendOnBehalf: [{ user: ${BRAM} }]
    calendar: [{ user: ${BRAM}, role: write }]
sites:
  - url: ${SITE}
    title: Archief
    owner: ${ANNA}
    sharingCapability: Disabled
    permissions: [{ group: team, role: edit }, { user: ${BRAM}, role: read }]
    libraries: [{ name: Bestuur, permissions: [{ user: ${ANNA}, role: edit }] }]
roles:
  - role: User Administrator
    users: [{ user: ${BRAM} }]
signInSecurity:
  twoStepForEveryone: on
  trustedCountries:
    stage: reportOnly
    countries: [NL, BE]
    unknownAddresses: allowed
`;

interface Held {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly state: Properties;
}

export interface WatchedFirm {
  readonly emulator: TestEmulator;
  /** Of somebody else in the tenant. */
  readonly service: Microsoft365;
  /** What differs now of everything that was applied. */
  readonly drift: (from?: Expected) => Promise<readonly Drift[]>;
  /** The same as "name: path" or "name: gone", sorted. */
  readonly look: (from?: Expected) => Promise<readonly string[]>;
  /** Object id of what was applied under this name. */
  readonly idOf: (name: string) => string;
}

interface Expected {
  /** In place of what was applied: what this file says. */
  readonly tenant?: Tenant;
  readonly accepted?: AcceptedDeviations | undefined;
}

export async function watchedFirm(): Promise<WatchedFirm> {
  const emulator = await emptyTenant();
  const service = await clientOf(emulator);
  const held: Held[] = [];
  await resourcesOf(tenantOf(FILE), async (definition, { type, name, inputs }) => {
    const context = readingContext({ service, backupCredentials: undefined });
    const made = await create(definition, context, { inputs });
    held.push({ type, name, inputs, ...made });
    return made;
  });
  const relations = memory();
  const drift: WatchedFirm["drift"] = async ({ tenant, accepted } = {}) => {
    const wanted = tenant === undefined ? held : await declaredNow(held, tenant);
    const reader = inAnyForm(await clientOf(emulator, { relations }));
    const first = await differing(wanted, { service: reader, accepted });
    // What delta queries say late is looked up in the lists, as the engine does it.
    const isCertain = first.length === 0 || !reader.graph.distrustRelations();
    return isCertain ? first : await differing(wanted, { service: reader, accepted });
  };
  return {
    ...{ emulator, service, drift },
    idOf: (name) => String(held.find((one) => one.name === name)?.state.objectId),
    look: async (from) => {
      const found = await drift(from);
      const lines = found.flatMap(({ kind, name, properties }) =>
        kind === "gone" ? [`${name}: gone`] : properties.map(({ path }) => `${name}: ${path}`),
      );
      return lines.toSorted();
    },
  };
}

/** The same objects, as another file has them. */
async function declaredNow(held: readonly Held[], tenant: Tenant): Promise<readonly Held[]> {
  const now: Held[] = [];
  await resourcesOf(tenant, async (_definition, { type, name, inputs }) => {
    const known = held.find((one) => one.type === type && one.name === name);
    if (known === undefined) throw new Error(`${name} was not applied`);
    now.push({ ...known, inputs });
    return known;
  });
  return now;
}

async function differing(
  held: readonly Held[],
  {
    service,
    accepted,
  }: { readonly service: Microsoft365; readonly accepted: Expected["accepted"] },
): Promise<readonly Drift[]> {
  const context = readingContext({ service, backupCredentials: undefined });
  const found = await Promise.all(
    held.map(async ({ type, name, id, inputs }): Promise<Drift[]> => {
      const definition = definitionOf(type);
      if (definition === undefined) throw new Error(type);
      const urn = `urn:pulumi:contoso::tenantry::${type}::${name}`;
      const one = { urn, id, type, name, section: "other", description: NOTHING } as const;
      const acceptances = accepted?.of(urn) ?? [];
      const now = await read(definition, context, { id, oldInputs: inputs, acceptances });
      if (now === undefined) return [{ ...one, kind: "gone", properties: [] }];
      // The engine asks the definition which way back there is, and tells of an object only where there is one.
      const back = { oldInputs: now.inputs, oldOutputs: now.state, news: inputs };
      const { paths } = diff(definition, { ...back, ignoreChanges: [] });
      const of = { type, grain };
      const properties = differences(plain(inputs), plain(now.inputs), of);
      return paths.size === 0 ? [] : [{ ...one, kind: "changed", properties }];
    }),
  );
  return found.flat();
}

const NOTHING = { nl: "", en: "" };

/** As a state keeps it. */
const plain = (values: Properties) =>
  JSON.parse(JSON.stringify(values)) as Parameters<typeof differences>[0];

function memory(): RelationMemory {
  let kept: KeptRelations | undefined;
  return {
    load: async () => kept,
    save: async (relations) => {
      kept = relations;
    },
  };
}

/** Answers as no service promises not to give them: lists in another order, and properties that nobody has asked for. */
function inAnyForm(service: Microsoft365): Microsoft365 {
  const answering = <C extends object>(client: C): C =>
    new Proxy(client, {
      get: (target, name) => {
        const own: unknown = Reflect.get(target, name);
        if (typeof own !== "function") return own;
        const call = own.bind(target) as (...given: unknown[]) => unknown;
        if (!READING.has(String(name))) return call;
        return async (...given: unknown[]) => otherwise(await call(...given));
      },
    });
  return {
    ...service,
    graph: answering(service.graph),
    exchange: answering(service.exchange),
    sharePoint: (host) => answering(service.sharePoint(host)),
  };
}

const READING = new Set(["get", "tryGet", "all", "allOf", "tryGetOneOf", "tryRelated", "invoke"]);

function otherwise(value: unknown): unknown {
  if (Array.isArray(value)) return value.toReversed().map(otherwise);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, otherwise(one)] as const);
  return { ...Object.fromEntries(entries), newSinceToday: { "@odata.etag": "W/1", of: [1] } };
}
