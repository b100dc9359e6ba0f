import { expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import {
  ADMIN_HOST,
  HOST,
  addFinance,
  addGroup,
  addUser,
  merge,
  startSharePoint,
  type SharePoint,
} from "./support/sharepoint.ts";

const FINN = "i:0#.f|membership|finn@contoso.com";
const READ = 1073741826;

async function statusOf({ finance }: SharePoint, request: string, body?: unknown): Promise<number> {
  const [method = "", ...path] = request.split(" ");
  const { status } = await finance(method, path.join(" "), body === undefined ? {} : { body });
  return status;
}

it("reads along properties and relations, by every form of address", async () => {
  const sharePoint = await startSharePoint();
  await addFinance(sharePoint);
  const titleAt = async (path: string): Promise<unknown> => {
    const { status, body } = await sharePoint.finance("GET", path);
    const read = body as { Title?: string; value?: unknown };
    return status === 200 ? (read.Title ?? read.value) : status;
  };
  const login = encodeURIComponent(`'${FINN}'`);
  for (const path of [
    "site/owner",
    "Web/SiteUsers(1)",
    "web/siteusers/GetByEmail('finn@contoso.com')",
    `web/siteusers(@v)?@v=${login}`,
    `web/siteusers/getbyloginname(${login})`,
    "web/associatedownergroup/users(1)",
    "web/sitegroups/getbyname('Finance Owners')/users/getbyid(1)",
    "web/getuserbyid(1)",
    "web//siteusers/getbyid(1)/title/",
  ])
    expect([path, await titleAt(path)]).toEqual([path, "Finn"]);
  expect(await titleAt("web/siteusers(1)/groups?$select=Title")).toEqual([
    { Title: "Finance Owners" },
  ]);
  expect(await titleAt("web/currentuser")).toBe("SharePoint App");
  expect(await titleAt("web/roleassignments(3)/member")).toBe("Finance Owners");
  expect(
    await titleAt("web/roleassignments(3)/roledefinitionbindings?$select=RoleTypeKind"),
  ).toEqual([{ RoleTypeKind: 5 }]);
  expect(await titleAt("lists?$orderby=Title desc&$select=Title")).toEqual([
    { Title: "Documents" },
  ]);
  expect(await titleAt("web/nonsense")).toBe(404);
  expect(await titleAt("web/navigation")).toBe(501);
  const old = await sharePoint.call("GET", `${HOST}/sites/finance/_vti_bin/client.svc/web/title`);
  expect(old.body).toEqual({ value: "Finance" });
});

it("selects from what is expanded, and expands what a list has", async () => {
  const sharePoint = await startSharePoint();
  await addFinance(sharePoint);
  const web = await sharePoint.finance(
    "GET",
    "web?$expand=AssociatedOwnerGroup/Users&$select=Title,AssociatedOwnerGroup/Title,AssociatedOwnerGroup/Users/Email",
  );
  expect(web.body).toEqual({
    Title: "Finance",
    AssociatedOwnerGroup: { Title: "Finance Owners", Users: [{ Email: "finn@contoso.com" }] },
  });
  const lists = await sharePoint.finance(
    "GET",
    "web/lists?$expand=RoleAssignments/Member&$select=Title,RoleAssignments/Member/Title",
  );
  expect(lists.body).toMatchObject({
    value: [
      { Title: "Documents", RoleAssignments: [{ Member: { Title: "Finance Owners" } }, {}, {}] },
    ],
  });
  for (const [path, status] of [
    ["web?$select=AssociatedOwnerGroup/Title", 400],
    ["web/lists?$expand=RootFolder/Properties", 501],
    ["web/lists?$expand=RootFolder", 200],
    ["web/lists?$select=EnableVersioning", 501],
    ["web?$select=MembersCanShare", 501],
    ["web/lists?$expand=VersionPolicies", 501],
    ["web/lists?$select=Nonsense", 400],
    ["web?$expand=Nonsense", 400],
  ] as const)
    expect([path, await statusOf(sharePoint, `GET ${path}`)]).toEqual([path, status]);
});

it("takes arguments by name, in their order, in the query and in the body", async () => {
  const sharePoint = await startSharePoint();
  await addFinance(sharePoint);
  const list = "web/lists/getbytitle('Documents')";
  const assign = `${list}/roleassignments`;
  for (const [request, body] of [
    [`POST ${list}/breakroleinheritance(true)`],
    [`POST ${list}/resetroleinheritance()`],
    [`POST ${list}/BreakRoleInheritance`, { copyRoleAssignments: false, clearSubscopes: true }],
    [`POST ${assign}/addroleassignment(1,${READ})`],
    [`POST ${assign}/addroleassignment?principalid=3&roledefid=${READ}`],
    [`POST ${assign}/AddRoleAssignment`, { principalId: 5, roleDefId: READ }],
    [`POST ${assign}/removeroleassignment(principalid=3)`],
  ] as const)
    expect([request, await statusOf(sharePoint, request, body)]).toEqual([request, 200]);
  const { body } = await sharePoint.finance("GET", `${assign}?$select=PrincipalId`);
  expect(body).toEqual({ value: [{ PrincipalId: 1 }, { PrincipalId: 5 }] });
  await addUser(sharePoint.emulator, "Ada");
  expect(await statusOf(sharePoint, "POST web/ensureuser('ada@contoso.com')")).toBe(200);
  expect(await statusOf(sharePoint, "POST web/ensureuser", { LogonName: "ada@contoso.com" })).toBe(
    200,
  );
  expect(await statusOf(sharePoint, "POST web/siteusers/removebyid?id=7")).toBe(200);
});

it("says which versions it has, and refuses to write over a newer one", async () => {
  const sharePoint = await startSharePoint();
  await addFinance(sharePoint);
  const list = "web/lists/getbytitle('Documents')";
  const { headers } = await sharePoint.finance("GET", list);
  const etag = headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[0-9a-f-]{36},1"$/);
  const write = async (match: string): Promise<number> => {
    const { status } = await sharePoint.finance("POST", list, {
      body: { description: "All" },
      headers: { ...merge, "if-match": match },
    });
    return status;
  };
  expect([await write(etag), await write(etag), await write("*")]).toEqual([204, 412, 204]);
});

it("gives a digest, and knows the tenant by its long name", async () => {
  const sharePoint = await startSharePoint();
  const siteId = await addFinance(sharePoint);
  const info = await sharePoint.finance("POST", "contextinfo");
  expect(pickText(info.body, "WebFullUrl")).toBe(`https://${HOST}/sites/finance`);
  const long = `${ADMIN_HOST}/_api/Microsoft.Online.SharePoint.TenantAdministration.Tenant/sites('${siteId}')`;
  const select = "?$select=OwnerLoginName";
  expect((await sharePoint.call("GET", `${long}${select}`)).body).toEqual({ OwnerLoginName: FINN });
  const change = (body: unknown): Promise<{ status: number }> =>
    sharePoint.call("PATCH", `${ADMIN_HOST}/_api/spo.tenant/sites('${siteId}')`, { body });
  expect((await change({ title: "Money" })).status).toBe(204);
  expect((await change({ AllowEditing: true })).status).toBe(501);
  expect((await change({ Nonsense: 1 })).status).toBe(400);
});

it("provisions the site of a group when its first owner comes", async () => {
  const { emulator } = await startSharePoint();
  const group = await addGroup(emulator, "Later", { groupTypes: ["Unified"], mailEnabled: true });
  const owner = await addUser(emulator, "Olga");
  const site = (): Promise<{ status: number }> =>
    emulator.graph("GET", `/groups/${group}/sites/root`);
  expect((await site()).status).toBe(404);
  await emulator.graph("POST", `/groups/${group}/owners/$ref`, {
    body: { "@odata.id": `https://graph.microsoft.com/v1.0/users/${owner}` },
  });
  expect((await site()).status).toBe(200);
});

it("searches sites with a dollar too, and names its contexts once", async () => {
  const sharePoint = await startSharePoint();
  await addFinance(sharePoint);
  const { body } = await sharePoint.emulator.graph(
    "GET",
    '/sites?$search="finance"&$select=webUrl',
  );
  expect(body.value).toEqual([{ webUrl: `https://${HOST}/sites/finance` }]);
  const settings = await sharePoint.emulator.graph("GET", "/admin/sharepoint/settings");
  expect(settings.body["@odata.context"]).toMatch(
    /\$metadata#admin\/sharepoint\/settings\/\$entity$/,
  );
});
