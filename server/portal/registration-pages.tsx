/** Who decides, as it would become; and one's own devices. */
import type { Child, FC } from "hono/jsx";
import { devicesOf, keyId } from "../../approval/index.ts";
import type { AuthorityFacts } from "../../approval/index.ts";
import type { Text } from "../../core/language.ts";
import { fingerprintOf } from "../../operations/index.ts";
import type { OwnDevices, recoveriesOf, WaitingRegistration } from "../../operations/index.ts";
import { Both, Value } from "../../views/index.ts";
import { At, Back, Rows, Say } from "./frame.tsx";
import { TEXTS } from "./texts.ts";

export interface RegistrationShown {
  readonly waiting: WaitingRegistration;
  /** Who decides today. */
  readonly present: AuthorityFacts;
  /** Address of who reads it. */
  readonly email: string;
}

interface Person {
  readonly name: string;
  readonly email: string;
  readonly role: Child;
  readonly devices: readonly { readonly keyId: string; readonly isManaged: boolean }[];
}

const devices = (one: Parameters<typeof devicesOf>[0]): Person["devices"] =>
  devicesOf(one).map(({ publicKey, passkey }) => ({
    ...{ keyId: keyId(publicKey), isManaged: passkey?.isManaged ?? false },
  }));

const peopleIn = ({ decisionMakers, deputies }: AuthorityFacts): readonly Person[] => [
  ...decisionMakers.map((one) => ({
    ...{ name: one.name, email: one.email, devices: devices(one) },
    role: <Say text={TEXTS.decides} />,
  })),
  ...deputies.map((one) => ({
    ...{ name: one.name, email: one.email, devices: devices(one) },
    role: (
      <>
        <Say text={TEXTS.deputyFor} /> <Value text={one.deputyFor} />, <At time={one.from} />
        {" – "}
        <At time={one.until} />
      </>
    ),
  })),
];

export const RegistrationPage: FC<RegistrationShown & { readonly base: string }> = (shown) => {
  const { waiting, present, email, base } = shown;
  const { predicate, signedBy, signers, required } = waiting;
  const [before, after] = [peopleIn(present), peopleIn(predicate.authority)];
  const known = new Set(before.flatMap((one) => one.devices.map((device) => device.keyId)));
  const gone = before.filter((one) => after.every((other) => other.email !== one.email));
  const isNew = after.some((one) => one.devices.some((device) => !known.has(device.keyId)));
  const maySign = signers.includes(email) && !signedBy.includes(email);
  return (
    <>
      <Back base={base} />
      {isNew ? (
        <p class="hint">
          <Say text={TEXTS.compare} />
        </p>
      ) : null}
      <p>
        <Both {...mustAgree(predicate.authority)} />
        {predicate.authority.required === present.required ? null : (
          <>
            {" "}
            <Say text={TEXTS.wasRequired} /> {present.required}
          </>
        )}
      </p>
      <ul class="rows">
        {after.map((one) => (
          <PersonRow
            person={one}
            known={known}
            before={before.find((other) => other.email === one.email)}
          />
        ))}
      </ul>
      {gone.length === 0 ? null : (
        <Rows
          title={TEXTS.decidesNoLonger}
          none={TEXTS.nothingSettled}
          rows={gone.map((one) => (
            <li class="goes">
              <Named person={one} />
            </li>
          ))}
        />
      )}
      <p class="small">
        <Say text={TEXTS.signedBy} /> {signedBy.length === 0 ? "–" : signedBy.join(", ")} (
        {signedBy.length}/{required})
      </p>
      {maySign ? <SignForm /> : null}
    </>
  );
};

const mustAgree = ({ required, decisionMakers }: AuthorityFacts): Text => ({
  nl: `${required} van ${decisionMakers.length} moeten akkoord geven.`,
  en: `${required} of ${decisionMakers.length} must agree.`,
});

const Named: FC<{ readonly person: Person }> = ({ person: { name, email, role } }) => (
  <>
    <b>
      <Value text={name} />
    </b>{" "}
    <Value text={email} />
    <div>{role}</div>
  </>
);

const PersonRow: FC<{
  readonly person: Person;
  readonly before: Person | undefined;
  readonly known: ReadonlySet<string>;
}> = ({ person, before, known }) => {
  const left = (before?.devices ?? []).filter(
    (one) => !person.devices.some((other) => other.keyId === one.keyId),
  );
  return (
    <li>
      <Named person={person} />
      {before === undefined ? (
        <div class="turn">
          <Say text={TEXTS.newPerson} />
        </div>
      ) : null}
      {person.devices.map((device) => (
        <DeviceLine device={device} tag={known.has(device.keyId) ? undefined : TEXTS.newDevice} />
      ))}
      {left.map((device) => (
        <DeviceLine device={device} tag={TEXTS.deviceGone} />
      ))}
    </li>
  );
};

