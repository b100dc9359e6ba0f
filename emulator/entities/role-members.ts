/** Link from a directory role to those who have it. */
export const ROLE_MEMBERS = "directoryRole.member";
