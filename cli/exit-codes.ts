/**
 * 0 done · 1 internal error · 2 refused or invalid input · 3 changes are waiting, where that was asked for · 4 a tenant has
 * not been looked at for more than a day, where that was asked for · 5 not approved yet, in pipelines (`tenantry ci`) ·
 * 6 another run is at work, in pipelines and of all tenants. docs/reference/exit-codes.md says where.
 */
export const EXIT = {
  done: 0,
  internalError: 1,
  refused: 2,
  changesWaiting: 3,
  notLooked: 4,
  notApproved: 5,
  locked: 6,
} as const;
