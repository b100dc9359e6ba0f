/** What concerns more than one value of a migration file, and the tenant file beside it. */
import { addDays } from "../core/calendar.ts";
import { ownDomains } from "../tenant-file/index.ts";
import type { Finding, Tenant } from "../tenant-file/index.ts";
import { isWorkingDay } from "./working-days.ts";
import type { Migration } from "./migration-schema.ts";
import { stepsOf } from "./steps.ts";

type Path = Finding["path"];
type Rule = (migration: Migration, tenant: Tenant) => Finding[];

/** A name that refers to nothing. */
function unknown(path: Path, written: string, known: { names: Iterable<string>; what: string }) {
  const names = new Set(known.names);
  if (names.has(written)) return [];
  return [
    {
      path,
      message: `No such ${known.what}`,
      received: JSON.stringify(written),
      allowed: [...names].slice(0, 8).join(", ") || "none is declared",
    },
  ];
}

const at = (...path: (string | number)[]): Path => path;

/** Every value under these keys, wherever in the file. */
function* valuesOf(
  value: unknown,
  keys: ReadonlySet<string>,
  path: Path = [],
): Generator<{ path: Path; value: string }> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (typeof member === "string" && keys.has(key)) yield { path: here, value: member };
    else yield* valuesOf(member, keys, here);
  }
}

const OWNERS: ReadonlySet<string> = new Set(["owner", "oldHost"]);

const ownersAreOfTheTeam: Rule = (migration) => {
  const known = { names: migration.team.map(({ name }) => name), what: "person under team" };
  return [
    ...valuesOf(migration, OWNERS),
    ...migration.day.onSite.map((value, index) => ({ path: at("day", "onSite", index), value })),
    ...Object.entries(migration.projectLeaders).map(([party, value]) => ({
      path: at("projectLeaders", party),
      value,
    })),
  ].flatMap(({ path, value }) => unknown(path, value, known));
};

/** Who is on site is of the provider, and each project leader of the own side. */
const peopleAreOfTheirParty: Rule = ({ team, projectLeaders, day }) => {
  const partyOf = new Map(team.map(({ name, party }) => [name, party]));
  const expected = [
    { path: at("projectLeaders", "provider"), name: projectLeaders.provider, party: "provider" },
    { path: at("projectLeaders", "customer"), name: projectLeaders.customer, party: "customer" },
    ...day.onSite.map((name, index) => ({
      path: at("day", "onSite", index),
      name,
      party: "provider",
    })),
  ];
  return expected.flatMap(({ path, name, party }) => {
    const found = partyOf.get(name);
    if (found === undefined || found === party) return [];
    return [{ path, message: `${name} is of another party`, received: found, allowed: party }];
  });
};

const namesAreOfTheTenantFile: Rule = ({ team, people, training, inventory, domains }, tenant) => {
  const users = {
    names: [
      ...(tenant.users ?? []).map(({ userPrincipalName }) => userPrincipalName),
      ...(tenant.unmanaged?.users ?? []).map(({ userPrincipalName }) => userPrincipalName),
    ],
    what: "user in the tenant file",
  };
  const groups = {
    names: (tenant.groups ?? []).map(({ name }) => name),
    what: "group in the tenant file",
  };
  const sites = {
    names: (tenant.sites ?? []).map(({ url }) => url),
    what: "site in the tenant file",
  };
  const own = { names: ownDomains(tenant) ?? [], what: "domain in the tenant file" };
  const mail = {
    names: inventory.mail.map(({ name }) => name),
    what: "source under inventory.mail",
  };
  return [
    ...team.flatMap(({ user }, index) =>
      user === undefined ? [] : unknown(at("team", index, "user"), user, users),
    ),
    ...people.flatMap(({ user, mailFrom }, index) => [
      ...unknown(at("people", index, "user"), user, users),
      ...(mailFrom === undefined ? [] : unknown(at("people", index, "mailFrom"), mailFrom, mail)),
    ]),
    ...training.flatMap((session, index) => [
      ...(session.people ?? []).flatMap((user, which) =>
        unknown(at("training", index, "people", which), user, users),
      ),
      ...(session.groups ?? []).flatMap((group, which) =>
        unknown(at("training", index, "groups", which), group, groups),
      ),
    ]),
    ...inventory.files.flatMap(({ site }, index) =>
      unknown(at("inventory", "files", index, "site"), site, sites),
    ),
    ...domains.flatMap(({ name }, index) => unknown(at("domains", index, "name"), name, own)),
  ];
};

