import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { GraphRequestError } from "../../../services/index.ts";
import type { FailureCode, Microsoft365 } from "../../../services/index.ts";
import { defineResource } from "../../../provider/kit/define.ts";
import { mayBeOurs } from "../../../provider/kit/earlier-run.ts";
import { RefusedError } from "../../../provider/kit/refusal.ts";
import { serveProvider } from "../../../provider/kit/server.ts";
import type { ProviderServer } from "../../../provider/kit/server.ts";
import { struct } from "../../support/grpc.ts";
import { proto, ProviderClient } from "../support/provider-client.ts";

const URN = "urn:pulumi:contoso::tenantry::m365:test:Shelf::one";
const BEGUN = new Date("2026-11-26T12:00:00Z");

let steps: string[];
let earlier: Date | undefined;
let failure: Error | undefined;
let server: ProviderServer;
let engine: ProviderClient;

const shelf = defineResource({
  token: "m365:test:Shelf",
  summary: "A shelf.",
  inputs: z.strictObject({ label: z.string() }),
  outputs: z.strictObject({}),
  permissions: { read: [], write: [] },
  sources: [],
  replaceOn: [],
  read: () => Promise.resolve(undefined),
  reconcile: (context) => {
    steps.push(`sent, begun ${context.begunAt?.toISOString() ?? "now"}`);
    if (failure !== undefined) return Promise.reject(failure);
    return Promise.resolve({ id: "1", outputs: {} });
  },
  remove: () => Promise.resolve(),
  describe: () => ({ section: "other", nl: "", en: "", severity: "routine", affected: [] }),
});

const create = async (preview = false): Promise<unknown> =>
  await engine
    .create(
      new proto.CreateRequest()
        .setUrn(URN)
        .setProperties(struct({ label: "a" }))
        .setPreview(preview),
    )
    .catch((error: unknown) => error);

const failsWith = (code: FailureCode): Error =>
  new GraphRequestError({
    code,
    message: code,
    hint: "",
    service: "graph",
    method: "POST",
    path: "/",
  });

beforeEach(async () => {
  [steps, earlier, failure] = [[], undefined, undefined];
  server = await serveProvider(
    { name: "m365", version: "1.2.3", config: z.strictObject({}), resources: [shelf] },
    () => {
      const service = { tenantId: "t", close: () => Promise.resolve() } as Partial<Microsoft365>;
      return Promise.resolve({ service: service as Microsoft365, backupCredentials: undefined });
    },
    {
      intents: {
        begin: async (urn) => {
          await Promise.resolve();
          steps.push(`written down ${urn === URN ? "" : urn}`.trim());
          return earlier;
        },
        withdraw: async () => {
          await Promise.resolve();
          steps.push("withdrawn");
        },
      },
    },
  );
  engine = new ProviderClient(server.port);
});

afterEach(async () => {
  engine.close();
  await server.close();
});

describe("a creation", () => {
  it("is written down before it is sent", async () => {
    await create();
    expect(steps).toEqual(["written down", "sent, begun now"]);
  });

  it("is not written down in a preview, which sends nothing", async () => {
    await create(true);
    expect(steps).toEqual([]);
  });

  it("is told when a run that died began it", async () => {
    earlier = BEGUN;
    await create();
    expect(steps).toEqual(["written down", `sent, begun ${BEGUN.toISOString()}`]);
  });

  it.each([
    ["refused by the service", failsWith("already-exists")],
    ["refused before", new RefusedError({ code: "user-exists", message: "", hint: "" })],
  ])("%s is withdrawn", async (_what, error) => {
    failure = error;
    await create();
    expect(steps).toEqual(["written down", "sent, begun now", "withdrawn"]);
  });

  it.each(["outcome-unknown", "deadline-exceeded", "cancelled", "connection-failed"] as const)(
    "that ends as %s may have been made, and stays",
    async (code) => {
      failure = failsWith(code);
      await create();
      expect(steps).toEqual(["written down", "sent, begun now"]);
    },
  );

  it("of an earlier run stays when it meets what is another's", async () => {
    earlier = BEGUN;
    failure = failsWith("already-exists");
    await create();
    expect(steps).not.toContain("withdrawn");
  });
});

describe("an object as old as", () => {
  it.each([
    ["the creation that a run began", "2026-11-26T12:00:00Z", true],
    ["a clock of ours that is four minutes fast makes it seem", "2026-11-26T11:56:00Z", true],
    ["what was there before", "2026-11-26T11:54:00Z", false],
    ["nobody says", null, false],
  ])("%s", (_what, created, isOurs) => {
    expect(mayBeOurs({ begunAt: BEGUN }, created)).toBe(isOurs);
  });

  it("anything may answer a creation of this run", () => {
    expect(mayBeOurs({ begunAt: undefined }, "2020-01-01T00:00:00Z")).toBe(true);
  });
});
