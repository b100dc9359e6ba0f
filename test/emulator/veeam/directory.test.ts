import { describe, expect, it } from "vitest";
import { pick, pickText } from "../support/pick.ts";
import { addUser } from "../sharepoint/support/sharepoint.ts";
import { prepare, startBackupServer } from "./support/backup-server.ts";

async function withFinn() {
  const server = await startBackupServer();
  const finn = await addUser(server.emulator, "Finn");
  const ids = await prepare(server);
  await server.emulator.graph("POST", "/beta/sites", {
    body: {
      name: "Finance",
      webUrl: "https://contoso.sharepoint.com/sites/finance",
      template: "sts",
      ownerIdentityToResolve: { email: "finn@contoso.com" },
    },
  });
  return { server, ids, finn, path: `/v8/Organizations/${ids.organizationId}` };
}

describe("what the backup server sees of an organization", () => {
  it("lists the people of the tenant and finds them by name", async () => {
    const { server, path, finn } = await withFinn();
    const found = await server.call("GET", `${path}/Users?userName=finn@contoso.com`);
    expect(found.body).toMatchObject({
      results: [
        { displayName: "Finn", name: "finn@contoso.com", msid: finn, locationType: "Cloud" },
      ],
    });
    const none = await server.call("GET", `${path}/Users?userName=nobody@contoso.com`);
    expect(pick(none.body, "results")).toEqual([]);
  });

  it("refuses a filter that it does not know rather than answering with everybody", async () => {
    const { server, path } = await withFinn();
    expect((await server.call("GET", `${path}/Sites?filter=finance`)).status).toBe(501);
  });

  it("takes a listed site and a listed person as items of a job", async () => {
    const { server, ids, path } = await withFinn();
    const sites = await server.call("GET", `${path}/Sites`);
    expect(sites.body).toMatchObject({ results: [{}, { title: "Finance", isPersonal: false }] });
    const site = {
      id: pickText(sites.body, "results.1.id"),
      url: pickText(sites.body, "results.1.url"),
      title: "Finance",
      isCloud: true,
      isPersonal: false,
    };
    const users = await server.call("GET", `${path}/Users`);
    const user = { id: pickText(users.body, "results.0.id") };
    const job = await server.call("POST", "/v8/Jobs", {
      ...ids,
      name: "Selected",
      backupType: "SelectedItems",
      selectedItems: [
        { type: "Site", site },
        { type: "User", user, mailbox: true, oneDrive: false },
      ],
    });
    expect(job.status).toBe(201);
    const items = await server.call("GET", `/v8/Jobs/${pickText(job.body, "id")}/SelectedItems`);
    expect(items.body).toMatchObject({
      results: [
        { type: "Site", site },
        { type: "User", mailbox: true, oneDrive: false, archiveMailbox: true },
      ],
    });
  });
});
