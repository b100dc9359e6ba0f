/** What happens in every tenant on any day. */
import { realisticBehaviour } from "../../../emulator/index.ts";
import { webs } from "../../../emulator/sharepoint/model.ts";
import { recordSignIn } from "../../../emulator/entities/sign-ins.ts";
import { reference, TENANT_ID } from "../../emulator/support/emulator.ts";
import { addresses, exchange, group, siteId, SPB, user } from "./by-hand.ts";
import { ANNA, BRAM, CARLA, DOMAIN, HOST, INFO, SITE } from "./watched-firm.ts";
import type { WatchedFirm } from "./watched-firm.ts";

/** @param at a number that nobody has chosen, to make names that are new, and choices */
type Happens = (firm: WatchedFirm, at: number) => Promise<unknown>;

/** Role definition of SharePoint. */
const LIMITED_ACCESS = 1073741825;
const GLOBAL_READER = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";

/** Somebody goes out of a list and comes back, at another place of it. */
async function leaveAndReturn(
  { service, idOf }: WatchedFirm,
  { list, who }: { readonly list: string; readonly who: string },
): Promise<void> {
  await service.graph.delete(`${list}/${idOf(who)}/$ref`);
  await service.graph.post(`${list}/$ref`, reference(idOf(who)).body);
}

const cased = (text: string, at: number): string =>
  Array.from(text, (one, index) => ((at >> index) & 1 ? one.toUpperCase() : one)).join("");

