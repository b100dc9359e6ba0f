import { describe, expect, it } from "vitest";
import {
  hintFor,
  mayBeTooEarly,
  meaningOf,
  readServiceError,
} from "../../../services/transport/service-errors.ts";

const read = (body: unknown) => readServiceError(body, {});

describe("service errors", () => {
  it("are read from Graph, with its details and request id", () => {
    const message =
      "Another object with the same value for property userPrincipalName already exists.";
    const error = read({
      error: {
        code: "Request_BadRequest",
        message,
        details: [{ code: "ObjectConflict", message, target: "userPrincipalName" }],
        innerError: { "request-id": "abc", date: "2026-03-29T13:23:55" },
      },
    });
    expect(error).toEqual({
      code: "Request_BadRequest",
      message,
      details: [{ code: "ObjectConflict", message, target: "userPrincipalName" }],
      requestId: "abc",
    });
    expect(meaningOf(400, error)).toBe("already-exists");
  });

  it("are read from SharePoint", () => {
    const body = {
      "odata.error": {
        code: "-2146232832, Microsoft.SharePoint.SPException",
        message: { lang: "en-US", value: "The specified user x could not be found." },
      },
    };
    expect(readServiceError(body, { sprequestguid: "guid" })).toMatchObject({
      code: "-2146232832, Microsoft.SharePoint.SPException",
      message: "The specified user x could not be found.",
      requestId: "guid",
    });
  });

  it("are read from Exchange: its innermost words, and the exception's type as code", () => {
    const type = "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException";
    const details = [
      { code: "Client", target: "", message: `|${type}|The object couldn't be found.` },
    ];
    const outer = { code: "BadRequest", message: "Invalid Operation", details };
    const error = read({ error: outer });
    expect(error.code).toBe("ManagementObjectNotFoundException");
    expect(error.message).toBe("The object couldn't be found.");
    expect(meaningOf(400, error)).toBe("not-found");
    const innererror = { internalexception: { message: "Cannot convert it." } };
    expect(read({ error: { ...outer, innererror } }).message).toBe("Cannot convert it.");
  });

  it("are read from Veeam and Partner Center", () => {
    expect(
      read({ errorCode: "OperationConflict", message: "Job exists", stackTrace: "x" }),
    ).toEqual({
      code: "OperationConflict",
      message: "Job exists",
      details: [],
    });
    expect(read({ code: 2000, description: "No such customer" })).toMatchObject({ code: "2000" });
  });

  it("never take a 404 that is not the service's own for an absent object", () => {
    expect(meaningOf(404, read("<html>Not Found</html>"))).toBe("unexpected-answer");
    expect(meaningOf(404, read(undefined))).toBe("unexpected-answer");
    expect(meaningOf(404, read({ error: { code: "UnknownError", message: "" } }))).toBe(
      "unexpected-answer",
    );
    expect(
      meaningOf(404, read({ error: { code: "Request_ResourceNotFound", message: "x" } })),
    ).toBe("not-found");
  });

  it("tell an object that is being made from one that is not there", () => {
    const message = "Resource provisioning is in progress. Please try again.";
    expect(meaningOf(404, read({ error: { code: "ResourceNotFound", message } }))).toBe(
      "provisioning",
    );
  });

  it.each([
    ["The source resource object or one of the objects being referenced do not exist."],
    ["Not a valid reference update"],
    [
      "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
    ],
  ])("may come too early: %s", (message) => {
    expect(mayBeTooEarly(400, read({ error: { code: "Request_BadRequest", message } }))).toBe(true);
  });

  it("do not come too early when the request itself is wrong", () => {
    const message = "Invalid value specified for property 'usageLocation' of resource 'User'.";
    expect(mayBeTooEarly(400, read({ error: { code: "Request_BadRequest", message } }))).toBe(
      false,
    );
  });

  it("name the certificate when SharePoint refuses a token", () => {
    expect(hintFor("sign-in-failed", "sharepoint")).toMatch(/certificate/);
  });
});
