import { describe, expect, it } from "vitest";
import { pickText } from "../support/pick.ts";
import { addFinance, startSharePoint } from "./support/sharepoint.ts";

const READ = 1073741826;
const INVOICES = "web/lists/getbytitle('Invoices')";

async function withLibrary() {
  const sharePoint = await startSharePoint();
  await addFinance(sharePoint);
  const created = await sharePoint.finance("POST", "web/lists", {
    body: { BaseTemplate: 101, Title: "Invoices", Description: "In and out" },
  });
  return { sharePoint, created };
}

describe("document libraries", () => {
  it("creates a library that is found by title and by id", async () => {
    const { sharePoint, created } = await withLibrary();
    expect(created).toMatchObject({ status: 201, body: { Title: "Invoices", BaseTemplate: 101 } });
    const id = pickText(created.body, "Id");
    expect((await sharePoint.finance("GET", `web/lists(guid'${id}')`)).body).toEqual(created.body);
    expect((await sharePoint.finance("GET", "web/lists?$select=Title")).body).toEqual({
      value: [{ Title: "Documents" }, { Title: "Invoices" }],
    });
    expect((await sharePoint.finance("GET", "web/lists/getbytitle('Other')")).status).toBe(404);
  });

  it("refuses a second library of the same title", async () => {
    const { sharePoint } = await withLibrary();
    const again = await sharePoint.finance("POST", "web/lists", {
      body: { BaseTemplate: 101, Title: "invoices" },
    });
    expect(again.status).toBe(500);
    expect(JSON.stringify(again.body)).toContain("already exists in this Web site");
  });

  it("inherits the site's permissions until inheritance is broken, and again after it is reset", async () => {
    const { sharePoint } = await withLibrary();
    const add = `${INVOICES}/roleassignments/addroleassignment(principalid=1,roledefid=${READ})`;
    expect((await sharePoint.finance("POST", add)).status).toBe(500);
    const broken = await sharePoint.finance(
      "POST",
      `${INVOICES}/breakroleinheritance(copyRoleAssignments=false,clearSubscopes=true)`,
    );
    expect(broken.status).toBe(200);
    expect(
      (await sharePoint.finance("GET", `${INVOICES}?$select=HasUniqueRoleAssignments`)).body,
    ).toEqual({
      HasUniqueRoleAssignments: true,
    });
    expect((await sharePoint.finance("POST", add)).status).toBe(200);
    const assignments = `${INVOICES}/roleassignments?$select=PrincipalId`;
    expect((await sharePoint.finance("GET", assignments)).body).toEqual({
      value: [{ PrincipalId: 1 }],
    });
    await sharePoint.finance("POST", `${INVOICES}/resetroleinheritance`);
    expect((await sharePoint.finance("GET", assignments)).body).toEqual({
      value: [{ PrincipalId: 3 }, { PrincipalId: 4 }, { PrincipalId: 5 }],
    });
  });

  it("copies the site's permissions when asked, and then changes only its own", async () => {
    const { sharePoint } = await withLibrary();
    await sharePoint.finance(
      "POST",
      `${INVOICES}/breakroleinheritance(copyRoleAssignments=true,clearSubscopes=false)`,
    );
    await sharePoint.finance("POST", `${INVOICES}/roleassignments(5)`, {
      headers: { "x-http-method": "DELETE" },
    });
    const own = await sharePoint.finance("GET", `${INVOICES}/roleassignments?$select=PrincipalId`);
    expect(own.body).toEqual({ value: [{ PrincipalId: 3 }, { PrincipalId: 4 }] });
    expect((await sharePoint.finance("GET", "web/roleassignments(5)")).status).toBe(200);
  });
});
