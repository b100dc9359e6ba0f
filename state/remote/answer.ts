/** A server's side of the works: what came is checked, judged by the caller's rights, done once, and encoded. */
import { z } from "zod";
import { workOf } from "../database/works.ts";
import type { StateDatabase, WorkspaceWorkName } from "../database/works.ts";
import { ExpectedError } from "../../core/expected-error.ts";
import { stackOfTenant } from "../stacks/stack-name.ts";
import { messages, RIGHTS } from "./messages.ts";
import type { About, Right } from "./messages.ts";

export interface Caller {
  /** As the server's settings call it. */
  readonly name: string;
  readonly may: Right;
  /** Names; undefined: all. */
  readonly tenants: readonly string[] | undefined;
}

interface Asked {
  readonly caller: Caller;
  readonly name: WorkspaceWorkName;
  /** As it came: JSON that nobody has looked at. */
  readonly body: unknown;
}

const bodySchema = z.object({ id: z.uuid(), input: z.unknown().optional() });

export const isWorkName = (name: string): name is WorkspaceWorkName =>
  Object.hasOwn(messages, name);

/** Whether its input may be as large as a state. */
export const isLarge = (name: WorkspaceWorkName): boolean => messages[name].isLarge === true;

/**
 * Before the body is read: false when the caller may not do it whatever it is about.
 */
export function mayAsk({ may }: Caller, name: WorkspaceWorkName): boolean {
  const { needs } = messages[name];
  return typeof needs === "function" ? has(may, "plan") : has(may, needs);
}

/**
 * @returns JSON for `output`
 * @throws ExpectedError `server-differs` for what is not a request, `server-refused`, and what the work refuses
 */
export async function answerWork(
  database: StateDatabase,
  { caller, name, body }: Asked,
): Promise<unknown> {
  const message = messages[name] as unknown as AnyMessage;
  const sent = bodySchema.safeParse(body);
  if (!sent.success) throw notARequest(sent.error);
  const decoded = z.safeDecode(message.input, sent.data.input);
  if (!decoded.success) throw notARequest(decoded.error);
  const input = decoded.data;
  const about = message.about(input);
  const needs = typeof message.needs === "function" ? message.needs(input) : message.needs;
  if (!has(caller.may, needs) || !mayTouch(caller, about)) throw refused(caller, needs);
  const isWrite = workOf({ name, input }).access === "write";
  const output = isWrite
    ? await database.run("answerOnce", { id: `${caller.name}/${sent.data.id}`, name, input })
    : await database.run(name, input as never);
  return z.encode(message.output, cut(output, { about, caller }));
}

interface AnyMessage {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly needs: Right | ((input: unknown) => Right);
  readonly about: (input: unknown) => About;
}

const has = (may: Right, needs: Right): boolean => RIGHTS.indexOf(may) >= RIGHTS.indexOf(needs);

const mayTouch = ({ tenants }: Caller, about: About): boolean =>
  tenants === undefined ||
  typeof about === "string" ||
  tenants.some((tenant) => stackOfTenant(tenant) === about.stack);

/** Of names of all tenants, those that the caller may know: stacks, and keys that begin with a tenant's name. */
function cut(
  output: unknown,
  { about, caller: { tenants } }: { readonly about: About; readonly caller: Caller },
): unknown {
  if (about !== "every" || tenants === undefined) return output;
  return (output as readonly string[]).filter((name) =>
    tenants.some((tenant) => name.startsWith(`${tenant}/`) || name === stackOfTenant(tenant)),
  );
}

const notARequest = (cause: z.ZodError): ExpectedError =>
  new ExpectedError("server-differs", "The request is not one that this server knows.", {
    hint: "Use the same version of Tenantry in the workspace and on the server.",
    cause,
  });

const refused = ({ name }: Caller, needs: Right): ExpectedError =>
  new ExpectedError(
    "server-refused",
    `${JSON.stringify(name)} may not do that on the server: it takes \`${needs}\` for this tenant.`,
    { hint: "Have `access` in the server's settings give it, or use another token." },
  );
