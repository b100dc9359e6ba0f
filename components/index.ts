/** What a customer recognises, declared for Pulumi: one component a file, and the program of a tenant. */
export { initialPasswords } from "./initial-password.ts";
export { declareTenant } from "./tenant-program.ts";
