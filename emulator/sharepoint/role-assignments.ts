/** Who has which permission level on a site or on a library with permissions of its own. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { exception, invalidQuery } from "./errors.ts";
import { result, type Shown } from "./format.ts";
import type { RoleAssignment, Web } from "./model.ts";
import { parametersOf } from "./path.ts";
import { toPrincipal } from "./principals.ts";
import { roleDefinitions, toRoleDefinition, type RoleDefinition } from "./roles.ts";
import { saveWeb, webRoute, type WebCall } from "./web-call.ts";

/** The list of assignments that an address is about, and how to write it back. */
export interface Securable {
  /** Read: those that hold, inherited or own. */
  read(context: WebCall): RoleAssignment[];
  /** Throws the service's refusal where permissions are inherited. */
  write(context: WebCall, assignments: RoleAssignment[]): void;
}

export const webSecurable: Securable = {
  read: ({ web }) => web.assignments,
  /**
   * Whoever loses the site loses what is below it too.
   * @see https://learn.microsoft.com/previous-versions/office/developer/sharepoint-2010/ee587470(v=office.14): only
   * `RemoveFromCurrentScopeOnly` leaves the subscopes alone (checked 2026-11-27)
   */
  write: ({ web }, assignments) => {
    const isGone = ({ principalId }: RoleAssignment): boolean =>
      !assignments.some((kept) => kept.principalId === principalId);
    const gone = new Set(web.assignments.filter(isGone).map(({ principalId }) => principalId));
    web.assignments = assignments;
    for (const list of web.lists) {
      if (list.assignments === undefined) continue;
      list.assignments = list.assignments.filter(({ principalId }) => !gone.has(principalId));
    }
  },
};

const LIMITED_ACCESS = 1073741825;

export function toAssignment({ web, site }: WebCall, assignment: RoleAssignment): Shown {
  const member = web.principals.find(({ id }) => id === assignment.principalId);
  return {
    type: "SP.RoleAssignment",
    properties: { PrincipalId: assignment.principalId },
    related: {
      Member: () => member && toPrincipal(member, web),
      RoleDefinitionBindings: () =>
        roleDefinitions
          .filter(({ id }) => assignment.roleDefinitionIds.includes(id))
          .map((role) => toRoleDefinition(role, site.lcid)),
    },
  };
}

function requireRole(wanted: (role: RoleDefinition) => boolean): RoleDefinition {
  const found = roleDefinitions.find(wanted);
  if (found === undefined)
    throw exception(404, "argument", "Value does not fall within the expected range.");
  return found;
}

function requireAssignment(
  securable: Securable,
  context: WebCall,
  principalId: number,
): RoleAssignment {
  const found = securable
    .read(context)
    .find((assignment) => assignment.principalId === principalId);
  if (found === undefined) {
    throw exception(404, "sharePoint", `Can not find the principal with id: ${principalId}.`);
  }
  return found;
}

/** The two ids of `addroleassignment(principalid=7,roledefid=1073741826)`; without a role, all that one has is meant. */
function idsOf(call: Call): { principalId: number; roleId: number | undefined } {
  const inner = { ...call, params: { args: call.params.assignment ?? "" } };
  const { principalid, roledefid } = parametersOf(inner, ["principalid", "roledefid"]);
  if (principalid === undefined) throw invalidQuery("The argument principalid is required.");
  return {
    principalId: Number(principalid),
    roleId: roledefid === undefined ? undefined : Number(roledefid),
  };
}

function requireMember(web: Web, principalId: number): void {
  if (!web.principals.some(({ id }) => id === principalId)) {
    throw exception(404, "sharePoint", `Can not find the principal with id: ${principalId}.`);
  }
}

/** Adding what is there already changes nothing. */
function add(securable: Securable, context: WebCall): Answer {
  const { call, web } = context;
  const { principalId, roleId } = idsOf(call);
  if (roleId === undefined) throw invalidQuery("The argument roledefid is required.");
  requireMember(web, principalId);
  const role = requireRole(({ id }) => id === roleId);
  if (role.id === LIMITED_ACCESS) {
    throw exception(400, "argument", "Limited Access cannot be granted directly.");
  }
  const present = securable.read(context);
  const held = present.find((assignment) => assignment.principalId === principalId);
  const roleDefinitionIds = [...new Set([...(held?.roleDefinitionIds ?? []), role.id])];
  const others = present.filter((assignment) => assignment !== held);
  securable.write(context, [...others, { principalId, roleDefinitionIds }]);
  saveWeb(call, web);
  return result(call, "AddRoleAssignment", null);
}

function remove(securable: Securable, context: WebCall): Answer {
  const { call, web } = context;
  const { principalId, roleId } = idsOf(call);
  const held = requireAssignment(securable, context, principalId);
  const roleDefinitionIds =
    roleId === undefined ? [] : held.roleDefinitionIds.filter((id) => id !== roleId);
  const others = securable.read(context).filter((assignment) => assignment !== held);
  securable.write(context, [
    ...others,
    ...(roleDefinitionIds.length === 0 ? [] : [{ principalId, roleDefinitionIds }]),
  ]);
  saveWeb(call, web);
  return result(call, "RemoveRoleAssignment", null);
}

/** Everything that one principal has. */
function removeAll(securable: Securable, context: WebCall): Answer {
  const { principalId } = idsOf(context.call);
  const held = requireAssignment(securable, context, principalId);
  securable.write(
    context,
    securable.read(context).filter((assignment) => assignment !== held),
  );
  saveWeb(context.call, context.web);
  return { status: 200 };
}

/** Writing to role assignments below a site or a library. */
export function roleAssignmentRoutes(path: string, securable: Securable): Route[] {
  const below = `${path}/roleassignments`;
  const both = (name: string, methods: Parameters<typeof webRoute>[1]): Route[] => [
    webRoute(`${below}/${name}`, methods),
    webRoute(`${below}/${name}/:assignment`, methods),
  ];
  const one = { DELETE: (context: WebCall) => removeAll(securable, context) };
  return [
    ...both("addroleassignment", { POST: (context) => add(securable, context) }),
    ...both("removeroleassignment", { POST: (context) => remove(securable, context) }),
    webRoute(`${below}/getbyprincipalid/:assignment`, one),
    webRoute(`${below}/:assignment{\\([^/]*\\)}`, one),
  ];
}