const DeviceLine: FC<{
  readonly device: Person["devices"][number];
  readonly tag?: Text | undefined;
}> = ({ device, tag }) => (
  <div>
    {tag === undefined ? null : (
      <b>
        <Say text={tag} />{" "}
      </b>
    )}
    <code>{fingerprintOf(device.keyId)}</code>
    {device.isManaged ? (
      <>
        {" "}
        <Say text={TEXTS.isManaged} />
      </>
    ) : null}
  </div>
);

const SignForm: FC = () => (
  <form data-action="signRegistration" method="post">
    <h2>
      <Say text={TEXTS.signTitle} />
    </h2>
    <p class="small">
      <Say text={TEXTS.signHow} />
    </p>
    <div class="buttons">
      <button>
        <Say text={TEXTS.sign} />
      </button>
    </div>
  </form>
);

export const WaitingRegistrations: FC<{
  readonly waiting: readonly WaitingRegistration[];
  readonly base: string;
  readonly email: string;
}> = ({ waiting, base, email }) =>
  waiting.length === 0 ? null : (
    <Rows
      title={TEXTS.whoDecides}
      none={TEXTS.nothingWaits}
      rows={waiting.map(({ id, predicate, signers, signedBy }) => (
        <li>
          <a href={`${base}/registrations/${id}`}>
            <Say text={TEXTS.changeOf} /> <At time={predicate.registeredAt} />
          </a>
          {signers.includes(email) && !signedBy.includes(email) ? (
            <div class="turn">
              <Say text={TEXTS.yourSignature} />
            </div>
          ) : null}
        </li>
      ))}
    />
  );

type Recoveries = Awaited<ReturnType<typeof recoveriesOf>>;

/** On the first page, to everybody: what the provider is about to do without them, and what it did. */
export const RecoveryNotes: FC<{ readonly recoveries: Recoveries }> = ({
  recoveries: { open, past },
}) => (
  <>
    {open === undefined ? null : (
      <form data-action="object" method="post" class="stop">
        <h2>
          <Say text={TEXTS.recoveryTitle} />
        </h2>
        <p>
          <Say text={TEXTS.recoveryFrom} /> <At time={open.from} />
        </p>
        <p>
          <Value text={open.announced.predicate.reason} />
        </p>
        {peopleIn(open.announced.predicate.authority).map((person) => (
          <div>
            <Named person={person} />
            {person.devices.map((device) => (
              <DeviceLine device={device} />
            ))}
          </div>
        ))}
        <div class="buttons">
          <button class="no">
            <Say text={TEXTS.object} />
          </button>
        </div>
      </form>
    )}
    {past.map(({ recordedAt, sequence }) => (
      <p class="hint">
        <Say text={TEXTS.recovered} /> <At time={recordedAt} /> (#{sequence})
      </p>
    ))}
  </>
);

export const DevicesPage: FC<{
  readonly devices: OwnDevices;
  /** Of the device that is signed in. */
  readonly keyId: string;
  readonly base: string;
}> = ({ devices: { registered, enrolled }, keyId: own, base }) => (
  <>
    <Back base={base} />
    <ul class="rows">
      {registered.map((device) => (
        <li>
          <DeviceLine device={device} tag={device.keyId === own ? TEXTS.thisDevice : undefined} />
          {device.keyId === own ? null : (
            <DeviceForm change={{ remove: device.keyId }} label={TEXTS.removeDevice} />
          )}
        </li>
      ))}
    </ul>
    {enrolled.length === 0 ? null : (
      <Rows
        title={TEXTS.enrolledDevices}
        none={TEXTS.nothingWaits}
        rows={enrolled.map((device) => (
          <li>
            <DeviceLine device={device} />
            <p class="small">
              <Say text={TEXTS.compareOwn} />
            </p>
            <DeviceForm change={{ add: device.offer }} label={TEXTS.registerDevice} />
          </li>
        ))}
      />
    )}
    <form data-action="offerDevice" data-step="offer" method="post">
      <h2>
        <Say text={TEXTS.addDevice} />
      </h2>
      <p>
        <Say text={TEXTS.addDeviceWhy} />
      </p>
      <div class="buttons">
        <button>
          <Say text={TEXTS.addDeviceLink} />
        </button>
      </div>
    </form>
    <div class="step" data-step="offered" hidden>
      <h2 tabindex={-1}>
        <Say text={TEXTS.openThere} />
      </h2>
      <p>
        <code data-link=""></code>
      </p>
      <p class="print" data-code=""></p>
      <p class="small">
        <Say text={TEXTS.openThereWhy} />
      </p>
    </div>
  </>
);

const DeviceForm: FC<{
  readonly change: Readonly<Record<string, string>>;
  readonly label: Text;
}> = ({ change, label }) => (
  <form data-action="changeDevices" method="post" data-change={JSON.stringify(change)} class="bare">
    <button class="quiet">
      <Say text={label} />
    </button>
  </form>
);
