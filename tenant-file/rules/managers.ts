import { itemsOf, type Rule } from "./facts.ts";

/** Nobody is, over however many steps, their own manager. Each loop is told once, at its first person in the file. */
export const managersFormNoLoop: Rule = ({ tenant: { users } }) => {
  const people = itemsOf(users, ["users"]);
  const managerOf = new Map(people.map(({ value }) => [value.userPrincipalName, value.manager]));
  const settled = new Set<string>();
  return people.flatMap(({ path, value }) => {
    const chain = new Set<string>();
    let person = value.userPrincipalName;
    while (person !== undefined && !settled.has(person) && !chain.has(person)) {
      chain.add(person);
      person = managerOf.get(person);
    }
    const isLoop = person !== undefined && chain.has(person);
    chain.forEach((name) => settled.add(name));
    if (!isLoop || person === undefined) return [];
    const loop = [...chain].slice([...chain].indexOf(person));
    const first = people.find((candidate) =>
      loop.includes(candidate.value.userPrincipalName ?? ""),
    );
    return [
      {
        path: [...(first?.path ?? path), "manager"],
        message: `These people manage each other in a circle: ${[...loop, person].join(" → ")}`,
      },
    ];
  });
};
