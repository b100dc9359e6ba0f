/**
 * What can be seen of a step of a migration from here, before somebody's word is taken that it is done: the tenant and
 * DNS are asked. Most steps only people can see.
 */
import { expectedFailure, reasonIn } from "../core/expected-error.ts";
import type { Text } from "../core/language.ts";
import type { MigrationFacts } from "../engine/index.ts";
import type { Progress, Step } from "../migration/index.ts";
import { checkRecord } from "./dns/compare.ts";
import type { OperationContext } from "./ports.ts";

/** What is otherwise, none where all is as it should be; or why nobody could look, without a full stop. */
export type Seen = { readonly otherwise: readonly Text[] } | { readonly notLooked: string };

interface Look {
  readonly context: OperationContext;
  readonly progress: Progress;
  /** Place of the person or the domain in the migration file. */
  readonly index: number;
}

/** By the first part of the step's name. */
const LOOKS: Readonly<Record<string, (look: Look) => Promise<Seen>>> = {
  "dns-access": seenOfHolder,
  ttl: seenOfTtl,
  switch: seenInDns,
  name: seenOfName,
  device: seenOfDevice,
  "second-step": seenOfSecondStep,
};

/** Undefined for what nobody can see from here. */
export async function lookAtStep(
  context: OperationContext,
  progress: Progress,
  { id, path }: Step,
): Promise<Seen | undefined> {
  const [kind = ""] = id.split(":", 1);
  const [, index] = path;
  const look = Object.hasOwn(LOOKS, kind) ? LOOKS[kind] : undefined;
  if (look === undefined || typeof index !== "number") return undefined;
  try {
    return await look({ context, progress, index });
  } catch (error) {
    const failure = expectedFailure(error);
    if (failure === undefined || context.signal.aborted) throw error;
    return { notLooked: reasonIn(failure) };
  }
}

const domainOf = ({ progress: { migration }, index }: Look): string =>
  migration.domains[index]?.name ?? "";

/** Found a week before the day, not on it. */
function seenOfHolder(look: Look): Promise<Seen> {
  const name = domainOf(look);
  return factsOf(look, async (facts) => {
    const holder = await facts.holderOf(name);
    if (!("found" in holder)) return { notLooked: holder.reason };
    const { tenantId, displayName } = holder.found ?? {};
    const isFree = tenantId === undefined || tenantId === look.progress.tenant.tenant.id;
    return {
      otherwise: isFree
        ? []
        : [
            {
              nl: `${name} zit in een andere tenant (${displayName ?? ""})`,
              en: `${name} is held by another tenant (${displayName ?? ""})`,
            },
          ],
    };
  });
}

/** Seconds, as the step asks for. */
const MOST_TTL = 3600;

async function seenOfTtl(look: Look): Promise<Seen> {
  const name = domainOf(look);
  const answer = await look.context.readTtl(name);
  if ("unreachable" in answer) return { notLooked: `the name servers: ${answer.unreachable}` };
  const { seconds } = answer;
  return {
    otherwise:
      seconds <= MOST_TTL
        ? []
        : [
            {
              nl: `De nameservers van ${name} geven ${seconds} seconden`,
              en: `The name servers of ${name} give ${seconds} seconds`,
            },
          ],
  };
}

async function seenInDns(look: Look): Promise<Seen> {
  const { context, progress } = look;
  const { tenant } = progress;
  const name = domainOf(look);
  const [domain] = await context.readDns({ tenant, domains: [name], signal: context.signal });
  const wanted = domain?.records.filter(({ purpose }) => purpose === "mail") ?? [];
  if (wanted.length === 0) return { notLooked: `Microsoft names no MX record for ${name}` };
  const lookUp = context.openDns([]);
  const checked = await Promise.all(wanted.map((record) => checkRecord(record, lookUp)));
  const blind = checked.find(({ state }) => state === "not-looked");
  if (blind !== undefined) return { notLooked: "no DNS server answered" };
  return {
    otherwise: checked
      .filter(({ state }) => state !== "right")
      .map(({ value, found }) => ({
        nl: `Het MX-record van ${name} is ${found.join(", ") || "er niet"}, niet ${value}`,
        en: `The MX record of ${name} is ${found.join(", ") || "missing"}, not ${value}`,
      })),
  };
}

const factsOf = async (
  { context, progress: { tenant } }: Look,
  use: (facts: MigrationFacts) => Promise<Seen>,
): Promise<Seen> => await context.readMigrationFacts({ tenant, signal: context.signal }, use);

function seenOfName(look: Look): Promise<Seen> {
  const { user = "", oldAddress = "" } = look.progress.migration.people[look.index] ?? {};
  return factsOf(look, async (facts) => {
    const person = await facts.person(user);
    if (person === undefined) {
      return { otherwise: [{ nl: `${user} bestaat niet`, en: `${user} does not exist` }] };
    }
    const { mail, aliases } = person;
    return {
      otherwise: [
        ...(mail === user.toLowerCase()
          ? []
          : [
              {
                nl: `Het hoofdadres van ${user} is ${mail ?? "er niet"}`,
                en: `The primary address of ${user} is ${mail ?? "missing"}`,
              },
            ]),
        ...(aliases.includes(oldAddress.toLowerCase())
          ? []
          : [
              {
                nl: `${oldAddress} is geen alias van ${user}`,
                en: `${oldAddress} is no alias of ${user}`,
              },
            ]),
      ],
    };
  });
}

function seenOfDevice(look: Look): Promise<Seen> {
  const { user = "", device } = look.progress.migration.people[look.index] ?? {};
  const name = device?.name ?? "";
  return factsOf(look, async (facts) => {
    const devices = await facts.devices(name);
    if (!("found" in devices)) return { notLooked: devices.reason };
    const own = devices.found.find(({ owners }) => owners.includes(user.toLowerCase()));
    if (own === undefined) {
      return {
        otherwise: [
          devices.found.length === 0
            ? { nl: `${name} staat niet in Microsoft 365`, en: `${name} is not in Microsoft 365` }
            : {
                nl: `${name} staat niet op naam van ${user}`,
                en: `${name} is not in the name of ${user}`,
              },
        ],
      };
    }
    return {
      otherwise: [
        ...(own.isJoined
          ? []
          : [
              {
                nl: `${name} is alleen geregistreerd, niet gekoppeld`,
                en: `${name} is registered only, not joined`,
              },
            ]),
        ...(own.isCompliant
          ? []
          : [{ nl: `${name} voldoet niet aan de regels`, en: `${name} is not compliant` }]),
      ],
    };
  });
}

function seenOfSecondStep(look: Look): Promise<Seen> {
  const { user = "" } = look.progress.migration.people[look.index] ?? {};
  return factsOf(look, async (facts) => {
    const has = await facts.hasSecondStep(user);
    if (!("found" in has)) return { notLooked: has.reason };
    return {
      otherwise: has.found
        ? []
        : [
            {
              nl: `${user} heeft nog geen tweede stap geregistreerd; Microsofts overzicht loopt enkele uren achter`,
              en: `${user} has registered no second step yet; Microsoft's report is some hours behind`,
            },
          ],
    };
  });
}
