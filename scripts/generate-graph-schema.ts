/**
 * Trims Graph's CSDL to what the emulator serves and writes core/generated/graph-schema.json, which the product and the emulator read.
 *
 *   node scripts/generate-graph-schema.ts <graph-v1.0.csdl.xml.gz>
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { GraphOperationSchema, GraphSchema, GraphTypeSchema } from "../emulator/index.ts";

const OUTPUT = join(import.meta.dirname, "..", "core", "generated", "graph-schema.json");

/** Entity types that are kept whole; complex types and enums follow from their properties. */
const SERVED_TYPES = [
  "user group directoryObject servicePrincipal application organization domain subscribedSku companySubscription",
  "licenseDetails directoryRole directoryRoleTemplate rbacApplication unifiedRoleAssignment unifiedRoleDefinition",
  "directory identityContainer policyRoot roleManagement administrativeUnit tenantRelationship admin sharepoint",
  "conditionalAccessRoot conditionalAccessPolicy namedLocation ipNamedLocation countryNamedLocation",
  "authenticationStrengthPolicy authenticationStrengthRoot authenticationCombinationConfiguration",
  "fido2CombinationConfiguration x509CertificateCombinationConfiguration authenticationMethodModeDetail",
  "identitySecurityDefaultsEnforcementPolicy authenticationMethodsPolicy authenticationMethodConfiguration",
  "fido2AuthenticationMethodConfiguration microsoftAuthenticatorAuthenticationMethodConfiguration",
  "smsAuthenticationMethodConfiguration voiceAuthenticationMethodConfiguration emailAuthenticationMethodConfiguration",
  "softwareOathAuthenticationMethodConfiguration temporaryAccessPassAuthenticationMethodConfiguration",
  "x509CertificateAuthenticationMethodConfiguration authenticationMethodTarget microsoftAuthenticatorAuthenticationMethodTarget",
  "smsAuthenticationMethodTarget passkeyAuthenticationMethodTarget policyDeletableItem",
  "domainDnsRecord domainDnsTxtRecord domainDnsMxRecord domainDnsCnameRecord domainDnsSrvRecord domainDnsUnavailableRecord",
  "site list listItem columnDefinition contentType drive driveItem baseItem permission sharepointSettings longRunningOperation richLongRunningOperation",
  "contract delegatedAdminRelationship delegatedAdminRelationshipRequest delegatedAdminAccessAssignment",
  "delegatedAdminCustomer tenantInformation",
  "invitation appRoleAssignment oAuth2PermissionGrant authorizationPolicy groupSetting groupSettingTemplate",
  "authentication authenticationMethod passwordAuthenticationMethod microsoftAuthenticatorAuthenticationMethod device orgContact",
  "temporaryAccessPassAuthenticationMethod",
  "messageRule userRegistrationDetails calendarPermission auditLogRoot directoryAudit signIn",
]
  .join(" ")
  .split(" ");

interface Element {
  name: string;
  attributes: Record<string, string>;
}

interface ParsedSchema {
  types: Map<string, GraphTypeSchema>;
  enums: Map<string, string[]>;
  operations: (GraphOperationSchema & { on: string })[];
  sets: Record<string, string>;
  singletons: Record<string, string>;
}

