/**
 * A domain of the customer: added, verified by a TXT record that only its owner can set, used, removed. Where the
 * record is not there yet, Microsoft is asked again for twenty seconds, in which everything that does not wait for the
 * domain goes on; then the apply ends, and the next one asks again.
 * @see https://learn.microsoft.com/graph/api/resources/domain (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/domain-verify (v1.0, checked 2026-11-27)
 * @see https://learn.microsoft.com/graph/api/domain-delete (v1.0, checked 2026-11-27)
 * Not verified: the status and words with which Graph refuses a domain of another tenant or a record that is missing.
 * So its own words are passed on, and no decision hangs on them.
 */
import { z } from "zod";
import { isRequestError, odata } from "../../services/index.ts";
import type { GraphRequestError } from "../../services/index.ts";
import { defineResource } from "../kit/define.ts";
import type { Observed, ResourceContext } from "../kit/define.ts";
import { RefusedError } from "../kit/refusal.ts";
import { domain as domainName, setOf } from "../kit/zod-shapes.ts";
import { describeDomain } from "./describe-domain.ts";
import { inUse, referencesTo } from "./domain-use.ts";

/** Graph lists further services of a domain and neither adds nor takes them away: they stay as they are. */
const OURS = /^(?:Email|OfficeCommunicationsOnline|Yammer)$/;

const inputs = z.strictObject({
  name: domainName.describe("The domain, such as contoso.com."),
  isVerified: z.boolean().describe("Whether it has to be verified; false only adds it."),
  supportedServices: setOf(
    z.string().regex(OURS, "must be Email, OfficeCommunicationsOnline or Yammer"),
  )
    .optional()
    .describe("What the domain is used for."),
  isDefault: z
    .boolean()
    .optional()
    .describe("New accounts and groups get it. Only another default domain takes that away."),
});

const outputs = z.object({
  authenticationType: z
    .string()
    .describe("Managed: people sign in at Microsoft. Federated: at another service."),
  verificationText: z.string().optional().describe("Text of the TXT record that verifies it."),
});

type Inputs = z.output<typeof inputs>;
type Outputs = z.output<typeof outputs>;

interface GraphDomain {
  readonly id: string;
  readonly authenticationType: string | null;
  readonly isDefault: boolean;
  readonly isVerified: boolean;
  readonly supportedServices: readonly string[];
}

const SELECT = "$select=id,authenticationType,isDefault,isVerified,supportedServices";
/** Whoever has set the record just now should not have to apply twice. */
const VERIFY_FOR_MS = 20_000;
/** Until replicas know of what was written. */
const REPLICAS_MS = 60_000;

const pathOf = (name: string): string => odata`/domains/${name}`;

async function find(
  { service: { graph } }: ResourceContext,
  name: string,
): Promise<GraphDomain | undefined> {
  return await graph.tryGet<GraphDomain>(`${pathOf(name)}?${SELECT}`);
}

const observed = (found: GraphDomain): Observed<Inputs, Outputs> => ({
  id: found.id.toLowerCase(),
  inputs: {
    name: found.id.toLowerCase(),
    isVerified: found.isVerified,
    supportedServices: inputs.shape.supportedServices.parse(
      found.supportedServices.filter((service) => OURS.test(service)),
    ),
    isDefault: found.isDefault,
  },
  outputs: { authenticationType: found.authenticationType ?? "Managed" },
});

