import { expect, it } from "vitest";
import { rewriteGraphPath } from "../../../emulator/graph/path.ts";

it.each([
  ["/users('jan@contoso.com')/manager", "/users/jan@contoso.com/manager"],
  ["/users('o''neil@contoso.com')/manager", "/users/o'neil@contoso.com/manager"],
  ["/users/FC0152DE-4BBF-4F23-BFD3-AA7D7A8A46B5", "/users/fc0152de-4bbf-4f23-bfd3-aa7d7a8a46b5"],
  ["/users('FC0152DE-4BBF-4F23-BFD3-AA7D7A8A46B5')", "/users/fc0152de-4bbf-4f23-bfd3-aa7d7a8a46b5"],
  ["/groups(uniqueName='finance')", "/groups/uniqueName='finance'"],
  ["/groups(uniqueName%3D'finance')", "/groups/uniqueName='finance'"],
  ["/users/x/microsoft.graph.assignLicense", "/users/x/assignLicense"],
  ["/users/microsoft.graph.delta()", "/users/delta"],
  ["/groups/x/members/microsoft.graph.user", "/groups/x/members/microsoft.graph.user"],
  ["/groups/x/members/%24ref", "/groups/x/members/$ref"],
])("brings %s to the spelling of the routes", (given, expected) => {
  expect(rewriteGraphPath(given, "/v1.0")).toBe(expected);
});
