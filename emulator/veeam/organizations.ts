/** Microsoft 365 organizations that the backup server protects. */
import { toTimestamp } from "../core/clock.ts";
import { findTenant } from "../core/tenants.ts";
import type { Call, Scope } from "../core/workload.ts";
import { listDirectory, type DirectoryKind } from "./directory.ts";
import { conflict, invalid, notServed } from "./errors.ts";
import {
  jobs,
  organizations,
  type ConnectionSettings,
  type Organization,
  type OrganizationSettings,
} from "./model.ts";
import { parameter, type Handler, type OperationTable } from "./operation.ts";
import { page } from "./paging.ts";
import { backupTimes, sessionsOf } from "./sessions.ts";
import { requireObject } from "./storage.ts";

interface ConnectionRequest extends ConnectionSettings {
  applicationSecret?: string;
  applicationCertificate?: string;
  applicationCertificateThumbprint?: string;
}

interface OrganizationRequest extends OrganizationSettings {
  configureApplication?: boolean | null;
  exchangeOnlineSettings?: ConnectionRequest;
  sharePointOnlineSettings?: ConnectionRequest;
}

/**
 * Version 8 takes application-only authentication alone, outside China.
 * @see https://helpcenter.veeam.com/docs/vbo365/rest/authorization_basic_legacy.html (checked 2026-11)
 */
function settingsOf(name: string, request: ConnectionRequest): ConnectionSettings {
  if (request.useApplicationOnlyAuth !== true) {
    throw invalid(`${name}.useApplicationOnlyAuth: basic authentication is not supported`);
  }
  if (!request.officeOrganizationName) throw invalid(`${name}.officeOrganizationName: required`);
  if (!request.applicationId) throw invalid(`${name}.applicationId: required`);
  const credentials = [
    request.applicationSecret,
    request.applicationCertificate,
    request.applicationCertificateThumbprint,
  ];
  if (!credentials.some(Boolean)) {
    throw invalid(
      `${name}: applicationCertificate, its thumbprint or applicationSecret is required`,
    );
  }
  const { officeOrganizationName, applicationId } = request;
  return { useApplicationOnlyAuth: true, officeOrganizationName, applicationId };
}

function organizationOf(call: Call, id: string): Organization {
  const request = call.body as OrganizationRequest;
  if (request.type !== "Office365")
    throw notServed(`organizations of type ${request.type ?? "(none)"}`);
  if (request.configureApplication === true) throw notServed("configureApplication");
  const { isExchangeOnline, isSharePointOnline, exchangeOnlineSettings, sharePointOnlineSettings } =
    request;
  if (isExchangeOnline !== true && isSharePointOnline !== true) {
    throw invalid("isExchangeOnline or isSharePointOnline: one of them must be true");
  }
  const exchange =
    isExchangeOnline === true
      ? settingsOf("exchangeOnlineSettings", exchangeOnlineSettings ?? {})
      : undefined;
  const sharePoint =
    isSharePointOnline === true
      ? settingsOf("sharePointOnlineSettings", sharePointOnlineSettings ?? {})
      : undefined;
  const officeName = (exchange ?? sharePoint)?.officeOrganizationName ?? "";
  const tenant = findTenant(call, officeName);
  if (tenant === undefined)
    throw invalid(`officeOrganizationName: no Microsoft 365 organization '${officeName}'`);
  if (call.store.find(organizations, "msid", tenant.id).some(({ object }) => object.id !== id)) {
    throw conflict(`The organization '${officeName}' has been added already.`);
  }
  return {
    id,
    type: request.type,
    region: request.region ?? "Worldwide",
    name: tenant.domains[0] ?? officeName,
    msid: tenant.id,
    description: request.description ?? "",
    isExchangeOnline: isExchangeOnline === true,
    isSharePointOnline: isSharePointOnline === true,
    isTeamsOnline: request.isTeamsOnline === true,
    isTeamsChatsOnline: request.isTeamsChatsOnline === true,
    ...(exchange && { exchangeOnlineSettings: exchange }),
    ...(sharePoint && { sharePointOnlineSettings: sharePoint }),
  };
}

function toAnswer(scope: Scope, organization: Organization): Record<string, unknown> {
  const backups = backupTimes(scope, sessionsOf(scope, "organizationId", organization.id));
  return {
    ...organization,
    officeName: organization.name,
    isBackedup: backups !== undefined,
    ...(backups && {
      firstBackuptime: toTimestamp(backups.first),
      lastBackuptime: toTimestamp(backups.last),
    }),
  };
}

function requireOrganization(call: Call): Organization {
  const id = parameter(call, "organizationId");
  return requireObject(call, organizations, { kind: "Organization", id });
}

function list(call: Call): unknown {
  const msid = call.query.get("msid");
  const found = call.store.list(organizations).map(({ object }) => object);
  const wanted = found.filter((organization) => msid === null || organization.msid === msid);
  return page(
    call,
    wanted.map((organization) => toAnswer(call, organization)),
  );
}

/** Filters that the emulator does not know are refused, so that nobody takes a whole list for a filtered one. */
function directory(kind: DirectoryKind, filters: Readonly<Record<string, string>>): Handler {
  return (call) => {
    const harmless = ["limit", "offset", "dataSource", "locationFilter"];
    let found = listDirectory(call, requireOrganization(call), kind);
    for (const [name, value] of call.query) {
      const property = filters[name];
      if (property !== undefined) found = found.filter((listed) => listed[property] === value);
      else if (!harmless.includes(name)) throw notServed(`the filter ${name}`);
    }
    return page(call, found);
  };
}

export const organizationOperations: OperationTable = {
  "GET /v8/Organizations": list,
  "POST /v8/Organizations": (call) =>
    toAnswer(
      call,
      call.store.insert(organizations, organizationOf(call, call.newId()), call.nowMs),
    ),
  "GET /v8/Organizations/{organizationId}": (call) => toAnswer(call, requireOrganization(call)),
  "PUT /v8/Organizations/{organizationId}": (call) => {
    call.store.replace(organizations, organizationOf(call, requireOrganization(call).id));
  },
  "DELETE /v8/Organizations/{organizationId}": (call) => {
    const { id, name } = requireOrganization(call);
    if (call.store.find(jobs, "organizationId", id).length > 0) {
      throw conflict(`The organization '${name}' has backup jobs.`);
    }
    call.store.remove(organizations, id);
  },
  "GET /v8/Organizations/{organizationId}/Users": directory("user", {
    userName: "name",
    displayName: "displayName",
  }),
  "GET /v8/Organizations/{organizationId}/Groups": directory("group", {
    groupName: "name",
    displayName: "displayName",
  }),
  "GET /v8/Organizations/{organizationId}/Sites": directory("site", {}),
};
