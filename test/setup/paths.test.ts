import { expect, test } from "vitest";
import { cacheFolder } from "../../setup/paths.mjs";

test.each([
  ["linux", {}, "/home-folder/.cache/tenantry"],
  ["linux", { XDG_CACHE_HOME: "/elsewhere" }, "/elsewhere/tenantry"],
  ["linux", { XDG_CACHE_HOME: "" }, "/home-folder/.cache/tenantry"],
  ["darwin", {}, "/home-folder/Library/Caches/tenantry"],
  ["win32", { LOCALAPPDATA: "/app-data" }, "/app-data/tenantry"],
])("keeps the cache of a user on %s with %o in %s", (platform, env, expected) => {
  expect(cacheFolder({ platform, env, home: "/home-folder" })).toBe(expected);
});
