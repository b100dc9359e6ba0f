/** Link from a user to the manager. */
export const MANAGER = "user.manager";
