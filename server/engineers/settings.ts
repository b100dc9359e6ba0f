/** Who of the provider sees the overview: people of its own Microsoft Entra tenant, by their groups. */
import { z } from "zod";
import { stackName } from "../../approval/index.ts";

/** @param parts forms that all of the server's settings share */
export const engineersSchema = (parts: {
  readonly address: z.ZodType<string>;
  readonly variable: z.ZodType<string>;
}) =>
  z.strictObject({
    /** The provider's own tenant, and an application there with the redirect address `<url>/engineers/callback`. */
    tenantId: z.guid().toLowerCase(),
    clientId: z.guid().toLowerCase(),
    clientSecret: parts.variable,
    /** Security groups by object id; members of more than one see what any of them does. */
    groups: z
      .array(
        z.strictObject({
          id: z.guid().toLowerCase(),
          /** Left out: all. */
          tenants: z.array(stackName).min(1).optional(),
        }),
      )
      .min(1),
    /** As in `portal`. */
    trustRoots: z.string().min(1).max(300).default("trust-roots.json"),
    /** Where Entra is; another one for national clouds. */
    authority: parts.address.default("https://login.microsoftonline.com"),
  });

export type EngineersSettings = z.output<ReturnType<typeof engineersSchema>>;
