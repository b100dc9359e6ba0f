/** Records of the customer's zones: each in its own zone, and one entry for a name and type. */
import { isSpf } from "../../core/spf.ts";
import { quote } from "../reading/show.ts";
import { itemsOf, type Rule } from "./facts.ts";

export const recordsFitTheirZone: Rule = ({ tenant: { dnsZones } }) =>
  itemsOf(dnsZones, ["dnsZones"]).flatMap(({ path, value: { zone, records } }) =>
    itemsOf(records, [...path, "records"]).flatMap(({ path: at, value }) => {
      const { name, type, values, spf } = value;
      if (name === undefined || type === undefined) return [];
      const isInside = zone === undefined || name === zone || name.endsWith(`.${zone}`);
      const isAlone = type === "CNAME" || name.startsWith("_dmarc.");
      return [
        ...(isInside
          ? []
          : [
              {
                path: [...at, "name"],
                message: `This name is not in the zone ${quote(zone)}`,
                received: quote(name),
                allowed: `${zone} itself, or a name that ends with .${zone}`,
              },
            ]),
        ...(values === undefined && spf === undefined
          ? [{ path: at, message: "Says no value", allowed: "values, or spf, or both" }]
          : []),
        ...(spf !== undefined && type !== "TXT"
          ? [{ path: [...at, "spf"], message: "SPF is a TXT record", allowed: "type: TXT" }]
          : []),
        ...(isAlone && (values ?? []).length > 1
          ? [
              {
                path: [...at, "values"],
                message: "Of this name and type there is one record",
                allowed: "one value",
              },
            ]
          : []),
        ...itemsOf(values, [...at, "values"])
          .filter((one) => isSpf(one.value))
          .map((one) => ({
            path: one.path,
            message: "An SPF record is put together with the one that is there",
            allowed: "spf: with the senders, beside values",
          })),
      ];
    }),
  );
