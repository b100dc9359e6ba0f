/** Entry for a full Pulumi installation: `pulumi preview -s <tenant>` runs the same program. */
import { fileURLToPath } from "node:url";
import pulumi from "@pulumi/pulumi";
import { declareTenant, initialPasswords } from "../components/index.ts";
import { dayAt, loadTenant } from "../tenant-file/index.ts";

const stack = pulumi.getStack();
// Compiled code lies in dist/stacks, the tenant files in stacks.
const stacksDirectory = fileURLToPath(new URL("../../stacks", import.meta.url));
const file = await loadTenant({ stacksDirectory, tenant: stack });
declareTenant(file, {
  ...{ stack, day: dayAt(file, new Date()) },
  initialPassword: initialPasswords(),
});
