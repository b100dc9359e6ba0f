/** Who may be without a product for some seconds, and only who. */
import { expect, it } from "vitest";
import { NOUNS } from "../../../core/nouns.ts";
import { outcomeOf } from "../../../plan/build/consequences.ts";
import type { Declared } from "../../../plan/build/declared.ts";

type Side = Declared["after"];

const of = (noun: { readonly type: string }, name: string, [before, after]: [Side, Side]) => ({
  ...{ urn: `${noun.type} ${name}`, type: noun.type, before, after },
  isChange: JSON.stringify(before) !== JSON.stringify(after),
});

const seats = (sku: string, count: number): Declared =>
  of(NOUNS.subscription, sku, [
    { sku, count },
    { sku, count },
  ]);

const licenses = (name: string, ...skus: string[]): Side => ({
  ...{ userId: `id of ${name}`, userPrincipalName: name },
  licenses: skus.map((sku) => ({ sku, disabledPlans: [] })),
});

/** From the first product to the second; "" is none. */
const move = (name: string, from: string, to: string): Declared =>
  of(NOUNS.userLicense, name, [
    licenses(name, ...from.split(" ").filter(Boolean)),
    licenses(name, ...to.split(" ").filter(Boolean)),
  ]);

const swapping = (...declared: Declared[]): string[] =>
  outcomeOf(declared).consequences.flatMap(({ name, swaps }) => (swaps === true ? [name] : []));

const FULL = [seats("SPB", 1), seats("VISIOCLIENT", 1)];

it("names two who swap where nothing is free", () => {
  const [ann, bob] = [move("ann", "SPB", "VISIOCLIENT"), move("bob", "VISIOCLIENT", "SPB")];
  expect(swapping(...FULL, ann, bob)).toEqual(["ann", "bob"]);
});

it("names all of a circle, and nobody who only waits for one of them", () => {
  expect(
    swapping(
      ...[seats("A", 1), seats("B", 1), seats("C", 1), seats("D", 1)],
      ...[move("ann", "A", "B"), move("bob", "B", "C"), move("carl", "C", "A")],
      ...[move("dora", "D", ""), move("erin", "", "D"), move("fred", "", "A")],
    ),
  ).toEqual(["ann", "bob", "carl"]);
});

it("does not depend on the order in which the engine declares", () => {
  const moves = [
    move("ann", "A", ""),
    move("bob", "B", "A"),
    move("carl", "A", "B"),
    move("dora", "", "A"),
  ];
  const full = [seats("A", 2), seats("B", 1)];
  expect(swapping(...moves.toReversed(), ...full)).toEqual(swapping(...full, ...moves));
});

it.each([
  ["one seat is free", [seats("SPB", 2), seats("VISIOCLIENT", 1)]],
  ["nobody knows how many there are", [seats("SPB", 1)]],
  [
    "a group gives it to people whom nobody knows",
    [...FULL, of(NOUNS.groupLicense, "lic", [group("SPB"), group("SPB")])],
  ],
])("names nobody where %s", (_what, others) => {
  const two = [move("ann", "SPB", "VISIOCLIENT"), move("bob", "VISIOCLIENT", "SPB")];
  expect(swapping(...others, ...two)).toEqual([]);
});

it("names nobody where a leaver makes room", () => {
  const two = [seats("SPB", 2), seats("VISIOCLIENT", 1), move("zoe", "SPB", "")];
  expect(
    swapping(...two, move("ann", "SPB", "VISIOCLIENT"), move("bob", "VISIOCLIENT", "SPB")),
  ).toEqual([]);
});

function group(sku: string): Side {
  return { groupName: "lic", licenses: [{ sku, disabledPlans: [] }] };
}
