/**
 * Questions of decision makers on a proposal, and the answers of the provider's engineers. They lie beside the record and are
 * signed by nobody: whatever is said here, what is decided on is the page.
 */
import { z } from "zod";
import { instant, lineOfText, remark } from "../approval/index.ts";
import { ExpectedError } from "../core/expected-error.ts";
import { planStore, putNext } from "./plan-store.ts";
import type { RecordPorts } from "./records.ts";

const MOST_MESSAGES = 50;

export const questionText = remark.min(1);

const messageSchema = z.strictObject({
  side: z.enum(["customer", "provider"]),
  /** Address of a decision maker, name of an engineer. */
  by: lineOfText,
  /** UTC. */
  at: instant,
  text: questionText,
});
export type QuestionMessage = z.infer<typeof messageSchema>;

interface About {
  readonly stack: string;
  /** `sha256:…` of the plan. */
  readonly digest: string;
}

/** Oldest first. */
export async function questionsOn(
  { records }: Pick<RecordPorts, "records">,
  about: About,
): Promise<readonly QuestionMessage[]> {
  const keys = await records.list(folderOf(about));
  const values = await Promise.all(keys.map((key) => records.get(key)));
  return values.map((bytes) =>
    messageSchema.parse(JSON.parse(Buffer.from(bytes ?? []).toString("utf8"))),
  );
}

/** @throws ExpectedError `plan-unknown`, `too-many-questions` */
export async function say(
  ports: RecordPorts,
  message: About & Pick<QuestionMessage, "side" | "by" | "text">,
): Promise<void> {
  const { stack, digest, side, by, text } = message;
  await planStore(ports, stack).read(digest);
  if ((await questionsOn(ports, message)).length >= MOST_MESSAGES) {
    throw new ExpectedError(
      "too-many-questions",
      {
        nl: "Over dit voorstel is al te veel gevraagd.",
        en: "Too much was asked about this proposal already.",
      },
      { hint: { nl: "Bel uw beheerder.", en: "Call your provider." } },
    );
  }
  const at = ports.now().toISOString();
  await putNext(ports.records, folderOf(message), messageSchema.parse({ side, by, at, text }));
}

const folderOf = ({ stack, digest }: About): string =>
  `${stack}/questions/${digest.replace(":", "-")}/`;
