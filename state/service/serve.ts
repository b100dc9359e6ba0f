/**
 * The state as a service on loopback, in the protocol of the engine's HTTP backend: the engine sends what it does as
 * journal entries, which grow with the change, where its file backend writes the whole state at each step.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { hostname, userInfo } from "node:os";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Transactions } from "../database/works.ts";
import type { Fence } from "../leases/table.ts";
import { ORGANIZATION } from "../stacks/stack-name.ts";
import { leaseNameOf } from "../stacks/updates.ts";
import { ApiError, statusOf } from "./api-error.ts";
import { LARGEST_BODY, tooLarge } from "./body.ts";
import type { ServiceContext } from "./context.ts";
import { stackRoutes } from "./stack-routes.ts";
import { isSameToken, newToken, tokenIn } from "./tokens.ts";
import { updateRoutes } from "./update-routes.ts";

export interface ServeStateOptions {
  readonly database: Transactions;
  /**
   * The lease under which updates are made at that moment; while there is none, each update takes one of its own. It
   * must be that of the stack (`leaseNameOf`).
   */
  readonly lease?: () => Fence | undefined;
  /** Receives a request's failure before the engine rewords it. */
  readonly onFailure: (error: Error) => void;
}

export interface StateService {
  /** For PULUMI_BACKEND_URL. */
  readonly url: string;
  /** For PULUMI_ACCESS_TOKEN; good until the service ends. */
  readonly accessToken: string;
  /** Ends updates whose engine did not: what it had reported is kept, what it had begun is pending. */
  close(): Promise<void>;
}

export async function serveState(options: ServeStateOptions): Promise<StateService> {
  const { database, lease = () => undefined, onFailure } = options;
  const accessToken = newToken();
  const begun = new Map<string, string>();
  const fence = (): Fence | undefined => fenceOf(lease());
  const cancel = async (stack: string, id: string): Promise<void> => {
    const lock = { lease: leaseNameOf(stack), fence: fence(), isOwn: begun.has(id) };
    await database.run("cancelUpdate", { stack, id, ...lock });
    begun.delete(id);
  };
  const owner = { user: userInfo().username, host: hostname(), pid: process.pid };
  const app = application({ database, accessToken, owner, fence, begun, cancel }, onFailure);
  // The engine asks for HTTP/1.1, so this is a plain server.
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    accessToken,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      for (const [id, stack] of begun) await cancel(stack, id);
    },
  };
}

function application(context: ServiceContext, onFailure: (error: Error) => void): Hono {
  const { accessToken } = context;
  const app = new Hono();
  app.use(async (c, next) => {
    const token = tokenIn(c.req.header("authorization"), "token");
    if (!HAS_TOKEN_OF_ITS_OWN.test(c.req.path) && !isSameToken(token, accessToken)) {
      throw new ApiError(401, "Unauthorized: not the access token of this service.");
    }
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: () => {
        throw tooLarge();
      },
    }),
  );
  app.get("/api/capabilities", (c) => c.json({ capabilities: CAPABILITIES }));
  app.get("/api/user", (c) => c.json(USER));
  app.get("/api/user/organizations/default", (c) => c.json({ GitHubLogin: ORGANIZATION }));
  app.get("/api/user/stacks", async (c) => {
    const stacks = await context.database.run("listStacks", undefined);
    return c.json({
      stacks: stacks.map((stack) => {
        const [orgName, projectName, stackName] = stack.split("/");
        return { orgName, projectName, stackName };
      }),
    });
  });
  app.route("/api/stacks", stackRoutes(context));
  app.route("/api/stacks", updateRoutes(context));
  app.notFound((c) => c.json({ code: 404, message: "Not Found: not part of this service." }, 404));
  app.onError((error, c) => {
    const status = statusOf(error);
    if (!(error instanceof ApiError)) onFailure(error);
    const message = status === 500 ? "Internal error of the state service." : error.message;
    return c.json({ code: status, message }, status);
  });
  return app;
}

/** What the engine sends within an update carries the update's token, which is checked with each write. */
const HAS_TOKEN_OF_ITS_OWN =
  /^\/api\/stacks\/([^/]+\/){3}update\/[^/]+\/(journalentries|events\/batch|renew_lease|complete)$/;

/** States of schema version 4 are taken as they are, instead of in version 3 with parts left out. */
const CAPABILITIES = [
  { capability: "deployment-schema-version", version: 1, configuration: { version: 4 } },
];

const USER = {
  id: ORGANIZATION,
  githubLogin: ORGANIZATION,
  name: ORGANIZATION,
  email: "",
  avatarUrl: "",
  organizations: [{ name: ORGANIZATION, githubLogin: ORGANIZATION, avatarUrl: "" }],
  identities: [],
};

/** Only what crosses to the database's thread. */
const fenceOf = (lease: Fence | undefined): Fence | undefined =>
  lease && { name: lease.name, epoch: lease.epoch, holder: lease.holder };
