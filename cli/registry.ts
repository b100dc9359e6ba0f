/** The commands, one line each, in the order in which help shows them. */
import type { CommandDefinition } from "./command.ts";
import { apply } from "./commands/apply.ts";
import { approve } from "./commands/approve.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { emulator } from "./commands/emulator.ts";
import { plan } from "./commands/plan.ts";
import { show } from "./commands/show.ts";
import { status } from "./commands/status.ts";
import { validate } from "./commands/validate.ts";

export const commands: readonly CommandDefinition[] = [
  validate,
  plan,
  show,
  approve,
  apply,
  status,
  emulator,
  doctor,
  demo,
];
