/**
 * Exchange's refusals. The envelope, `Invalid Operation`, `Error executing cmdlet` and the not-found sentence are
 * verified in recorded answers; the exception behind each other refusal is not.
 */
import { ServiceFailure } from "../core/failure.ts";
import type { Answer } from "../core/workload.ts";

const EXCEPTIONS = "Microsoft.Exchange.Configuration.Tasks";

/** A cmdlet that ran and failed. `kind` is the .NET exception. */
function cmdletFailure(
  status: 400 | 404,
  exception: { id: string; kind: string },
  message: string,
): ServiceFailure {
  return new ServiceFailure(status, status === 404 ? "NotFound" : "BadRequest", {
    message: "Error executing cmdlet",
    details: [
      { code: "Client", target: "", message: `${exception.id}|${exception.kind}|${message}` },
    ],
  });
}

/** A request that never became a cmdlet. */
export function invalidOperation(kind: string, message: string): ServiceFailure {
  return new ServiceFailure(400, "BadRequest", {
    message: "Invalid Operation",
    details: [{ code: "Client", target: "", message: `|${kind}|${message}` }],
  });
}

export function objectNotFound(identity: string): ServiceFailure {
  return cmdletFailure(
    404,
    { id: "Ex6F9304", kind: `${EXCEPTIONS}.ManagementObjectNotFoundException` },
    `The operation couldn't be performed because object '${identity}' couldn't be found on 'EMULATOR.EURPRD01.PROD.OUTLOOK.COM'.`,
  );
}

export function objectAmbiguous(identity: string): ServiceFailure {
  return cmdletFailure(
    400,
    { id: "ExAmbiguous", kind: `${EXCEPTIONS}.ManagementObjectAmbiguousException` },
    `The operation couldn't be performed because '${identity}' matches multiple entries.`,
  );
}

export function addressInUse(address: string, owner: string): ServiceFailure {
  return cmdletFailure(
    400,
    { id: "ExD3C8F1", kind: "Microsoft.Exchange.Data.Directory.ProxyAddressExistsException" },
    `The proxy address "${address}" is already being used by the proxy addresses or LegacyExchangeDN of "${owner}". Please choose another proxy address.`,
  );
}

export function alreadyMember(member: string, group: string): ServiceFailure {
  return cmdletFailure(
    400,
    {
      id: "Ex9A8C5B",
      kind: "Microsoft.Exchange.Management.RecipientTasks.MemberAlreadyExistsException",
    },
    `The recipient "${member}" is already a member of the group "${group}".`,
  );
}

export function notMember(member: string, group: string): ServiceFailure {
  return cmdletFailure(
    400,
    {
      id: "Ex5A1B8E",
      kind: "Microsoft.Exchange.Management.RecipientTasks.MemberNotFoundException",
    },
    `The recipient "${member}" isn't a member of the group "${group}".`,
  );
}

export function refused(message: string): ServiceFailure {
  return cmdletFailure(
    400,
    { id: "Ex1", kind: `${EXCEPTIONS}.TaskInvalidOperationException` },
    message,
  );
}

export function notServed(cmdlet: string): ServiceFailure {
  return new ServiceFailure(501, "NotImplemented", {
    message: `The emulator does not implement ${cmdlet}.`,
  });
}

const ERROR_TYPE = "Microsoft.Exchange.Admin.OData.Core.ODataServiceException";

export function renderExchangeFailure(failure: ServiceFailure): Answer {
  const { status, code, message } = failure;
  // The service answers 403 with bytes that are not JSON.
  if (status === 403) return { status, text: "\u0000\u0000\u0000\u0000" };
  return {
    status,
    headers: { ...failure.headers },
    body: {
      error: {
        code,
        message,
        ...(failure.details.length > 0 && { details: failure.details }),
        innererror: { message, type: ERROR_TYPE, stacktrace: "", ...internalException(failure) },
      },
    },
  };
}

/** Requests that never became a cmdlet carry the exception a second time, in parts. */
function internalException(failure: ServiceFailure): Record<string, unknown> {
  const [detail] = failure.details;
  if (failure.message !== "Invalid Operation" || detail === undefined) return {};
  const [, type = "", ...text] = detail.message.split("|");
  return { internalexception: { message: text.join("|"), type, stacktrace: "" } };
}
