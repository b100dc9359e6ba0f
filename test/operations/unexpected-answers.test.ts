import { existsSync, readFileSync, statSync } from "node:fs";
import { expect, it } from "vitest";
import { keepingUnexpected } from "../../operations/unexpected-answers.ts";
import type { UnexpectedAnswer } from "../../services/index.ts";
import { aWorld } from "./support.ts";

const answer = (status: number): UnexpectedAnswer => ({
  ...{ service: "graph", route: "/users/{id}", status, unexpected: "status" },
});

it("keeps each answer that nobody expected once, over several looks, and says so", async () => {
  const { context, events } = aWorld();
  const look = async (...statuses: number[]) =>
    (
      await keepingUnexpected(context, async (onUnexpected) => {
        for (const status of statuses) onUnexpected(answer(status));
      })
    ).unexpected;
  expect(await look()).toEqual({ count: 0, file: undefined });
  const { file = "" } = await look(400, 418, 400);
  expect(await look(418, 451)).toEqual({ count: 2, file });
  const kept = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(kept.map((line) => JSON.parse(line) as unknown)).toEqual([400, 418, 451].map(answer));
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(events).toEqual([
    { kind: "unexpected-answers", count: 2, file },
    { kind: "unexpected-answers", count: 2, file },
  ]);
});

it("keeps them also where the look fails because of one", async () => {
  const { context, events } = aWorld();
  const failing = keepingUnexpected(context, async (onUnexpected) => {
    onUnexpected(answer(400));
    throw new Error("Not read completely");
  });
  await expect(failing).rejects.toThrow("Not read completely");
  const [event] = events;
  expect(event?.kind === "unexpected-answers" && existsSync(event.file)).toBe(true);
});
