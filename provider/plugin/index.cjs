/**
 * Entry for Pulumi's plugin runner. It loads this file with `require`, and through ts-node with whatever
 * tsconfig.json lies in the working folder; the provider itself is compiled already and needs neither.
 */
void import("../main.js");
