/** Others at work in the tenant of a watched firm: by the services themselves, past this project. */
import { HOST, SITE } from "./watched-firm.ts";
import type { WatchedFirm } from "./watched-firm.ts";

export const SPB = "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46";

export const user = (
  { service, idOf }: WatchedFirm,
  who: string,
  change: object,
): Promise<unknown> => service.graph.patch(`/users/${idOf(who)}`, change);

export const group = (
  { service, idOf }: WatchedFirm,
  name: string,
  change: object,
): Promise<unknown> => service.graph.patch(`/groups/${idOf(name)}`, change);

export const exchange = (
  { service }: WatchedFirm,
  cmdlet: string,
  given: object,
): Promise<unknown> => service.exchange.invoke(cmdlet, { ...given });

export const addresses = (change: object) => ({
  EmailAddresses: { "@odata.type": "#Exchange.GenericHashTable", ...change },
});

export async function mayOpen(
  firm: WatchedFirm,
  may: { who: string; role: number },
): Promise<void> {
  const sharePoint = firm.service.sharePoint(HOST);
  const web = `${SITE}/_api/web`;
  const once = { idempotent: true } as const;
  const logonName = `i:0#.f|membership|${may.who}`;
  const { Id } = await sharePoint.post<{ Id: number }>(`${web}/ensureuser`, { logonName }, once);
  const roles = await sharePoint.all<{ Id: number; RoleTypeKind: number }>(
    `${web}/roledefinitions`,
  );
  const role = roles.find(({ RoleTypeKind }) => RoleTypeKind === may.role)?.Id ?? 0;
  const added = `addroleassignment(principalid=${Id},roledefid=${role})`;
  await sharePoint.post(`${web}/roleassignments/${added}`, undefined, once);
}

export const siteId = async ({ service }: WatchedFirm): Promise<string> =>
  (await service.sharePoint(HOST).get<{ Id: string }>(`${SITE}/_api/site?$select=Id`)).Id;
