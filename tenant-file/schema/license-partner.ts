import * as z from "zod";
import { TERM_ENDS } from "../../core/terms.ts";
import { calendarDay, text } from "./values.ts";

/**
 * Who agreed to Microsoft's customer agreement, which a partner has to confirm before the first order.
 * @see https://learn.microsoft.com/partner-center/customers/confirm-customer-agreement (not opened; field names as in
 * Partner Center's API: dateAgreed, primaryContact)
 */
const customerAgreement = z.strictObject({
  agreedBy: text(256).meta({ description: "Who agreed to it at the customer" }),
  dateAgreed: calendarDay.meta({ description: "The day (YYYY-MM-DD)" }),
});

export const licensePartner = z
  .strictObject({
    name: text(256).meta({ description: "Distributor or partner from whom licences are bought" }),
    customerAgreement: customerAgreement.meta({
      description: "Microsoft's customer agreement: agreed to before the first order",
    }),
    atTermEnd: z
      .enum(TERM_ENDS)
      .meta({
        description:
          "What this partner does where a term ends and nobody says anything: renew, stop, or extend. Omitted: not known",
      })
      .exactOptional(),
  })
  .meta({ title: "Licence partner", description: "From whom the customer's licences are bought" });
