/** Who may do what on a server: a YAML file, read once when the server starts. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import type { Document } from "yaml";
import { z } from "zod";
import { relyingPartyId, stackName } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { RIGHTS } from "../state/index.ts";
import { engineersSchema } from "./engineers/settings.ts";

const text = z.string().min(1).max(300);
/** Plain HTTP within one machine only, for tests and for a proxy there. */
const address = z
  .url()
  .refine(
    (url) => /^(https:|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$))/.test(url),
    "an address with https://, or http:// on this machine",
  )
  .transform((url) => url.replace(/\/$/, ""));

/**
 * What the platforms write into their tokens; every claim that is named has to be the same.
 * GitHub: `repository`, `repository_id`, `ref` (refs/heads/main), `environment` (docs.github.com, "OpenID Connect
 * reference"). GitLab: `project_path`, `ref` with `ref_type`, `ref_protected`, `environment` (docs.gitlab.com, "OpenID
 * Connect (OIDC) Authentication Using ID Tokens"); both read 2026-11-27. Azure DevOps: a token of a service connection, by its
 * subject `sc://organisation/project/connection`, issued by https://vstoken.dev.azure.com/<organisation id> for
 * api://AzureADTokenExchange, which cannot be chosen: not verified against a real organisation.
 */
const platforms = {
  github: z
    .strictObject({
      repository: text.regex(/^[^/]+\/[^/]+$/, "owner/name"),
      /** Names are given away again when a repository is deleted; its number is not. */
      repositoryId: text.regex(/^\d+$/, "its number").optional(),
      ref: text.regex(/^refs\//, "whole, as refs/heads/main").optional(),
      environment: text.optional(),
      issuer: address.default("https://token.actions.githubusercontent.com"),
    })
    .transform(({ issuer, repository, repositoryId, ref, environment }) => ({
      ...{ issuer, audience: undefined, isBound: ref !== undefined || environment !== undefined },
      claims: claims({ repository, repository_id: repositoryId, ref, environment }),
    })),
  gitlab: z
    .strictObject({
      project: text,
      /** A branch; for everything above `plan` it has to be a protected one. */
      branch: text.optional(),
      environment: text.optional(),
      issuer: address.default("https://gitlab.com"),
    })
    .transform(({ issuer, project, branch, environment }) => ({
      ...{ issuer, audience: undefined, isBound: branch !== undefined },
      claims: claims({
        ...{ project_path: project, ref: branch, environment },
        ref_type: branch === undefined ? undefined : "branch",
        ref_protected: branch === undefined ? undefined : "true",
      }),
    })),
  azureDevOps: z
    .strictObject({
      organizationId: z.guid().toLowerCase(),
      subject: text.regex(/^sc:\/\/[^/]+\/[^/]+\/[^/]+$/, "sc://organisation/project/connection"),
      issuer: address.optional(),
    })
    .transform(({ organizationId, subject, issuer }) => ({
      issuer: issuer ?? `https://vstoken.dev.azure.com/${organizationId}`,
      audience: "api://AzureADTokenExchange",
      // Who may use a service connection is kept by the project.
      isBound: true,
      claims: claims({ sub: subject }),
    })),
};

const claims = (
  named: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );

const WAYS = ["token", "github", "gitlab", "azureDevOps"] as const;

const accessSchema = z
  .strictObject({
    /** Stands in the log and in refusals. */
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,60}$/, "letters, digits, spaces, dots and hyphens"),
    may: z.enum(RIGHTS),
    /** Left out: all. */
    tenants: z.array(stackName).min(1).optional(),
    /** As `tenantry serve --new-token` prints it. */
    token: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, "sha256:… of the token, never the token")
      .optional(),
    github: platforms.github.optional(),
    gitlab: platforms.gitlab.optional(),
    azureDevOps: platforms.azureDevOps.optional(),
  })
  .refine((access) => WAYS.filter((way) => access[way] !== undefined).length === 1, {
    error: `exactly one of ${WAYS.join(", ")}`,
  })
  .transform(({ name, may, tenants, token, ...platform }) => ({
    ...{ name, may, tenants, token },
    platform: platform.github ?? platform.gitlab ?? platform.azureDevOps,
  }))
  .refine(({ may, platform }) => platform?.isBound !== false || may === "read" || may === "plan", {
    error:
      "a branch or an environment is missing: anybody who can push a branch could do more than plan",
  });

