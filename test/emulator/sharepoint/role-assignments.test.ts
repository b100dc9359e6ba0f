import { describe, expect, it } from "vitest";
import { pick } from "../support/pick.ts";
import { addFinance, startSharePoint, type SharePoint } from "./support/sharepoint.ts";

const READ = 1073741826;
const EDIT = 1073741830;

function add(sharePoint: SharePoint, principalId: number, roleId: number) {
  return sharePoint.finance(
    "POST",
    `web/roleassignments/addroleassignment(principalid=${principalId},roledefid=${roleId})`,
  );
}

async function rolesOf(sharePoint: SharePoint, principalId: number): Promise<unknown> {
  const answer = await sharePoint.finance(
    "GET",
    `web/roleassignments/getbyprincipalid(${principalId})?$expand=RoleDefinitionBindings&$select=RoleDefinitionBindings/Id`,
  );
  return answer.status === 404 ? [] : pick(answer.body, "RoleDefinitionBindings");
}

describe("permissions of a site", () => {
  it("has the permission levels of the service, named in the site's language", async () => {
    const english = await startSharePoint();
    await addFinance(english);
    const roles = await english.finance(
      "GET",
      "web/roledefinitions?$select=Name,Id,RoleTypeKind&$filter=Hidden eq false",
    );
    expect(roles.body).toEqual({
      value: [
        { Name: "Full Control", Id: 1073741829, RoleTypeKind: 5 },
        { Name: "Design", Id: 1073741828, RoleTypeKind: 4 },
        { Name: "Edit", Id: EDIT, RoleTypeKind: 6 },
        { Name: "Contribute", Id: 1073741827, RoleTypeKind: 3 },
        { Name: "Read", Id: READ, RoleTypeKind: 2 },
      ],
    });
    const dutch = await startSharePoint();
    await addFinance(dutch, { Lcid: 1043 });
    expect((await dutch.finance("GET", "web/roledefinitions/getbytype(2)")).body).toMatchObject({
      Name: "Lezen",
    });
  });

  it("shows who has what, expanded", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const answer = await sharePoint.finance(
      "GET",
      "web/roleassignments?$expand=Member,RoleDefinitionBindings,Member/Users&$select=PrincipalId,Member/Title,Member/Users/LoginName,RoleDefinitionBindings/Name",
    );
    expect(answer.body).toEqual({
      value: [
        {
          PrincipalId: 3,
          Member: {
            Title: "Finance Owners",
            Users: [{ LoginName: "i:0#.f|membership|finn@contoso.com" }],
          },
          RoleDefinitionBindings: [{ Name: "Full Control" }],
        },
        {
          PrincipalId: 4,
          Member: { Title: "Finance Visitors", Users: [] },
          RoleDefinitionBindings: [{ Name: "Read" }],
        },
        {
          PrincipalId: 5,
          Member: { Title: "Finance Members", Users: [] },
          RoleDefinitionBindings: [{ Name: "Edit" }],
        },
      ],
    });
  });

  it("wraps expanded collections in verbose answers", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    const answer = await sharePoint.finance(
      "GET",
      "web/roleassignments?$expand=RoleDefinitionBindings",
      {
        headers: { accept: "application/json;odata=verbose" },
      },
    );
    expect(answer.body).toMatchObject({
      d: {
        results: [
          {
            __metadata: { type: "SP.RoleAssignment" },
            RoleDefinitionBindings: { results: [{ RoleTypeKind: 5 }] },
          },
          {},
          {},
        ],
      },
    });
  });

  it("adds a level once, keeps the others, and takes one away alone", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    expect(await add(sharePoint, 1, READ)).toMatchObject({
      status: 200,
      body: { "odata.null": true },
    });
    await add(sharePoint, 1, EDIT);
    await add(sharePoint, 1, EDIT);
    expect(await rolesOf(sharePoint, 1)).toEqual([{ Id: EDIT }, { Id: READ }]);
    const path = "web/roleassignments/removeroleassignment";
    await sharePoint.finance("POST", `${path}(principalid=1,roledefid=${READ})`);
    expect(await rolesOf(sharePoint, 1)).toEqual([{ Id: EDIT }]);
    await sharePoint.finance("POST", `${path}(principalid=1,roledefid=${EDIT})`);
    expect(await rolesOf(sharePoint, 1)).toEqual([]);
    const again = await sharePoint.finance("POST", `${path}(principalid=1,roledefid=${EDIT})`);
    expect(again).toMatchObject({
      status: 404,
      body: { "odata.error": { message: { value: "Can not find the principal with id: 1." } } },
    });
  });

  it("refuses principals and levels that the site does not have", async () => {
    const sharePoint = await startSharePoint();
    await addFinance(sharePoint);
    expect((await add(sharePoint, 99, READ)).status).toBe(404);
    expect((await add(sharePoint, 1, 42)).status).toBe(404);
  });
});
