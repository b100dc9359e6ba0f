/** What is told of an answer that nobody expected: its form, and nothing of whom it is about. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMicrosoft365 } from "../../../services/microsoft365.ts";
import type { UnexpectedAnswer } from "../../../services/index.ts";
import { unexpectedIn } from "../../../services/transport/unexpected-answer.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  createUser,
  startTestEmulator,
  TENANT_ID,
} from "../../emulator/support/emulator.ts";

const ID = "7f3d9a52-1c84-4b6e-9d20-8e5b6a41c3f7";

interface Given {
  readonly path?: string;
  readonly status?: number;
  readonly body?: unknown;
  readonly service?: "graph" | "sharepoint" | "exchange";
}

const seen = ({ path = `/users/${ID}`, status = 200, body, service = "graph" }: Given) =>
  unexpectedIn({ service, method: "GET", path }, { status, headers: {}, body });

const failure = (code: string) => ({ error: { code, message: "Emma Jansen cannot be found" } });
const formsOf = (given: Given) =>
  seen(given)?.forms?.map(({ property, expected, found }) => [property, expected, found]);

describe("an answer to a read", () => {
  it.each<[string, Given]>([
    ["an object as the schema has it", { body: { id: ID, accountEnabled: true, mail: null } }],
    ["a property that is new in Graph", { body: { somethingNew: 1 } }],
    ["a page", { path: "/users?$top=9", body: { value: [{ accountEnabled: false }] } }],
    ["an object that is not there", { status: 404, body: failure("Request_ResourceNotFound") }],
    ["too many requests, whatever the code", { status: 429, body: failure("Other") }],
    ["a gateway in trouble", { status: 503, body: "<html>" }],
    ["what is not of Graph or SharePoint", { service: "exchange", status: 418 }],
    ["a type that the trimmed schema does not have", { path: "/me/planner", body: { id: 1 } }],
  ])("is expected: %s", (_what, given) => {
    expect(seen(given)).toBeUndefined();
  });

  it("is a case with a status that the client can do nothing with", () => {
    const path = `/users/${ID}/mailFolders/inbox/messageRules?$top=5`;
    expect(seen({ path, status: 400, body: failure("ErrorInvalid") })).toEqual({
      ...{ service: "graph", route: "/users/{id}/mailFolders/{id}/messageRules" },
      ...{ status: 400, code: "ErrorInvalid", unexpected: "status" },
    });
    const site = "/sites/secret-plans/_api/web/GetUserByEmail('emma@acme.example')/groups?$top=5";
    expect(seen({ service: "sharepoint", path: site, status: 418 })).toMatchObject({
      route: "_api/web/GetUserByEmail({id})/groups",
    });
  });

  it("is a case with a code that is not known under its status", () => {
    expect(seen({ status: 403, body: failure("License_Missing") })).toMatchObject({
      ...{ code: "License_Missing", unexpected: "code" },
    });
    expect(seen({ status: 404, body: failure(`Gone ${ID}`) })).toMatchObject({ code: "{code}" });
  });

  it("is a case where a property is of another form, also inside others and in a page", () => {
    const plans = [{ capabilityStatus: 7 }, { capabilityStatus: 8 }];
    expect(formsOf({ body: { accountEnabled: "yes", assignedPlans: plans } })).toEqual([
      ["user.accountEnabled", "Boolean", "string"],
      ["assignedPlan.capabilityStatus", "String", "number"],
    ]);
    expect(formsOf({ path: "/users", body: { value: [{ businessPhones: "+31" }] } })).toEqual([
      ["user.businessPhones", "Collection(String)!", "string"],
    ]);
    expect(formsOf({ path: "/users", body: { value: ["x"] } })).toEqual([
      ["user", "user", "string"],
    ]);
  });

  it("is a case where an enumeration has another member, or nothing where there must be something", () => {
    const body = { sharingCapability: "everybodyOnEarth" };
    expect(formsOf({ path: "/admin/sharepoint/settings", body })).toEqual([
      ["sharepointSettings.sharingCapability", "sharingCapabilities", "other member"],
    ]);
    const path = "/reports/authenticationMethods/userRegistrationDetails";
    expect(formsOf({ path, body: { value: [{ isMfaRegistered: null }] } })).toEqual([
      ["userRegistrationDetails.isMfaRegistered", "Boolean!", "null"],
    ]);
  });

  it("tells nothing of its values, whatever they are and wherever they stand", () => {
    const secret = fc
      .tuple(fc.string(), fc.constantFrom("0", "@", "-", " "), fc.string({ minLength: 1 }))
      .map(([one, mark, other]) => `§${one}${mark}${other}`);
    const known = "accountEnabled assignedPlans sharingCapability @odata.type error code value";
    const name = fc.oneof(secret, fc.constantFrom(...known.split(" ")));
    const { body } = fc.letrec((tie) => ({
      body: fc.oneof(secret, fc.integer(), fc.constant(null), tie("list"), tie("object")),
      list: fc.array(tie("body"), { maxLength: 3 }),
      object: fc.dictionary(name, tie("body"), { maxKeys: 4 }),
    }));
    const words = fc.oneof(secret, fc.constantFrom("users", "sites", "_api", "web"));
    const path = fc.oneof(
      fc.array(words, { maxLength: 5 }).map((parts) => `/${parts.join("/")}`),
      fc.constantFrom("/users", "/admin/sharepoint/settings"),
    );
    const status = fc.constantFrom(200, 400, 403, 404, 418, 501);
    const service = fc.constantFrom("graph" as const, "sharepoint" as const);
    fc.assert(
      fc.property(fc.record({ body, path, status, service }), (given) => {
        expect(JSON.stringify(seen(given) ?? {})).not.toContain("§");
      }),
      { numRuns: 3000 },
    );
  });
});

it("is told by the client while it reads, also from a batch, and never of what the emulator answers as Graph does", async () => {
  const emulator = await startTestEmulator();
  const cases: UnexpectedAnswer[] = [];
  const service = createMicrosoft365({
    tenantId: TENANT_ID,
    endpoints: emulator.endpoints,
    credential: { kind: "client-secret", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET },
    trustedCertificatesPem: emulator.certificateAuthorityPem,
    onUnexpected: (answer) => {
      cases.push(answer);
    },
  });
  const { id } = await createUser(emulator);
  await Promise.all([
    service.graph.all("/users"),
    service.graph.all("/groups"),
    service.graph.all("/directoryRoles"),
    service.graph.get("/admin/sharepoint/settings"),
    service.graph.tryGet(`/users/${ID}`),
    service.graph.all("/reports/authenticationMethods/userRegistrationDetails"),
  ]);
  expect(cases).toEqual([]);
  await expect(service.graph.get(`/users/${id}/onenote`)).rejects.toThrow("501");
  expect(cases).toEqual([
    {
      ...{ service: "graph", route: "/users/{id}/onenote", status: 501 },
      ...{ code: "NotImplemented", unexpected: "status" },
    },
  ]);
  await service.close();
});
