import { describe, expect, it } from "vitest";
import { tinyService } from "../transport/support/tiny-service.ts";

describe("Partner Center client", () => {
  it("identifies each call, the same for every attempt", async () => {
    let count = 0;
    const { client, seen } = await tinyService(() =>
      ++count === 1 ? { status: 503 } : { body: {} },
    );
    await client.partnerCenter.get("/v1/customers/1");
    const ids = seen.map(({ headers }) => headers["ms-requestid"]);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it("follows pages with the headers that the link asks for", async () => {
    const { client, seen } = await tinyService(({ headers }) =>
      headers["ms-continuationtoken"] === "t"
        ? { body: { items: [{ id: "2" }] } }
        : {
            body: {
              items: [{ id: "1" }],
              links: {
                next: {
                  uri: "/customers?size=1",
                  headers: [{ key: "MS-ContinuationToken", value: "t" }],
                },
              },
            },
          },
    );
    const found = await client.partnerCenter.all("/v1/customers?size=1");
    expect(found).toEqual([{ id: "1" }, { id: "2" }]);
    expect(seen[1]?.path).toBe("/partnercenter/v1/customers?size=1");
  });
});
