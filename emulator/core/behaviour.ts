/** `Retry-After: 2`, `1.5`, a date as HTTP writes it, or no such header. */
export const RETRY_AFTER_FORMS = ["seconds", "fraction", "date", "none"] as const;
export type RetryAfterForm = (typeof RETRY_AFTER_FORMS)[number];

/**
 * How the service misbehaves. Every part is decided by the seed, so that a run can be repeated.
 * Shares are 0 to 1 of all requests; 0 switches the part off.
 */
export interface Behaviour {
  /** A new object is readable on a replica at a moment between 0 and this many milliseconds after its creation. */
  visibilityDelayMs: number;
  /** A change is readable on a replica at a moment between 0 and this many milliseconds after it. */
  changeDelayMs: number;
  /** Advanced queries (`ConsistencyLevel: eventual`) know of changes up to this many milliseconds late. */
  indexDelayMs: number;
  /** How many replicas answer reads; each has its own delay for each object. */
  replicas: number;
  /** Documented quotas, their headers and 429 answers. */
  quotas: boolean;
  /** Requests answered 429 although the quota is not used up, also single requests of a batch. */
  throttledShare: number;
  /** How those answers say when to come back; `mixed` = decided by the seed for each. */
  retryAfterForm: RetryAfterForm | "mixed";
  /** Requests answered with one of `serverErrorStatuses` before any work. */
  serverErrorShare: number;
  serverErrorStatuses: readonly number[];
  /** Writes to Graph answered 409 Directory_ConcurrencyViolation before any work. */
  concurrencyShare: number;
  /** Connections cut before any work. */
  droppedShare: number;
  /** Connections cut after the work was done. */
  lostAnswerShare: number;
  /** Added to every answer. */
  latencyMs: number;
  slowShare: number;
  /** Added to the answers picked by `slowShare`. */
  slowMs: number;
  tokenLifetimeSeconds: number;
  /** Time until a group's licences have reached its members. */
  groupLicensingDelayMs: number;
  /** Time until a dynamic group's rule has been evaluated. */
  dynamicGroupDelayMs: number;
  /** Time until a new site can be used. */
  siteProvisioningDelayMs: number;
  /** Time until a mailbox exists after its licence. */
  mailboxProvisioningDelayMs: number;
  /** Time until a mailbox has become one of another kind. */
  mailboxConversionDelayMs: number;
  /** Time until ordered licences can be assigned. */
  orderDelayMs: number;
  /** Time until the customer has set the record that verifies a new domain. */
  domainRecordDelayMs: number;
  /** Time until a partner relation that was approved, and a role assignment in it, are active. */
  delegatedAdminDelayMs: number;
  /** Time until a change stands in the audit log of the directory. */
  auditDelayMs: number;
}

export const realisticBehaviour: Behaviour = {
  visibilityDelayMs: 200,
  changeDelayMs: 0,
  indexDelayMs: 200,
  replicas: 2,
  quotas: true,
  throttledShare: 0,
  retryAfterForm: "seconds",
  serverErrorShare: 0.001,
  // Those that Microsoft's own client tries again.
  serverErrorStatuses: [503, 504],
  concurrencyShare: 0,
  // Once in 5,000 requests: few clients repeat a POST whose connection broke.
  droppedShare: 0.0002,
  lostAnswerShare: 0,
  latencyMs: 0,
  slowShare: 0.005,
  slowMs: 300,
  tokenLifetimeSeconds: 3599,
  groupLicensingDelayMs: 300,
  dynamicGroupDelayMs: 300,
  siteProvisioningDelayMs: 300,
  mailboxProvisioningDelayMs: 300,
  mailboxConversionDelayMs: 300,
  orderDelayMs: 300,
  domainRecordDelayMs: 0,
  delegatedAdminDelayMs: 300,
  auditDelayMs: 300,
};

/** Nothing late, nothing refused: for tests about something else. */
export const promptBehaviour: Behaviour = {
  ...realisticBehaviour,
  visibilityDelayMs: 0,
  changeDelayMs: 0,
  indexDelayMs: 0,
  replicas: 1,
  quotas: false,
  serverErrorShare: 0,
  serverErrorStatuses: [500, 502, 503, 504],
  droppedShare: 0,
  slowShare: 0,
  groupLicensingDelayMs: 0,
  dynamicGroupDelayMs: 0,
  siteProvisioningDelayMs: 0,
  mailboxProvisioningDelayMs: 0,
  mailboxConversionDelayMs: 0,
  orderDelayMs: 0,
  delegatedAdminDelayMs: 0,
  auditDelayMs: 0,
};
