/**
 * The devices of somebody who decides: one more is offered to the person in the portal, answered on that device, and
 * registered by a registration that the present device signs. With several decision makers others may have to sign too.
 */
import { DAY_MS } from "../core/calendar.ts";
import { devicesOf, keyId, peopleOf, whoMayApprove } from "../approval/index.ts";
import type { AuthorityFacts, Enrolment, RecordedOf, VerifiedRecord } from "../approval/index.ts";
import { decisionDiffers } from "./decide-by-passkey.ts";
import type { PasskeyHolder } from "./decide-by-passkey.ts";
import { enrolments, makeOffer } from "./enrolments.ts";
import type { NewOffer } from "./enrolments.ts";
import { customerOf, planStore } from "./plan-store.ts";
import { openLedger } from "./records.ts";
import type { RecordPorts } from "./records.ts";
import { unsignedRegistration } from "./register-approvers.ts";
import { proposeRegistration } from "./registrations.ts";

const REGISTER_WITHIN_MS = 7 * DAY_MS;

type Keys = Pick<AuthorityFacts["decisionMakers"][number], "publicKey" | "passkey" | "spares">;

/** One device, for people. */
interface Device {
  readonly keyId: string;
  readonly isManaged: boolean;
}

export interface OwnDevices {
  readonly registered: readonly Device[];
  /** Answered an offer of this person and waits to be registered; with the offer's id. */
  readonly enrolled: readonly (Device & { readonly offer: string })[];
}

interface Asked {
  readonly stack: string;
  readonly holder: PasskeyHolder;
}

export async function ownDevices(
  ports: RecordPorts,
  { stack, holder }: Asked,
): Promise<OwnDevices> {
  const { record } = await openLedger(ports, stack);
  const registered = personOf(inForce(record, ports.now()), holder.email).flatMap(devicesOf);
  const spares = await sparesOf(ports, { stack, holder, record });
  return {
    registered: registered.map(({ publicKey, passkey }) => ({
      ...{ keyId: keyId(publicKey), isManaged: passkey?.isManaged ?? false },
    })),
    enrolled: spares.map(({ publicKey, passkey, offer }) => ({
      ...{ keyId: keyId(publicKey), isManaged: passkey.isManaged, offer },
    })),
  };
}

/** Who decides today; undefined: nobody yet. */
export async function authorityInForce(
  ports: RecordPorts,
  stack: string,
): Promise<AuthorityFacts | undefined> {
  const { record } = await openLedger(ports, stack);
  const id = whoMayApprove(record, ports.now())?.registration;
  return record.registrations.find((one) => one.id === id)?.predicate.authority;
}

/** A link and a code for one more device. They go by this page, which only its holder reads. */
export async function offerDevice(
  ports: RecordPorts,
  { stack, holder }: Asked,
): Promise<NewOffer & { readonly path: string }> {
  const { email, name } = holder;
  const { company, language } = await customerOf(planStore(ports, stack), stack);
  const offer = await makeOffer(ports, stack, { email, name, company, language, spare: true });
  return { ...offer, path: `/portal/${stack}/enrol/${offer.token}` };
}

/**
 * Drafts the registration with one device more or less, for the portal.
 * @returns its id @throws ExpectedError `decision-differs` where there is no such device, or it is the last one
 */
export async function proposeDevices(
  ports: RecordPorts,
  asked: Asked & { readonly change: { readonly add: string } | { readonly remove: string } },
): Promise<string> {
  const { stack, holder, change } = asked;
  const { record } = await openLedger(ports, stack);
  const { authority, tenantId } = inForce(record, ports.now()).predicate;
  const spares = await sparesOf(ports, { stack, holder, record });
  const keysAfter = (person: Keys): Keys => {
    const { publicKey, passkey, spares: others = [] } = person;
    const held = passkey === undefined ? others : [{ publicKey, passkey }, ...others];
    const [first, ...left] =
      "add" in change
        ? [...held, ...spares.filter(({ offer }) => offer === change.add).map(keysOf)]
        : held.filter((one) => keyId(one.publicKey) !== change.remove);
    if (first === undefined || left.length + 1 === held.length) throw decisionDiffers();
    return { ...first, ...(left.length > 0 && { spares: left }) };
  };
  const isOwn = ({ email }: { readonly email: string }): boolean => email === holder.email;
  const next: AuthorityFacts = {
    decisionMakers: authority.decisionMakers.map((one) =>
      isOwn(one) ? { name: one.name, email: one.email, ...keysAfter(one) } : one,
    ),
    deputies: authority.deputies.map((one) => {
      const { name, email, deputyFor, from, until } = one;
      return isOwn(one) ? { name, email, deputyFor, from, until, ...keysAfter(one) } : one;
    }),
    required: authority.required,
  };
  const about = { stack, tenantId, authority: next, now: ports.now() };
  return await proposeRegistration(ports, { stack, envelope: unsignedRegistration(record, about) });
}

const keysOf = ({ publicKey, passkey }: Enrolment) => ({ publicKey, passkey });

/** Those that this person enrolled lately and that were never registered. */
async function sparesOf(
  ports: RecordPorts,
  { stack, holder, record }: Asked & { readonly record: VerifiedRecord },
): Promise<readonly Enrolment[]> {
  const since = new Date(ports.now().getTime() - REGISTER_WITHIN_MS).toISOString();
  return (await enrolments(ports, stack)).filter(
    ({ isSpare, email, requestedAt, publicKey }) =>
      isSpare &&
      email === holder.email &&
      since < requestedAt &&
      !record.registeredKeys.has(keyId(publicKey)),
  );
}

function inForce(record: VerifiedRecord, now: Date): RecordedOf<"registration"> {
  const authority = whoMayApprove(record, now);
  const found = record.registrations.find(({ id }) => id === authority?.registration);
  if (found === undefined) throw decisionDiffers();
  return found;
}

const personOf = ({ predicate }: RecordedOf<"registration">, email: string) =>
  peopleOf(predicate.authority)
    .filter((one) => one.email === email)
    .slice(0, 1);
