/** The emulated SharePoint, spoken to with fetch and a token that @azure/identity got with a certificate. */
import "reflect-metadata";
import { ClientCertificateCredential } from "@azure/identity";
import { X509CertificateGenerator, cryptoProvider } from "@peculiar/x509";
import { webcrypto } from "node:crypto";
import type { Response } from "undici";
import type { EmulatorOptions } from "../../../../emulator/index.ts";
import {
  CLIENT_ID,
  TENANT_ID,
  contoso,
  startTestEmulator,
  type TestEmulator,
} from "../../support/emulator.ts";
import { pickText } from "../../support/pick.ts";

export const HOST = "contoso.sharepoint.com";
export const ADMIN_HOST = "contoso-admin.sharepoint.com";
export const FINANCE_URL = `https://${HOST}/sites/finance`;

export interface Reply {
  status: number;
  headers: Response["headers"];
  /** Parsed JSON, the text of what is not JSON, or undefined without a body. */
  body: unknown;
}

interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
}

export interface SharePoint {
  emulator: TestEmulator;
  /** @param path host and address, for example `contoso.sharepoint.com/sites/finance/_api/web` */
  call: (method: string, path: string, options?: RequestOptions) => Promise<Reply>;
  /** The address inside the site /sites/finance. */
  finance: (method: string, api: string, options?: RequestOptions) => Promise<Reply>;
  tokenFor: (host: string) => Promise<string>;
}

interface ClientCertificate {
  privateKeyPem: string;
  certificatePem: string;
}

function toPem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

async function makeCertificate(): Promise<ClientCertificate> {
  const algorithm = {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    publicExponent: new Uint8Array([1, 0, 1]),
    modulusLength: 2048,
  };
  cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: "CN=Tests",
    keys,
    signingAlgorithm: algorithm,
  });
  return {
    privateKeyPem: toPem("PRIVATE KEY", await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)),
    certificatePem: certificate.toString("pem"),
  };
}

const certificate = makeCertificate();

export async function startSharePoint(
  options: Partial<EmulatorOptions> & { roles?: readonly string[] } = {},
): Promise<SharePoint> {
  const { roles, ...emulatorOptions } = options;
  const emulator = await startTestEmulator(emulatorOptions);
  const { certificatePem } = await certificate;
  emulator.addTenant({
    ...contoso,
    applications: [{ clientId: CLIENT_ID, certificatePem, ...(roles && { roles }) }],
  });
  return await sharePointAt(emulator);
}

/** Of an emulator whose contoso came from `startSharePoint`. */
export async function sharePointAt(emulator: TestEmulator): Promise<SharePoint> {
  const { privateKeyPem, certificatePem } = await certificate;
  const tokenFor = async (host: string): Promise<string> => {
    const credential = new ClientCertificateCredential(
      TENANT_ID,
      CLIENT_ID,
      { certificate: `${privateKeyPem}${certificatePem}` },
      {
        authorityHost: emulator.origin,
        disableInstanceDiscovery: true,
        tlsOptions: { ca: emulator.certificateAuthorityPem },
      },
    );
    const token = await credential.getToken(`https://${host}/.default`);
    return token.token;
  };
  const tokens = new Map<string, string>();
  const call: SharePoint["call"] = async (method, path, given = {}) => {
    const [host = ""] = path.split("/");
    const token = given.token ?? tokens.get(host) ?? (await tokenFor(host));
    tokens.set(host, token);
    const response = await emulator.fetch(emulator.endpoints.sharePoint.replace("{host}", path), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json;odata=nometadata",
        ...(given.body === undefined
          ? {}
          : { "content-type": "application/json;odata=nometadata" }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text || undefined,
    };
  };
  return {
    emulator,
    call,
    tokenFor,
    finance: (method, api, given) => call(method, `${HOST}/sites/finance/_api/${api}`, given),
  };
}

export const merge = { "x-http-method": "MERGE", "if-match": "*" };

export async function addUser(emulator: TestEmulator, name: string): Promise<string> {
  const created = await emulator.graph("POST", "/users", {
    body: {
      accountEnabled: true,
      displayName: name,
      mailNickname: name.toLowerCase(),
      userPrincipalName: `${name.toLowerCase()}@contoso.com`,
      passwordProfile: { password: "Only-4-tests!" },
    },
  });
  return pickText(created.body, "id");
}

export async function addGroup(
  emulator: TestEmulator,
  name: string,
  extra: Record<string, unknown> = {},
): Promise<string> {
  const created = await emulator.graph("POST", "/groups", {
    body: {
      displayName: name,
      mailNickname: name.toLowerCase(),
      mailEnabled: false,
      securityEnabled: true,
      ...extra,
    },
  });
  return pickText(created.body, "id");
}

/** Creates the site with `finn@contoso.com` as owner; gives its id. */
export async function addFinance(
  sharePoint: SharePoint,
  extra: Record<string, unknown> = {},
): Promise<string> {
  await addUser(sharePoint.emulator, "Finn");
  const { body } = await sharePoint.call("POST", `${HOST}/_api/SPSiteManager/create`, {
    body: {
      request: {
        Title: "Finance",
        Url: FINANCE_URL,
        Lcid: 1033,
        WebTemplate: "STS#3",
        Owner: "finn@contoso.com",
        ...extra,
      },
    },
  });
  return pickText(body, "SiteId");
}