/** What is secret stands in a variable. */
const variable = z
  .string()
  .regex(/^\$[A-Z][A-Z0-9_]*$/, "$NAME: the variable that holds it")
  .transform((written, context) => {
    const value = process.env[written.slice(1)];
    if (value !== undefined && value !== "") return value;
    context.addIssue(`the variable ${written.slice(1)} is not set`);
    return z.NEVER;
  });

/** How mail leaves: a mail server that takes it for any address. */
const mailSchema = z
  .strictObject({
    host: text,
    port: z.int().min(1).max(65_535),
    /** `none` within one machine only. */
    security: z.enum(["tls", "starttls", "none"]).default("starttls"),
    user: text.optional(),
    password: variable.optional(),
    /** Such as `Tenantry <portal@provider.example>`; outside the customer's tenant. */
    from: text.regex(/^[^\r\n]*@[^\r\n]*$/, "a mail address"),
  })
  .refine(({ user, password }) => (user === undefined) === (password === undefined), {
    error: "user and password belong together",
  })
  .refine(
    ({ host, security }) => security !== "none" || ["127.0.0.1", "localhost"].includes(host),
    {
      path: ["security"],
      error: "none is for this machine only",
    },
  );

/** The pages of decision makers. */
const portalSchema = z.strictObject({
  /** Domain name that passkeys belong to: that of `url`, or one above it. Final: they work for no other. */
  relyingPartyId,
  /** File with the provider's keys, as in the workspace (docs/approval.md); from where the settings are. */
  trustRoots: text.default("trust-roots.json"),
  mail: mailSchema.optional(),
  /** Gets `{"text": "A proposal for … waits: …"}`, as Slack takes it (Teams: not verified). Whoever knows such an address can post. */
  webhook: variable.optional(),
});

const settingsShape = z.strictObject({
  /** Where workspaces reach this server; platforms sign their tokens for it. */
  url: address,
  /** Who reaches state and records; nobody where the server is only for its pages. */
  access: z
    .array(accessSchema)
    .default([])
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: "names must differ",
    }),
  portal: portalSchema.optional(),
  engineers: engineersSchema({ address, variable }).optional(),
});

const settingsSchema = settingsShape
  .refine(
    ({ access, portal, engineers }) =>
      access.length > 0 || portal !== undefined || engineers !== undefined,
    { path: ["access"], error: "somebody has access, or there is a portal" },
  )
  .refine(
    ({ url, portal }) =>
      portal === undefined || `.${new URL(url).hostname}`.endsWith(`.${portal.relyingPartyId}`),
    { path: ["portal", "relyingPartyId"], error: "the domain name of url, or one above it" },
  );

export type MailSettings = z.output<typeof mailSchema>;
export type PortalSettings = z.output<typeof portalSchema>;
export type ServerSettings = z.output<typeof settingsSchema>;
export type Access = ServerSettings["access"][number];

/** @throws ExpectedError `server-settings-invalid` with file, line and column of each problem */
export function readServerSettings(file: string): ServerSettings {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(file, "utf8"), { lineCounter: lines });
  const at = (offset: number, message: string): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}: ${message}`;
  };
  const { errors } = document;
  if (errors.length > 0) {
    throw invalid(
      file,
      errors.map(({ pos, message }) => at(pos[0], message.split("\n")[0] ?? "")),
    );
  }
  const parsed = settingsSchema.safeParse(document.toJS());
  if (parsed.success) return locatedIn(dirname(file), parsed.data);
  throw invalid(
    file,
    parsed.error.issues.map((issue) =>
      at(
        offsetOf(document, issue.path),
        [z.core.toDotPath(issue.path), issue.message].filter(Boolean).join(": "),
      ),
    ),
  );
}

const locatedIn = (folder: string, settings: ServerSettings): ServerSettings => {
  const located = <T extends { readonly trustRoots: string }>(pages: T | undefined) =>
    pages && { ...pages, trustRoots: resolve(folder, pages.trustRoots) };
  const { portal, engineers } = settings;
  return { ...settings, portal: located(portal), engineers: located(engineers) };
};

/** Of what an issue is about, or of the nearest thing around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const within: unknown = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(within)
      ? within.items.find(({ key: known }) => isScalar(known) && known.value === key)
      : undefined;
    const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as
      { readonly range?: readonly number[] | null } | undefined;
    const offset = node?.range?.[0];
    if (offset !== undefined) return offset;
  }
  return 0;
}

const invalid = (file: string, details: readonly string[]): ExpectedError =>
  new ExpectedError("server-settings-invalid", `${file} cannot be used.`, {
    hint: "Correct the settings; docs/server.md lists them.",
    details,
  });
