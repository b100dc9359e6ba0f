/** Who has which permission level on a site or on a library with permissions of its own. */
import type { Answer, Call, Route } from "../core/workload.ts";
import { exception, invalidQuery } from "./errors.ts";
import { collection, entity, isExpanded, result } from "./format.ts";
import type { RoleAssignment, Web } from "./model.ts";
import { argument, argumentsOf } from "./path.ts";
import { toPrincipal, typeOf } from "./principals.ts";
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
  write: ({ web }, assignments) => {
    web.assignments = assignments;
  },
};

const LIMITED_ACCESS = 1073741825;

function toAssignment(context: WebCall, assignment: RoleAssignment): Record<string, unknown> {
  const { call, web, site } = context;
  const member = web.principals.find(({ id }) => id === assignment.principalId);
  const bindings = roleDefinitions.filter(({ id }) => assignment.roleDefinitionIds.includes(id));
  const users = (member?.members ?? []).flatMap((id) =>
    web.principals.filter((principal) => principal.id === id).map((user) => toPrincipal(user, web)),
  );
  return {
    PrincipalId: assignment.principalId,
    ...(member !== undefined &&
      isExpanded(call, "Member") && {
        Member: {
          "odata.type": typeOf(member),
          ...toPrincipal(member, web),
          ...(isExpanded(call, "Member/Users") && member.principalType === 8 && { Users: users }),
        },
      }),
    ...(isExpanded(call, "RoleDefinitionBindings") && {
      RoleDefinitionBindings: bindings.map((role) => toRoleDefinition(role, site.lcid)),
    }),
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

/** The two ids of `addroleassignment(principalid=7,roledefid=1073741826)`. */
function idsOf(call: Call): { principalId: number; roleId: number } {
  const { principalid, roledefid } = argumentsOf(call.params.assignment ?? "", call.query);
  if (principalid === undefined || roledefid === undefined) {
    throw invalidQuery("The arguments principalid and roledefid are required.");
  }
  return { principalId: Number(principalid), roleId: Number(roledefid) };
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
  const roleDefinitionIds = held.roleDefinitionIds.filter((id) => id !== roleId);
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
  const held = requireAssignment(securable, context, principalIn(context.call));
  securable.write(
    context,
    securable.read(context).filter((assignment) => assignment !== held),
  );
  saveWeb(context.call, context.web);
  return { status: 200 };
}

function principalIn(call: Call): number {
  return Number(argument({ ...call, params: { args: call.params.assignment ?? "" } }));
}

/** The addresses of role assignments below a site or a library. */
export function roleAssignmentRoutes(path: string, securable: Securable): Route[] {
  const one = {
    GET: (context: WebCall) =>
      entity(
        context.call,
        toAssignment(context, requireAssignment(securable, context, principalIn(context.call))),
        {
          type: "SP.RoleAssignment",
        },
      ),
    DELETE: (context: WebCall) => removeAll(securable, context),
  };
  return [
    webRoute(`${path}/roleassignments`, {
      GET: (context) =>
        collection(
          context.call,
          securable.read(context).map((assignment) => toAssignment(context, assignment)),
          "SP.RoleAssignment",
        ),
    }),
    webRoute(`${path}/roleassignments/addroleassignment/:assignment`, {
      POST: (context) => add(securable, context),
    }),
    webRoute(`${path}/roleassignments/removeroleassignment/:assignment`, {
      POST: (context) => remove(securable, context),
    }),
    webRoute(`${path}/roleassignments/getbyprincipalid/:assignment`, one),
    webRoute(`${path}/roleassignments/:assignment{\\([^/]*\\)}`, one),
  ];
}

function showRole({ call, site }: WebCall, role: RoleDefinition): Answer {
  return entity(call, toRoleDefinition(role, site.lcid), { type: "SP.RoleDefinition" });
}

function roleById(context: WebCall): Answer {
  const id = Number(argument(context.call));
  return showRole(
    context,
    requireRole((role) => role.id === id),
  );
}

export const roleDefinitionRoutes: readonly Route[] = [
  webRoute("web/roledefinitions", {
    GET: ({ call, site }) =>
      collection(
        call,
        roleDefinitions.map((role) => toRoleDefinition(role, site.lcid)),
        "SP.RoleDefinition",
      ),
  }),
  webRoute("web/roledefinitions/getbyid/:args", { GET: roleById }),
  webRoute("web/roledefinitions/getbyname/:args", {
    GET: (context) => {
      const name = argument(context.call).toLowerCase();
      return showRole(
        context,
        requireRole(
          (role) => String(toRoleDefinition(role, context.site.lcid).Name).toLowerCase() === name,
        ),
      );
    },
  }),
  webRoute("web/roledefinitions/getbytype/:args", {
    GET: (context) => {
      const kind = Number(argument(context.call));
      return showRole(
        context,
        requireRole((role) => role.kind === kind),
      );
    },
  }),
  webRoute("web/roledefinitions/:args{\\([^/]*\\)}", { GET: roleById }),
];
