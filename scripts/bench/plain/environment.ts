/** What the plain program and its provider process get to know, as JSON in the variable PLAIN. */
export interface PlainEnvironment {
  readonly origin: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly skuId: string;
  readonly size: number;
  /** Project, state, Pulumi's home and the plugin. */
  readonly folder: string;
  readonly enginePath: string;
  readonly engineVersion: string;
}