/** None of these is a change of anything that the tenant file says. */
export const NOISE: Readonly<Record<string, Happens>> = {
  "somebody signs in": async ({ emulator, idOf }) => {
    emulator.state.write(TENANT_ID, (scope) => {
      recordSignIn(scope, { userId: idOf(ANNA), clientAppUsed: "Browser" });
    });
  },
  "a password is changed": (firm, at) =>
    user(firm, ANNA, {
      passwordProfile: { password: `Another-${at}-Word`, forceChangePasswordNextSignIn: false },
    }),
  "sessions are ended": ({ service, idOf }) =>
    service.graph.post(`/users/${idOf(BRAM)}/revokeSignInSessions`, undefined, {
      idempotent: true,
    }),
  "somebody says more of themselves": (firm, at) =>
    user(firm, ANNA, {
      city: `Zwolle ${at}`,
      otherMails: [`a${at}@home.example`, "a@home.example"],
    }),
  "a name is typed in capitals": (firm, at) =>
    user(firm, ANNA, { userPrincipalName: cased(ANNA, at) }),
  "the domain of an address is typed in capitals": async (firm, at) => {
    const address = `a@${cased(DOMAIN, at)}`;
    const Identity = firm.idOf(ANNA);
    await exchange(firm, "Set-Mailbox", {
      Identity,
      ...addresses({ remove: [`smtp:a@${DOMAIN}`] }),
    });
    await exchange(firm, "Set-Mailbox", { Identity, ...addresses({ add: [`smtp:${address}`] }) });
  },
  "Exchange adds addresses of its own": (firm, at) =>
    exchange(firm, "Set-Mailbox", {
      Identity: firm.idOf(at % 2 ? ANNA : BRAM),
      ...addresses({ add: [`smtp:x${at}@contoso.onmicrosoft.com`, `X500:/o=Firm/cn=${at}`] }),
    }),
  "automapping of a right is taken away": async (firm, at) => {
    const right = {
      Identity: firm.idOf(INFO),
      User: firm.idOf(ANNA),
      AccessRights: ["FullAccess"],
    };
    await exchange(firm, "Remove-MailboxPermission", right);
    await exchange(firm, "Add-MailboxPermission", { ...right, AutoMapping: at % 2 === 0 });
  },
  "Outlook saves automatic replies in its own form": ({ service, idOf }, at) =>
    service.graph.patch(`/users/${idOf(ANNA)}/mailboxSettings`, {
      automaticRepliesSetting: {
        ...{ status: "alwaysEnabled", externalAudience: "all", externalReplyMessage: "Weg" },
        internalReplyMessage:
          at % 2
            ? '<div style="color: black">Weg.<br></div><div>Bel Bram.</div>'
            : "<p>Weg.</p>\n<p>Bel Bram.</p>",
      },
    }),
  "working hours change": ({ service, idOf }, at) =>
    service.graph.patch(`/users/${idOf(ANNA)}/mailboxSettings`, {
      dateFormat: at % 2 ? "d-M-yyyy" : "yyyy-MM-dd",
    }),
  "colleagues may see more of a calendar": async ({ service, idOf }, at) => {
    const path = `/users/${idOf(ANNA)}/calendar/calendarPermissions`;
    const rows = await service.graph.all<{ id: string; isRemovable: boolean }>(path);
    const organisation = rows.find(({ isRemovable }) => !isRemovable)?.id ?? "";
    const role = at % 2 ? "limitedRead" : "freeBusyRead";
    await service.graph.patch(`${path}/${organisation}`, { role });
  },
  "a licence is given where nobody manages them": async (firm, at) => {
    await user(firm, CARLA, { usageLocation: "NL" });
    const [plan] = (
      await firm.service.graph.all<{
        servicePlans: { servicePlanId: string; servicePlanName: string }[];
      }>("/subscribedSkus")
    )
      .flatMap(({ servicePlans }) => servicePlans)
      .filter(({ servicePlanName }) => servicePlanName === "YAMMER_ENTERPRISE");
    const disabledPlans = at % 2 ? [plan?.servicePlanId] : [];
    await firm.service.graph.post(
      `/users/${firm.idOf(CARLA)}/assignLicense`,
      { addLicenses: [{ skuId: SPB, disabledPlans }], removeLicenses: [] },
      { idempotent: true },
    );
  },
  "somebody leaves a group and returns": (firm) =>
    leaveAndReturn(firm, { list: `/groups/${firm.idOf("team")}/members`, who: ANNA }),
  "an owner leaves and returns": (firm) =>
    leaveAndReturn(firm, { list: `/groups/${firm.idOf("team")}/owners`, who: ANNA }),
  "a rule moves somebody between groups": (firm, at) =>
    user(firm, CARLA, { department: at % 2 ? "Directie" : "Kantoor" }),
  "a group gets another colour": (firm, at) =>
    group(firm, "kantoor", { theme: at % 2 ? "Teal" : "Purple" }),
  "a group becomes a member of one whose groups nobody manages": async ({ service, idOf }) => {
    const list = `/groups/${idOf("finance")}/members`;
    const there = await service.graph.all<{ id: string }>(`${list}?$select=id`);
    const id = idOf("directie-rule");
    if (there.some((one) => one.id === id)) return;
    await service.graph.post(`${list}/$ref`, reference(id).body);
  },
  "somebody makes a group": ({ service }, at) =>
    service.graph.post("/groups", {
      ...{ displayName: `Project ${at}`, mailNickname: `project${at}`, mailEnabled: false },
      securityEnabled: true,
    }),
  "a guest is invited": ({ service }, at) =>
    service.graph.post("/invitations", {
      invitedUserEmailAddress: `guest${at}@elders.example`,
      inviteRedirectUrl: "https://elders.example",
    }),
  "somebody comes and goes whom nobody manages": async ({ service }, at) => {
    const { id } = await service.graph.post<{ id: string }>("/users", {
      ...{ accountEnabled: true, displayName: "Temp", mailNickname: `temp${at}` },
      ...{
        userPrincipalName: `temp${at}@${DOMAIN}`,
        passwordProfile: { password: "Eerste-1-woord" },
      },
    });
    await service.graph.delete(`/users/${id}`);
  },
  "somebody gets a role that nobody manages": async ({ service, idOf }) => {
    const path = "/roleManagement/directory/roleAssignments";
    const role = {
      principalId: idOf(ANNA),
      roleDefinitionId: GLOBAL_READER,
      directoryScopeId: "/",
    };
    const filter = `$filter=principalId eq '${role.principalId}'`;
    const [has] = await service.graph.all(`${path}?${encodeURI(filter)}`);
    if (has === undefined) await service.graph.post(path, role);
  },
  "countries come in another order": async ({ service }) => {
    const path = "/identity/conditionalAccess/namedLocations";
    const [place] = await service.graph.all<{ id: string; countriesAndRegions: string[] }>(path);
    await service.graph.patch(`${path}/${place?.id ?? ""}`, {
      "@odata.type": "#microsoft.graph.countryNamedLocation",
      countriesAndRegions: place?.countriesAndRegions.toReversed(),
    });
  },
  // The emulator has no shares of files; what they leave behind is put straight into its state.
  "a file is shared, which gives limited access to the site": async (firm) => {
    const id = await siteId(firm);
    firm.emulator.state.write(TENANT_ID, ({ store }) => {
      const web = store.get(webs, id);
      if (web === undefined) throw new Error("No site");
      const assignments = web.assignments.map((entry) => ({
        ...entry,
        roleDefinitionIds: [...new Set([...entry.roleDefinitionIds, LIMITED_ACCESS])],
      }));
      store.replace(webs, { ...web, assignments: assignments.toReversed() });
    });
  },
  "somebody makes a library": async (firm, at) => {
    const place = await firm.service.graph.get<{ id: string }>(`/sites/${HOST}:${SITE}`);
    await firm.service.graph.post(`/sites/${place.id}/lists`, {
      ...{ displayName: `Map ${at}`, list: { template: "documentLibrary" } },
    });
  },
  "services are busy": async ({ emulator }, at) => {
    Object.assign(emulator.behaviour, {
      throttledShare: (at % 3) / 50,
      serverErrorShare: (at % 5) / 100,
      serverErrorStatuses: realisticBehaviour.serverErrorStatuses,
    });
  },
};
