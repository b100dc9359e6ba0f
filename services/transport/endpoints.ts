import type { Endpoints } from "./types.ts";

/** The services' public endpoints; `backup` is the vendor's host, which only the tenant file knows. */
export function microsoftEndpoints(backup: string): Endpoints {
  return {
    login: "https://login.microsoftonline.com",
    graph: "https://graph.microsoft.com",
    sharePoint: "https://{host}",
    exchange: "https://outlook.office365.com",
    partnerCenter: "https://api.partnercenter.microsoft.com",
    backup,
    azure: "https://management.azure.com",
    cloudflare: "https://api.cloudflare.com/client/v4",
  };
}
