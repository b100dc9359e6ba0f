/**
 * `stacks/<tenant>/backup-report.json`: what the operator of a backup that we cannot read says is kept, with the day and
 * time of which it is so. Its word, and marked so wherever it is shown. JSON is YAML, so it is read as our other files are.
 */
import * as z from "zod";
import { COPY_KINDS } from "../core/copy-kinds.ts";
import { ExpectedError } from "../core/expected-error.ts";
import type { Finding } from "./diagnostic.ts";
import { fileNameOf, readBeside, type TenantPlace } from "./files.ts";
import { checkText, inFile, refusalOf } from "./reading/check-text.ts";
import { quote } from "./reading/show.ts";
import { calendarDay, text } from "./schema/values.ts";
import type { Tenant } from "./tenant-schema.ts";

const REPORT_FILE = "backup-report.json";

const moment = z.iso.datetime({
  error: (issue) =>
    typeof issue.input === "string"
      ? "Not a moment in UTC, such as 2026-11-28T06:00:00Z"
      : undefined,
});

const restorePoint = z.strictObject({
  kind: z.enum(COPY_KINDS),
  /** Object id at Microsoft, or address; of a site its whole address. */
  key: text(2048).toLowerCase(),
  /** The newest restore point that has it. */
  newest: moment,
});

const backupReport = z.strictObject({
  version: z.literal(1),
  /** The tenant's initial domain. */
  organization: text(256).toLowerCase(),
  /** `backup.location.name` of the tenant file. */
  location: text(256),
  /** When it was so. */
  asOf: moment,
  /** Day until which what is backed up on that day is kept. */
  keptUntil: calendarDay.or(z.literal("forever")),
  /** Where items are kept one by one: nothing from before this day is in any copy. */
  nothingBefore: calendarDay.exactOptional(),
  isEncrypted: z.boolean(),
  restorePoints: z.array(restorePoint),
});

export type BackupReport = z.output<typeof backupReport>;

/** Undefined where the tenant has none. @throws ExpectedError `backup-report-invalid` */
export async function loadBackupReport(
  place: TenantPlace,
  tenant: Tenant,
): Promise<BackupReport | undefined> {
  const fileName = fileNameOf(place, REPORT_FILE);
  const file = await readBeside(place, REPORT_FILE);
  if (file === undefined) return undefined;
  const checked =
    "unreadable" in file
      ? { problems: [inFile(fileName, file.unreadable)] }
      : checkText(file.text, fileName, {
          schema: backupReport,
          rules: (_, report) => (report === undefined ? [] : checkRules(report, tenant)),
        });
  if ("value" in checked) return checked.value;
  const { sentence, details } = refusalOf(fileName, checked.problems);
  throw new ExpectedError("backup-report-invalid", sentence, {
    hint: "Have whoever writes the report correct it; docs/backup.md describes the format.",
    details,
  });
}

/** It is about this tenant and this place, says each thing once, and nothing of a time after it was made. */
function checkRules(report: BackupReport, { tenant, backup }: Tenant): Finding[] {
  const seen = new Set<string>();
  const wanted = [
    ["organization", tenant.initialDomain],
    ["location", backup?.location.name],
  ] as const;
  return [
    ...wanted.flatMap(([key, allowed]) =>
      allowed === undefined || report[key] === allowed
        ? []
        : [
            {
              path: [key],
              message: "The report is about something else",
              received: quote(report[key]),
              allowed: quote(allowed),
            },
          ],
    ),
    ...report.restorePoints.flatMap(({ kind, key, newest }, at) => {
      const name = `${kind} ${key}`;
      const isAgain = seen.has(name);
      seen.add(name);
      const path = ["restorePoints", at];
      return [
        ...(isAgain
          ? [
              {
                path: [...path, "key"],
                message: `A second entry of this ${kind}`,
                received: quote(key),
              },
            ]
          : []),
        ...(Date.parse(newest) > Date.parse(report.asOf)
          ? [
              {
                path: [...path, "newest"],
                message: "Later than the report",
                received: quote(newest),
                allowed: `until ${report.asOf}`,
              },
            ]
          : []),
      ];
    }),
  ];
}
