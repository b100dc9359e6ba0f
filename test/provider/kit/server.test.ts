import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Microsoft365 } from "../../../services/index.ts";
import { defineResource } from "../../../provider/kit/define.ts";
import { serveProvider } from "../../../provider/kit/server.ts";
import type { ProviderServer } from "../../../provider/kit/server.ts";
import { UNKNOWN } from "../../../core/engine-markers.ts";
import { struct } from "../../support/grpc.ts";
import { initFailureOf, proto, ProviderClient } from "../support/provider-client.ts";
import type { Wire } from "../support/provider-client.ts";

const URN = "urn:pulumi:contoso::tenantry::m365:test:Shelf::one";
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const secret = (value: unknown): Wire => ({
  [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270",
  value,
});

/** A resource that keeps its objects in a map: what a service does, without one. */
function shelfDefinition(objects: Map<string, { label: string; books: string[] }>) {
  return defineResource({
    token: "m365:test:Shelf",
    summary: "A shelf.",
    inputs: z.strictObject({
      label: z.string().min(1),
      books: z.array(z.string()).transform((books) => [...books].sort()),
      key: z.string().optional(),
      note: z.string().optional(),
    }),
    outputs: z.strictObject({ shelfId: z.string(), remark: z.string().optional() }),
    secrets: ["key"],
    permissions: { read: [], write: [] },
    sources: [],
    replaceOn: ["label"],
    writeOnly: ["key"],
    validate: (wanted) =>
      wanted.books.length > 2 ? [{ property: "books", reason: "at most 2" }] : [],
    read: async (_context, { id }) => {
      const found = objects.get(id);
      return found && { id, inputs: { ...found, note: "seen" }, outputs: { shelfId: id } };
    },
    reconcile: async (context, { wanted }) => {
      const id = `shelf-${wanted.label}`;
      objects.set(id, { label: wanted.label, books: wanted.books });
      context.created(id, { shelfId: id });
      if (wanted.label === "breaks") throw new Error("the shelf fell down");
      return { id, outputs: { shelfId: id } };
    },
    remove: async (_context, { id }) => {
      objects.delete(id);
    },
    describe: () => ({
      section: "other",
      nl: "",
      en: "",
      severity: "routine",
      affected: [],
    }),
  });
}

describe("a served provider", () => {
  let objects: Map<string, { label: string; books: string[] }>;
  let connections: number;
  let server: ProviderServer;
  let engine: ProviderClient;

  const RELEASED = `${URN}-released`;

  beforeEach(async () => {
    objects = new Map();
    connections = 0;
    server = await serveProvider(
      {
        name: "m365",
        version: "1.2.3",
        config: z.strictObject({ tenantId: z.string() }),
        resources: [shelfDefinition(objects)],
      },
      async () => {
        connections += 1;
        const service = { tenantId: "t", close: async () => undefined } as Partial<Microsoft365>;
        return { service: service as Microsoft365, backupCredentials: undefined };
      },
      { isReleased: (urn) => urn === RELEASED },
    );
    engine = new ProviderClient(server.port);
  });

  afterEach(async () => {
    engine.close();
    await server.close();
  });

  const check = async (news: Wire): Promise<proto.CheckResponse> =>
    await engine.check(new proto.CheckRequest().setUrn(URN).setNews(struct(news)));

  const create = async (wire: Wire, preview = false): Promise<proto.CreateResponse> =>
    await engine.create(
      new proto.CreateRequest().setUrn(URN).setProperties(struct(wire)).setPreview(preview),
    );

  it("reports every problem of the inputs at once", async () => {
    const response = await check({ label: "", books: "none", extra: 1 });
    expect(response.getFailuresList().map((failure) => failure.getProperty())).toEqual(
      expect.arrayContaining(["label", "books"]),
    );
    expect(response.getFailuresList()).toHaveLength(3);
  });

  it("normalises inputs and keeps secrets wrapped", async () => {
    const response = await check({ label: "a", books: ["z", "b"], key: "hush" });
    expect(response.getInputs()?.toJavaScript()).toEqual({
      label: "a",
      books: ["b", "z"],
      key: secret("hush"),
    });
  });

  it("accepts an unknown in a preview and judges the rest", async () => {
    const unknownBooks = await check({ label: "a", books: UNKNOWN });
    expect(unknownBooks.getFailuresList()).toEqual([]);
    expect(unknownBooks.getInputs()?.toJavaScript()).toEqual({ label: "a", books: UNKNOWN });
    const broken = await check({ label: "", books: UNKNOWN });
    expect(broken.getFailuresList().map((failure) => failure.getProperty())).toEqual(["label"]);
  });

  it("asks the definition's own demands of what is known", async () => {
    const response = await check({ label: "a", books: ["1", "2", "3"] });
    expect(response.getFailuresList().map((failure) => failure.getReason())).toEqual(["at most 2"]);
  });

  it("previews a creation without any connection to the service", async () => {
    const response = await create({ label: "a", books: [] }, true);
    expect(response.getProperties()?.toJavaScript()).toEqual({
      label: "a",
      books: [],
      shelfId: UNKNOWN,
    });
    expect(connections).toBe(0);
    expect(objects.size).toBe(0);
  });

  it("creates, and connects once however much is created", async () => {
    const made = await create({ label: "a", books: ["x"], key: secret("hush") });
    await create({ label: "b", books: [] });
    expect(made.getId()).toBe("shelf-a");
    expect(made.getProperties()?.toJavaScript()).toEqual({
      label: "a",
      books: ["x"],
      key: secret("hush"),
      shelfId: "shelf-a",
    });
    expect(connections).toBe(1);
  });

  it("keeps the id of an object whose creation was interrupted", async () => {
    const error: unknown = await create({ label: "breaks", books: [] }).catch(
      (thrown: unknown) => thrown,
    );
    const failure = initFailureOf(error);
    expect(failure?.getId()).toBe("shelf-breaks");
    expect(failure?.getProperties()?.toJavaScript()).toMatchObject({ shelfId: "shelf-breaks" });
    expect(failure?.getReasonsList().join()).toContain("the shelf fell down");
  });

  it("finishes an interrupted creation, also when more was declared since", async () => {
    const error: unknown = await create({ label: "breaks", books: ["a"] }).catch(
      (thrown: unknown) => thrown,
    );
    const state = initFailureOf(error)?.getProperties()?.toJavaScript() ?? {};
    objects.set("shelf-a", { label: "a", books: [] });
    await engine.update(
      new proto.UpdateRequest()
        .setUrn(URN)
        .setId("shelf-a")
        .setOlds(struct(state))
        .setOldInputs(struct({ label: "a", books: ["a"] }))
        .setNews(struct({ label: "a", books: ["a", "b"] })),
    );
    expect(objects.get("shelf-a")?.books).toEqual(["a", "b"]);
  });

  it("tells changes by property, and which of them need a new object", async () => {
    const response = await engine.diff(
      new proto.DiffRequest()
        .setUrn(URN)
        .setOldInputs(struct({ label: "a", books: ["x"] }))
        .setNews(struct({ label: "b", books: ["x", "y"], note: "new" }))
        .setIgnorechangesList(["note"]),
    );
    const details = response.getDetaileddiffMap();
    const { Kind } = proto.PropertyDiff;
    expect(response.getReplacesList()).toEqual(["label"]);
    // With paths here the engine's line about the step would name none of them.
    expect(response.getDiffsList()).toEqual(["books", "label"]);
    expect(details.get("label")?.getKind()).toBe(Kind.UPDATE_REPLACE);
    expect(details.get("books[1]")?.getKind()).toBe(Kind.ADD);
    expect(details.has("note")).toBe(false);
  });

  it("finds no change where only the normal form differs", async () => {
    const response = await engine.diff(
      new proto.DiffRequest()
        .setUrn(URN)
        .setOldInputs(struct({ label: "a", books: ["z", "b"] }))
        .setNews(struct({ label: "a", books: ["b", "z"] })),
    );
    expect(response.getChanges()).toBe(proto.DiffResponse.DiffChanges.DIFF_NONE);
  });

  it("refreshes only what was declared, and keeps what the service never gives back", async () => {
    objects.set("shelf-a", { label: "a", books: ["changed"] });
    const response = await engine.read(
      new proto.ReadRequest()
        .setUrn(URN)
        .setId("shelf-a")
        .setInputs(struct({ label: "a", books: ["x"], key: secret("hush") })),
    );
    expect(response.getInputs()?.toJavaScript()).toEqual({
      label: "a",
      books: ["changed"],
      key: secret("hush"),
    });
  });

  it("says that an object is gone by an empty id", async () => {
    const response = await engine.read(new proto.ReadRequest().setUrn(URN).setId("shelf-none"));
    expect(response.getId()).toBe("");
  });

  it("refuses to change an object that is gone, and says what to do", async () => {
    const update = engine.update(
      new proto.UpdateRequest()
        .setUrn(URN)
        .setId("shelf-a")
        .setOldInputs(struct({ label: "a", books: [] }))
        .setNews(struct({ label: "a", books: ["x"] })),
    );
    await expect(update).rejects.toThrow(/no longer exists.*\[resource-gone\]/);
  });

  it("removes, and removing twice is fine", async () => {
    const request = new proto.DeleteRequest()
      .setUrn(URN)
      .setId("shelf-a")
      .setOldInputs(struct({ label: "a", books: [] }));
    objects.set("shelf-a", { label: "a", books: [] });
    await engine.delete(request);
    await engine.delete(request);
    expect(objects.size).toBe(0);
  });

  it("leaves what is let go of where it is, without as much as a connection", async () => {
    objects.set("shelf-a", { label: "a", books: [] });
    const request = new proto.DeleteRequest().setUrn(RELEASED).setId("shelf-a");
    await engine.delete(request.setOldInputs(struct({ label: "a", books: [] })));
    expect([objects.size, connections]).toEqual([1, 0]);
  });

  it("takes another tenant for another world", async () => {
    const response = await engine.diffConfig(
      new proto.DiffRequest()
        .setUrn("urn:pulumi:contoso::tenantry::pulumi:providers:m365::m365")
        .setOldInputs(struct({ tenantId: "one" }))
        .setNews(struct({ tenantId: "two" })),
    );
    expect(response.getReplacesList()).toEqual(["tenantId"]);
  });

  it("refuses configuration that it does not know", async () => {
    const response = await engine.checkConfig(
      new proto.CheckRequest().setNews(struct({ tenantId: "one", tenatId: "two" })),
    );
    expect(response.getFailuresList()).toHaveLength(1);
  });

  it("serves a schema in Pulumi's form", async () => {
    const response = await engine.getSchema(new proto.GetSchemaRequest().setVersion(0));
    const schema = JSON.parse(response.getSchema()) as Record<string, unknown>;
    expect(schema).toMatchObject({
      name: "m365",
      version: "1.2.3",
      provider: { requiredInputs: ["tenantId"] },
      resources: {
        "m365:test:Shelf": {
          requiredInputs: ["label", "books"],
          inputProperties: {
            label: { type: "string", replaceOnChanges: true },
            books: { type: "array", items: { type: "string" } },
            key: { type: "string", secret: true },
          },
          properties: { shelfId: { type: "string" } },
        },
      },
    });
  });
});
