import * as z from "zod";
import { groupName } from "./group-name.ts";
import { siteUrl } from "./sites.ts";
import { guid, userPrincipalName } from "./values.ts";

const id = guid.meta({ description: "Object id, as the Microsoft Entra admin center shows it" });

export const unmanagedUser = z.strictObject({ userPrincipalName, id });
const group = z.strictObject({ name: groupName, id });

export const unmanaged = z
  .strictObject({
    users: z.array(unmanagedUser).exactOptional(),
    groups: z.array(group).exactOptional(),
    sites: z.array(siteUrl).exactOptional(),
  })
  .meta({
    title: "Unmanaged",
    description:
      "People, groups and sites that others in this file refer to and that are not managed from here",
  });
