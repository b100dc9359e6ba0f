/** What a tenant has, in numbers that its owner knows. */
export interface TenantOverview {
  /** Accounts of the tenant itself, blocked ones too. */
  readonly people: number;
  /** Of these, who cannot sign in. */
  readonly blocked: number;
  readonly guests: number;
  readonly groups: number;
  /** Personal ones (OneDrive) are not counted; undefined where nobody looked. */
  readonly sites?: number | undefined;
  /** The initial domain is not among them. */
  readonly domains: readonly string[];
  /** By name. */
  readonly products: readonly OverviewProduct[];
}

interface OverviewProduct {
  readonly name: string;
  /** Undefined where nobody bought it. */
  readonly bought?: number | undefined;
  readonly used: number;
}