/** By hand costs hours, which somebody budgets; IMAP knows no calendars and contacts. */
const routesAreBudgeted: Rule = ({ inventory, workPackages }) => {
  const budgeted = new Set(workPackages.map((one) => one.for));
  const needsHours = (path: Path, name: string): Finding[] =>
    budgeted.has(name)
      ? []
      : [
          {
            path,
            message: "This moves by hand, and no work package has hours for it",
            allowed: `a work package with for: ${name}`,
          },
        ];
  return [
    ...inventory.mail.flatMap((source, index) => {
      const path = at("inventory", "mail", index);
      const routes = (["mail", "calendar", "contacts"] as const).map(
        (key) => [key, source[key]] as const,
      );
      const beyond = source.kind === "imap" ? routes.slice(1) : [];
      return [
        ...beyond.flatMap(([key, route]) =>
          route === "automatic"
            ? [
                {
                  path: [...path, key],
                  message: "IMAP moves mail only",
                  received: route,
                  allowed: "byHand, none",
                },
              ]
            : [],
        ),
        ...(routes.some(([, route]) => route === "byHand") ? needsHours(path, source.name) : []),
      ];
    }),
    ...inventory.files.flatMap(({ name, route }, index) =>
      route === "byHand" ? needsHours(at("inventory", "files", index), name) : [],
    ),
    ...workPackages.flatMap((one, index) =>
      one.for === undefined
        ? []
        : unknown(at("workPackages", index, "for"), one.for, {
            names: [...inventory.mail, ...inventory.files].map(({ name }) => name),
            what: "source under inventory",
          }),
    ),
  ];
};

const daysRunForward: Rule = ({
  training,
  day,
  preparation,
  announcement,
  aftercare,
  evaluation,
}) => {
  const last = addDays(day.date, aftercare.days);
  const before = [
    ...training.map(({ date }, index) => ({ path: at("training", index, "date"), day: date })),
    { path: at("preparation", "by"), day: preparation.by },
    { path: at("announcement", "by"), day: announcement.by },
  ];
  return [
    ...before
      .filter((one) => one.day > day.date)
      .map(({ path, day: received }) => ({
        path,
        message: "This is after the day of the migration",
        received,
        allowed: `at most ${day.date}`,
      })),
    ...(evaluation.date > last
      ? []
      : [
          {
            path: at("evaluation", "date"),
            message: "The aftercare is not over",
            received: evaluation.date,
            allowed: `after ${last}`,
          },
        ]),
  ];
};

const DAYS: ReadonlySet<string> = new Set(["by", "date"]);

/** The day itself may be a Saturday on purpose. */
const daysAreWorkingDays: Rule = (migration, { tenant: { country } }) =>
  [...valuesOf(migration, DAYS)]
    .filter(({ path, value }) => path[0] !== "day" && !isWorkingDay(country, value))
    .map(({ path, value }) => ({
      path,
      level: "warning",
      message: `Nobody works on this day in ${country}`,
      received: value,
    }));

/** Steps are ticked off by their names. */
const stepsHaveNamesOfTheirOwn: Rule = (migration, tenant) => {
  const seen = new Set<string>();
  return stepsOf(migration, tenant.tenant.country).flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path, message: "This is in the file twice", received: id }];
  });
};

/** An emergency account has no mail or files to bring. */
const everybodyMoves: Rule = ({ people }, { tenant, users = [] }) => {
  const moving = new Set([...people.map(({ user }) => user), ...(tenant.emergencyAccounts ?? [])]);
  const left = users.filter(({ userPrincipalName }) => !moving.has(userPrincipalName));
  return left.map(({ userPrincipalName }) => ({
    path: at("people"),
    level: "warning",
    message: `${userPrincipalName} is in the tenant file and not among the people who move`,
  }));
};

const rules: readonly Rule[] = [
  ownersAreOfTheTeam,
  peopleAreOfTheirParty,
  namesAreOfTheTenantFile,
  routesAreBudgeted,
  daysRunForward,
  daysAreWorkingDays,
  stepsHaveNamesOfTheirOwn,
  everybodyMoves,
];

export const checkRules: Rule = (migration, tenant) =>
  rules.flatMap((rule) => rule(migration, tenant));

const SECRET_KEY = /pass(word|wd|phrase)?$|wachtwoord|secret|token|credential/i;

/** Passwords are refused with a word of their own, also where other things are wrong. */
export function secretKeys(value: unknown, path: Path = []): Finding[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (Array.isArray(value) || !SECRET_KEY.test(key)) return secretKeys(member, here);
    return [
      {
        path: here,
        at: "key" as const,
        message: "No passwords in this file: it is in git",
        allowed: "passwords given for each run, from the environment or a vault",
      },
    ];
  });
}
