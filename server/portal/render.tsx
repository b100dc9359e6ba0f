/** Each page of the portal as a whole document. */
import type { Language, Text } from "../../core/language.ts";
import type {
  AppliedTenant,
  EnrolmentOffer,
  KeptPlan,
  OwnDevices,
} from "../../operations/index.ts";
import { portalPage } from "./frame.tsx";
import {
  EnrolPage,
  FailurePage,
  ListPage,
  ProposalPage,
  ReceiptPage,
  SignInPage,
} from "./pages.tsx";
import type { ListProps, Receipt } from "./pages.tsx";
import { DevicesPage, RegistrationPage } from "./registration-pages.tsx";
import type { RegistrationShown } from "./registration-pages.tsx";
import type { PortalSession } from "./sessions.ts";
import { TenantPage } from "./tenant-page.tsx";
import { TEXTS } from "./texts.ts";

/** What each page has around it. */
export interface Around {
  readonly stack: string;
  readonly language: Language;
  readonly relyingPartyId: string;
}
interface Own extends Around {
  readonly session: PortalSession;
}

const baseOf = ({ stack }: Around): string => `/portal/${stack}`;
const around = (of: Around) => ({
  ...{ base: baseOf(of), language: of.language, relyingPartyId: of.relyingPartyId },
});
const own = (of: Own) => ({
  ...around(of),
  session: { name: of.session.holder.name, csrf: of.session.csrf },
});

export const enrolPage = (of: Around, offer: EnrolmentOffer): string =>
  portalPage({
    ...{ ...around(of), title: TEXTS.enrolTitle, data: { "needs-passkey": "" } },
    children: <EnrolPage offer={offer} />,
  });

/** @param next where to go then: the path that was asked for */
export const signInPage = (of: Around, next: string): string =>
  portalPage({
    ...{ ...around(of), title: TEXTS.signInTitle, data: { "needs-passkey": "", next } },
    children: <SignInPage />,
  });

export const listPage = (
  of: Own,
  shown: Pick<ListProps, "proposals" | "registrations" | "recoveries">,
): string =>
  portalPage({
    ...{ ...own(of), title: TEXTS.proposals },
    data: { credential: of.session.holder.passkey.credentialId },
    children: <ListPage {...shown} base={baseOf(of)} email={of.session.holder.email} />,
  });

/** What is signed is in the page, so that it is what was read. */
export const registrationPage = (of: Own, shown: RegistrationShown): string => {
  const credential = of.session.holder.passkey.credentialId;
  const { payload } = shown.waiting.envelope;
  return portalPage({
    ...{ ...own(of), title: TEXTS.whoDecides, data: { credential, payload } },
    children: <RegistrationPage {...shown} base={baseOf(of)} />,
  });
};

export const tenantPage = (of: Own, tenant: AppliedTenant): string =>
  portalPage({
    ...{ ...own(of), title: TEXTS.tenant },
    children: <TenantPage tenant={tenant} base={baseOf(of)} />,
  });

export const devicesPage = (of: Own, devices: OwnDevices): string =>
  portalPage({
    ...{ ...own(of), title: TEXTS.ownDevices },
    children: <DevicesPage devices={devices} keyId={of.session.holder.keyId} base={baseOf(of)} />,
  });

export const proposalPage = (
  of: Own,
  shown: { readonly kept: KeptPlan; readonly title: Text; readonly isOpen: boolean },
): string => {
  const { kept, title, isOpen } = shown;
  const credential = of.session.holder.passkey.credentialId;
  return portalPage({
    ...{ ...own(of), title, data: { digest: kept.digest, credential } },
    children: <ProposalPage kept={kept} isOpen={isOpen} base={baseOf(of)} />,
  });
};

export const receiptPage = (of: Own, receipt: Receipt): string =>
  portalPage({
    ...{ ...own(of), title: TEXTS.receiptTitle },
    data: { credential: of.session.holder.passkey.credentialId, withdraws: receipt.decision.id },
    children: <ReceiptPage {...receipt} base={baseOf(of)} />,
  });

export const failurePage = (
  of: Around,
  told: { readonly sentence: Text; readonly hint: Text },
): string =>
  portalPage({
    ...{ ...around(of), title: TEXTS.failedTitle },
    children: <FailurePage {...told} />,
  });
