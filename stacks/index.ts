/** Entry for a full Pulumi installation: `pulumi preview -s <tenant>` runs the same program. */
import { fileURLToPath } from "node:url";
import pulumi from "@pulumi/pulumi";
import { initialPasswords } from "../components/initial-password.ts";
import { declareTenant } from "../components/tenant-program.ts";
import { loadTenant } from "../tenant-file/load.ts";

const stack = pulumi.getStack();
// Compiled code lies in dist/stacks, the tenant files in stacks.
const stacksDirectory = fileURLToPath(new URL("../../stacks", import.meta.url));
declareTenant(await loadTenant({ stacksDirectory, tenant: stack }), {
  stack,
  initialPassword: initialPasswords(),
});
