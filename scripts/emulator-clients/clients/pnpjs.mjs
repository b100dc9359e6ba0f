/** PnPjs: SharePoint and Graph, signed in with a certificate. Runs in the cache, where its packages lie. */
import { readFileSync } from "node:fs";
import { graphfi } from "@pnp/graph";
import "@pnp/graph/groups/index.js";
import "@pnp/graph/users/index.js";
import { GraphDefault, SPDefault } from "@pnp/nodejs";
import { spfi } from "@pnp/sp";
import "@pnp/sp/lists/index.js";
import "@pnp/sp/security/index.js";
import "@pnp/sp/site-groups/index.js";
import "@pnp/sp/site-users/index.js";
import "@pnp/sp/webs/index.js";
import { operation } from "./report.mjs";

const {
  M365_TENANT,
  M365_CLIENT_ID,
  M365_CERTIFICATE = "",
  M365_THUMBPRINT,
  M365_SITE_HOST,
} = process.env;
const [privateKey] =
  /-----BEGIN PRIVATE KEY-----[^]*?-----END PRIVATE KEY-----/.exec(
    readFileSync(M365_CERTIFICATE, "utf8"),
  ) ?? [];
const config = {
  auth: {
    authority: `https://login.microsoftonline.com/${M365_TENANT}`,
    clientId: M365_CLIENT_ID,
    clientCertificate: { thumbprint: M365_THUMBPRINT, privateKey },
  },
};
const site = `https://${M365_SITE_HOST}`;
const sp = spfi().using(
  SPDefault({ baseUrl: site, msal: { config, scopes: [`${site}/.default`] } }),
);
const graph = graphfi().using(
  GraphDefault({
    baseUrl: "https://graph.microsoft.com/v1.0",
    msal: { config, scopes: ["https://graph.microsoft.com/.default"] },
  }),
);

await operation("list users", "read", async () => {
  const [user] = await graph.users.top(2)();
  if (user?.userPrincipalName === undefined) throw new Error("no user");
});
await operation("list groups", "read", () => graph.groups.top(2)());
await operation("read the web", "read", async () => {
  const { Url: url } = await sp.web.select("Title", "Url")();
  if (!url.startsWith(site)) throw new Error(`another site: ${url}`);
});
await operation("expand an associated group", "read", () =>
  sp.web.select("AssociatedOwnerGroup/Title").expand("AssociatedOwnerGroup")(),
);
await operation("list libraries with permissions", "read", () =>
  sp.web.lists.select("Title", "HasUniqueRoleAssignments").expand("RoleAssignments")(),
);
await operation("find a list by title", "read", () => sp.web.lists.getByTitle("Documents")());
await operation("list site users", "read", () => sp.web.siteUsers());
await operation("list site groups", "read", () => sp.web.siteGroups());
await operation("list permission levels", "read", () => sp.web.roleDefinitions());
await operation("read the current user", "read", () => sp.web.currentUser());
const title = `Clients ${Date.now()}`;
await operation("add a library", "write", () => sp.web.lists.add(title, "", 101));
await operation("break inheritance", "write", () =>
  sp.web.lists.getByTitle(title).breakRoleInheritance(true, false),
);
await operation("add a permission", "write", async () => {
  const { Id: principal } = await sp.web.associatedMemberGroup();
  const { Id: role } = await sp.web.roleDefinitions.getByType(2)();
  await sp.web.lists.getByTitle(title).roleAssignments.add(principal, role);
});
await operation("remove a library", "write", () => sp.web.lists.getByTitle(title).delete());
await operation("several reads in one batch", "read", async () => {
  const [batched, execute] = sp.batched();
  const read = batched.web();
  await execute();
  await read;
});
