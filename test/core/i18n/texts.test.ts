import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { nl } from "../../../core/i18n/nl.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const sources = ["core", "plan", "views", "engine", "operations"].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(root, room, name), "utf8")),
);

it.each(Object.keys(nl))("the text %s is shown somewhere", (key) => {
  const isRead = new RegExp(String.raw`\b(texts|nl|en)\.${key}\b`);
  expect(sources.some((source) => isRead.test(source))).toBe(true);
});