export const domain = defineResource({
  token: "m365:directory:Domain",
  summary: "A domain of the customer, added to the tenant and verified.",
  inputs,
  outputs,
  permissions: { read: ["Domain.Read.All"], write: ["Domain.ReadWrite.All"] },
  sources: [
    { url: "https://learn.microsoft.com/graph/api/resources/domain", checked: "2026-11-27" },
    { url: "https://learn.microsoft.com/graph/api/domain-verify", checked: "2026-11-27" },
    { url: "https://learn.microsoft.com/graph/api/domain-update", checked: "2026-11-27" },
    { url: "https://learn.microsoft.com/graph/api/domain-delete", checked: "2026-11-27" },
  ],
  replaceOn: ["name"],

  async read(context, { id }) {
    const found = await find(context, id);
    return found && observed(found);
  },

  async reconcile(context, { wanted, declared }) {
    const { name } = wanted;
    let found = (await find(context, name)) ?? (await add(context, name));
    const { id, outputs: known } = observed(found);
    context.created(id, known);
    const text = await verificationText(context, name);
    context.created(id, { ...known, verificationText: text });
    if (wanted.isVerified && !found.isVerified) found = await verify(context, { name, text });
    const others = found.supportedServices.filter((service) => !OURS.test(service));
    // What nobody declared may be another by now: a domain gets services when it is verified.
    const services = declared.supportedServices && [...others, ...(wanted.supportedServices ?? [])];
    const changes = {
      ...(services === undefined || isSameSet(services, found.supportedServices)
        ? {}
        : { supportedServices: services }),
      ...(declared.isDefault !== true || found.isDefault ? {} : { isDefault: true }),
    };
    if (Object.keys(changes).length > 0) await context.service.graph.patch(pathOf(name), changes);
    return { id, outputs: { ...known, verificationText: text } };
  },

  async remove(context, { id }) {
    const references = await referencesTo(context.service, id);
    if (references.length > 0) throw new RefusedError(inUse(id, references));
    await context.service.graph.tryDelete(pathOf(id));
  },

  describe: describeDomain,
});

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item) => other.includes(item));

/** A domain that the tenant has already is the one that is meant: no two tenants have one of the same name. */
async function add(context: ResourceContext, name: string): Promise<GraphDomain> {
  const { graph } = context.service;
  try {
    return await graph.post<GraphDomain>(
      "/domains",
      { id: name },
      { find: () => find(context, name), mayBeDone: context.begunAt !== undefined },
    );
  } catch (error) {
    if (!isRequestError(error, "already-exists")) throw error;
    throw new RefusedError({
      code: "domain-elsewhere",
      message: `${name} was not added: another tenant has it${wordsOf(error)}`,
      hint: "Have it removed there first: an old trial, a former provider, or a tenant that somebody made by signing up.",
      cause: error,
    });
  }
}

const wordsOf = ({ serviceMessage }: GraphRequestError): string =>
  serviceMessage === undefined ? "" : ` (Microsoft: ${serviceMessage})`;

interface DnsRecord {
  readonly recordType: string;
  readonly text?: string | null;
}

async function verificationText({ service }: ResourceContext, name: string): Promise<string> {
  const path = `${pathOf(name)}/verificationDnsRecords`;
  const found = await service.graph.get<{ value: readonly DnsRecord[] }>(path, {
    justCreated: true,
  });
  const text = found.value.find(({ recordType }) => recordType.toLowerCase() === "txt")?.text;
  if (typeof text !== "string") throw new Error(`Graph has no TXT record that verifies ${name}`);
  return text;
}

/** @throws RefusedError `domain-not-verified` with the record that Microsoft did not find */
async function verify(
  context: ResourceContext,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<GraphDomain> {
  const { service, signal } = context;
  let refusal: GraphRequestError | undefined;
  const ask = async (): Promise<boolean | undefined> => {
    try {
      await service.graph.post(`${pathOf(name)}/verify`, undefined, {
        justCreated: true,
        idempotent: true,
      });
      return true;
    } catch (error) {
      if (!isRequestError(error, "bad-request", "already-exists", "conflict")) throw error;
      refusal = error;
      // Verified already: an earlier request arrived whose answer was lost.
      return (await find(context, name))?.isVerified === true ? true : undefined;
    }
  };
  const see = async (): Promise<GraphDomain | undefined> => {
    const found = await find(context, name);
    return found?.isVerified === true ? found : undefined;
  };
  try {
    await service.waitUntil(ask, {
      what: `the TXT record of ${name}`,
      deadlineMs: VERIFY_FOR_MS,
      signal,
    });
  } catch (error) {
    if (!isRequestError(error, "deadline-exceeded") || refusal === undefined) throw error;
    throw new RefusedError({
      code: "domain-not-verified",
      message: `${name} is added and not verified yet: Microsoft does not find the TXT record ${text} of ${name}${wordsOf(refusal)}`,
      hint: `Have a TXT record with the value ${text} set for ${name} itself (host @) where its DNS is managed, then apply again.`,
      cause: refusal,
    });
  }
  const wait = { what: `${name} to be verified`, deadlineMs: REPLICAS_MS, signal };
  return await service.waitUntil(see, wait);
}
