/** What is kept of a person, a site or a group, each by itself: a mailbox with its archive missing is not whole. */
export const COPY_KINDS = ["mailbox", "archive", "oneDrive", "site", "group", "team"] as const;

export type CopyKind = (typeof COPY_KINDS)[number];