/** The published file has one element a line; anything else is refused rather than guessed. */
function readElement(line: string): Element | undefined {
  const [, name, rest] = /^\s*<([A-Za-z]+)((?:\s+[\w:.]+="[^"]*")*)\s*\/?>/.exec(line) ?? [];
  if (name === undefined || rest === undefined) return undefined;
  const attributes = Object.fromEntries(
    [...rest.matchAll(/([\w:.]+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  return { name, attributes };
}

function shortType(type = ""): string {
  return type.replace(/\bEdm\./, "").replace(/\b(?:microsoft\.)?graph\.(?=\w+\)?$)/, "");
}

function parse(xml: string): ParsedSchema {
  const parsed: ParsedSchema = {
    types: new Map(),
    enums: new Map(),
    operations: [],
    sets: {},
    singletons: {},
  };
  let namespace = "";
  let type: GraphTypeSchema | undefined;
  let members: string[] | undefined;
  let operation: (GraphOperationSchema & { on: string }) | undefined;
  for (const line of xml.split("\n")) {
    const element = readElement(line);
    if (element === undefined) continue;
    const { name, attributes } = element;
    if (name === "Schema") namespace = attributes.Namespace ?? "";
    if (namespace !== "microsoft.graph") continue;
    const { Name: own = "", Type: ownType } = attributes;
    if (name === "EntityType" || name === "ComplexType") {
      type = {
        kind: name === "EntityType" ? "entity" : "complex",
        ...(attributes.BaseType === undefined ? {} : { base: shortType(attributes.BaseType) }),
        ...(attributes.Abstract === "true" ? { abstract: true } : {}),
        properties: {},
        navigation: {},
      };
      parsed.types.set(own, type);
    } else if (name === "Property" && type !== undefined) {
      type.properties[own] = `${shortType(ownType)}${attributes.Nullable === "false" ? "!" : ""}`;
    } else if (name === "NavigationProperty" && type !== undefined) {
      type.navigation[own] = shortType(ownType);
    } else if (name === "EnumType") {
      members = [];
      parsed.enums.set(own, members);
    } else if (name === "Member") {
      members?.push(own);
    } else if ((name === "Action" || name === "Function") && attributes.IsBound === "true") {
      operation = {
        name: own,
        kind: name === "Action" ? "action" : "function",
        on: "",
        parameters: {},
      };
      parsed.operations.push(operation);
    } else if (name === "Parameter" && operation !== undefined) {
      if (operation.on === "") operation.on = shortType(ownType);
      else
        operation.parameters[own] =
          `${shortType(ownType)}${attributes.Nullable === "false" ? "!" : ""}`;
    } else if (name === "EntitySet") {
      parsed.sets[own] = shortType(attributes.EntityType);
    } else if (name === "Singleton") {
      parsed.singletons[own] = shortType(ownType);
    }
  }
  return parsed;
}

function elementType(type: string): string {
  return type.replace(/^Collection\((.*)\)/, "$1").replace(/!$/, "");
}

function trim(parsed: ParsedSchema): GraphSchema {
  const types: Record<string, GraphTypeSchema> = {};
  const enums: Record<string, string[]> = {};
  const keep = (name: string): void => {
    const type = parsed.types.get(name);
    const members = parsed.enums.get(name);
    if (members !== undefined) enums[name] = members;
    if (type === undefined || types[name] !== undefined) return;
    types[name] = type;
    if (type.base !== undefined) keep(type.base);
    for (const property of Object.values(type.properties)) keep(elementType(property));
    if (type.kind === "complex") keepDerived(name);
  };
  const keepDerived = (base: string): void => {
    for (const [name, type] of parsed.types) if (type.base === base) keep(name);
  };
  for (const name of SERVED_TYPES) {
    if (!parsed.types.has(name)) throw new Error(`The CSDL has no entity type ${name}`);
    keep(name);
  }
  const operations: Record<string, GraphOperationSchema[]> = {};
  for (const { on, ...operation } of parsed.operations) {
    if (types[elementType(on)] === undefined) continue;
    for (const parameter of Object.values(operation.parameters)) keep(elementType(parameter));
    (operations[on.replace(/!$/, "")] ??= []).push(operation);
  }
  return {
    source:
      "microsoftgraph/msgraph-metadata, schemas/v1.0-Prod.csdl, trimmed by scripts/generate-graph-schema.ts",
    sets: parsed.sets,
    singletons: parsed.singletons,
    types,
    enums,
    operations,
  };
}

const [input] = process.argv.slice(2);
if (input === undefined)
  throw new Error("Usage: node scripts/generate-graph-schema.ts <graph-v1.0.csdl.xml.gz>");
const schema = trim(parse(gunzipSync(readFileSync(input)).toString("utf8")));
mkdirSync(join(OUTPUT, ".."), { recursive: true });
writeFileSync(OUTPUT, `${JSON.stringify(schema)}\n`);
