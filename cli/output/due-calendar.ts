/** Days that fall due as a calendar that others subscribe to or import (iCalendar, RFC 5545). */
import { createHash } from "node:crypto";
import ical from "ical-generator";
import { sentenceIn } from "../../core/language.ts";
import type { TenantDue } from "../../operations/index.ts";

export function dueCalendar(tenants: readonly TenantDue[]): string {
  const calendar = ical({ name: "Tenantry" });
  for (const { stack, language = "en", due } of tenants) {
    for (const { day, text } of due) {
      calendar.createEvent({
        // The same in the next file, so that a calendar replaces it instead of showing it twice.
        id: createHash("sha256").update(`${stack} ${day} ${text.en}`).digest("hex"),
        start: new Date(`${day}T00:00:00Z`),
        // Otherwise each file differs from the one before.
        stamp: new Date(`${day}T00:00:00Z`),
        allDay: true,
        summary: `${stack}: ${sentenceIn(text, language)}`,
      });
    }
  }
  return calendar.toString();
}
