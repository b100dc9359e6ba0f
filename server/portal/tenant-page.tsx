/** The tenant as it is: what was applied last, to read and to print. */
import type { FC } from "hono/jsx";
import type { AppliedTenant } from "../../operations/index.ts";
import { Both, tenantView } from "../../views/index.ts";
import { At, Back, Say } from "./frame.tsx";
import { TEXTS } from "./texts.ts";

export const TenantPage: FC<{ readonly tenant: AppliedTenant; readonly base: string }> = ({
  tenant: { objects, at, looked, differences },
  base,
}) => (
  <>
    <Back base={base} />
    {at === undefined || objects.length === 0 ? (
      <p>
        <Say text={TEXTS.nothingApplied} />
      </p>
    ) : (
      <p>
        <Say text={TEXTS.asApplied} /> <At time={at} />
      </p>
    )}
    {looked === undefined ? null : (
      <p>
        <Say text={TEXTS.comparedOn} /> <At time={looked} />
        {differences === undefined ? null : (
          <>
            {": "}
            {differences} <Say text={TEXTS.differences} />
          </>
        )}
      </p>
    )}
    {tenantView(objects).map(({ title, objects: shown, note }) => (
      <section>
        <h2>
          <Both {...title} /> ({shown.length})
        </h2>
        {shown.map(({ name, lines }) =>
          lines.length === 0 ? (
            <p>
              <Both {...name} />
            </p>
          ) : (
            <details>
              <summary>
                <Both {...name} />
              </summary>
              <dl>
                {lines.map(({ label, value }) => (
                  <>
                    <dt>
                      <Both {...label} />
                    </dt>
                    <dd>
                      <Both {...value} />
                    </dd>
                  </>
                ))}
              </dl>
            </details>
          ),
        )}
        {note === undefined ? null : (
          <p>
            <Both {...note} />
          </p>
        )}
      </section>
    ))}
  </>
);
