/** The emulated Partner Center, spoken to with fetch. */
import type { Response } from "undici";
import type { EmulatorOptions } from "../../../../emulator/index.ts";
import { TENANT_ID, startTestEmulator, type TestEmulator } from "../../support/emulator.ts";
import { pick, pickText } from "../../support/pick.ts";

export const DAY_MS = 24 * 3_600_000;

interface Reply {
  status: number;
  headers: Response["headers"];
  body: unknown;
}

export interface PartnerCenter {
  emulator: TestEmulator;
  call: (method: string, path: string, body?: unknown) => Promise<Reply>;
  /** An address below the customer Contoso. */
  contoso: (method: string, path: string, body?: unknown) => Promise<Reply>;
}

export async function startPartnerCenter(
  options: Partial<EmulatorOptions> = {},
): Promise<PartnerCenter> {
  const emulator = await startTestEmulator(options);
  const call: PartnerCenter["call"] = async (method, path, body) => {
    const token = await emulator.token({
      scope: "https://api.partnercenter.microsoft.com/.default",
    });
    const response = await emulator.fetch(`${emulator.endpoints.partnerCenter}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "ms-correlationid": "11111111-0000-4000-8000-000000000000",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    emulator,
    call,
    contoso: (method, path, body) => call(method, `/customers/${TENANT_ID}${path}`, body),
  };
}

/** The catalogue item that brings the licence, found as a partner finds it. */
export async function catalogItemId(center: PartnerCenter, skuPartNumber: string): Promise<string> {
  const products = await center.call("GET", "/products?country=NL&targetView=OnlineServicesNCE");
  const items = pick(products.body, "items") as { id: string; title: string }[];
  const product = items.find(({ title }) => title === skuPartNumber);
  const availabilities = await center.call(
    "GET",
    `/products/${String(product?.id)}/skus/0001/availabilities?country=NL`,
  );
  return pickText(availabilities.body, "items.0.catalogItemId");
}

interface Line {
  skuPartNumber?: string;
  quantity?: number;
  termDuration?: string;
  billingCycle?: string;
}

/** Orders and gives the id of the subscription. */
export async function order(center: PartnerCenter, line: Line = {}): Promise<string> {
  const offerId = await catalogItemId(center, line.skuPartNumber ?? "SPE_E3");
  const { quantity = 10, termDuration = "P1Y", billingCycle = "monthly" } = line;
  const ordered = await center.contoso("POST", "/orders", {
    PartnerOnRecordAttestationAccepted: true,
    billingCycle,
    lineItems: [{ lineItemNumber: 0, offerId, quantity, termDuration }],
  });
  return pickText(ordered.body, "lineItems.0.subscriptionId");
}

/** Units of the licence in the directory; undefined when there is no such licence. */
export async function unitsInDirectory(
  center: PartnerCenter,
  skuPartNumber: string,
): Promise<number | undefined> {
  const answer = await center.emulator.graph("GET", "/subscribedSkus");
  const skus = pick(answer.body, "value") as {
    skuPartNumber: string;
    prepaidUnits: { enabled: number };
  }[];
  return skus.find((sku) => sku.skuPartNumber === skuPartNumber)?.prepaidUnits.enabled;
}
