/** The commands, one line each, in the order in which help shows them. */
import type { CommandDefinition } from "./command.ts";
import { apply } from "./commands/apply.ts";
import { approve } from "./commands/approve.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { emulator } from "./commands/emulator.ts";
import { keys } from "./commands/keys.ts";
import { log } from "./commands/log.ts";
import { plan } from "./commands/plan.ts";
import { register } from "./commands/register.ts";
import { show } from "./commands/show.ts";
import { status } from "./commands/status.ts";
import { unlock } from "./commands/unlock.ts";
import { validate } from "./commands/validate.ts";
import { withdraw } from "./commands/withdraw.ts";

export const commands: readonly CommandDefinition[] = [
  validate,
  plan,
  show,
  approve,
  withdraw,
  apply,
  status,
  log,
  unlock,
  register,
  keys,
  emulator,
  doctor,
  demo,
];
