/** What was looked at, one line each, with what to do below it. */
interface Finding {
  readonly name: string;
  readonly state: string;
  readonly found: string;
  readonly advice?: string | undefined;
}

export const findingLines = (findings: readonly Finding[]): string =>
  findings
    .flatMap(({ name, state, found, advice }) => [
      `${name}: ${state}, ${found}`,
      ...(advice === undefined ? [] : [`  ${advice}`]),
    ])
    .join("\n");
