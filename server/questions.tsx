/** Questions and answers on a proposal, on the pages of both sides. */
import type { FC } from "hono/jsx";
import type { QuestionMessage } from "../operations/index.ts";
import { Value } from "../views/index.ts";
import { At, Say } from "./portal/frame.tsx";
import { TEXTS } from "./portal/texts.ts";

export const Questions: FC<{ readonly messages: readonly QuestionMessage[] }> = ({ messages }) =>
  messages.length === 0 ? null : (
    <>
      <h2>
        <Say text={TEXTS.questions} />
      </h2>
      <ul class="rows">
        {messages.map(({ side, by, at, text }) => (
          <li>
            <div class="small">
              <Say text={side === "customer" ? TEXTS.question : TEXTS.answer} />
              {": "}
              <Value text={by} />, <At time={at} />
            </div>
            {text.split("\n").map((line) => (
              <p>
                <Value text={line} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
