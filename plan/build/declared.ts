export type Properties = Readonly<Record<string, unknown>>;

/** A resource before and after the plan; what is no longer managed stays as it is. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  readonly before: Properties | undefined;
  readonly after: Properties | undefined;
  readonly isChange: boolean;
}
