/**
 * Permission levels that every site has.
 * Ids of Full Control and Design: verified in recorded answers; the others, the masks and the Dutch names: unverified.
 */
import type { Shown } from "./format.ts";

export interface RoleDefinition {
  id: number;
  /** SP.RoleType: 1 guest, 2 reader, 3 contributor, 4 designer, 5 administrator, 6 editor. */
  kind: number;
  name: string;
  dutchName: string;
  description: string;
  /** Permission mask as two decimal numbers of 32 bits. */
  high: string;
  low: string;
  order: number;
}

const DUTCH = 1043;

export const roleDefinitions: readonly RoleDefinition[] = [
  {
    id: 1073741829,
    kind: 5,
    name: "Full Control",
    dutchName: "Volledig beheer",
    description: "Has full control.",
    high: "2147483647",
    low: "4294967295",
    order: 1,
  },
  {
    id: 1073741828,
    kind: 4,
    name: "Design",
    dutchName: "Ontwerpen",
    description: "Can view, add, update, delete, approve, and customize.",
    high: "432",
    low: "1012866047",
    order: 32,
  },
  {
    id: 1073741830,
    kind: 6,
    name: "Edit",
    dutchName: "Bewerken",
    description:
      "Can add, edit and delete lists; can view, add, update and delete list items and documents.",
    high: "432",
    low: "1011030767",
    order: 48,
  },
  {
    id: 1073741827,
    kind: 3,
    name: "Contribute",
    dutchName: "Bijdragen",
    description: "Can view, add, update, and delete list items and documents.",
    high: "432",
    low: "1011028719",
    order: 64,
  },
  {
    id: 1073741826,
    kind: 2,
    name: "Read",
    dutchName: "Lezen",
    description: "Can view pages and list items and download documents.",
    high: "176",
    low: "138612833",
    order: 128,
  },
  {
    id: 1073741825,
    kind: 1,
    name: "Limited Access",
    dutchName: "Beperkte toegang",
    description:
      "Can view specific lists, document libraries, list items, folders, or documents when given permissions.",
    high: "48",
    low: "134287360",
    order: 160,
  },
];

export const FULL_CONTROL = 1073741829;
export const EDIT = 1073741830;
export const READ = 1073741826;

/** Names are in the site's language, which is why clients should go by `RoleTypeKind`. */
function roleName(role: RoleDefinition, lcid: number): string {
  return lcid === DUTCH ? role.dutchName : role.name;
}

export function toRoleDefinition(role: RoleDefinition, lcid: number): Shown {
  return {
    type: "SP.RoleDefinition",
    properties: {
      BasePermissions: { High: role.high, Low: role.low },
      Description: role.description,
      Hidden: role.kind === 1,
      Id: role.id,
      Name: roleName(role, lcid),
      Order: role.order,
      RoleTypeKind: role.kind,
    },
  };
}
