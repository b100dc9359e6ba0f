/**
 * People, groups, roles and rules for signing in as the official package registers them, without its classes: each of their 50 properties
 * would cost four promises and an output, for hundreds of people a third of the program's time. Of what comes back
 * only the id is referred to.
 * Source: @pulumi/azuread 6.9 user.js, group.js (checked 2026-11-27).
 */
import type azuread from "@pulumi/azuread";
import pulumi from "@pulumi/pulumi";
import { NOUNS } from "../core/nouns.ts";

abstract class DirectoryObject extends pulumi.CustomResource {
  declare readonly objectId: pulumi.Output<string>;

  protected constructor(
    type: string,
    name: string,
    { args, options }: { args: pulumi.Inputs; options: pulumi.CustomResourceOptions },
  ) {
    super(type, name, { ...args, objectId: undefined }, options);
  }
}

export class User extends DirectoryObject {
  constructor(
    name: string,
    { password, ...args }: azuread.UserArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    super(NOUNS.user.type, name, {
      args: { ...args, ...(password === undefined ? {} : { password: pulumi.secret(password) }) },
      options: { ...options, additionalSecretOutputs: ["password"] },
    });
  }
}

export class AccessRule extends DirectoryObject {
  constructor(
    name: string,
    args: azuread.ConditionalAccessPolicyArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    super(NOUNS.accessRule.type, name, { args, options });
  }
}

export class NamedLocation extends DirectoryObject {
  constructor(
    name: string,
    args: azuread.NamedLocationArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    super(NOUNS.namedLocation.type, name, { args, options });
  }
}

export class DirectoryRoleAssignment extends DirectoryObject {
  constructor(
    name: string,
    args: azuread.DirectoryRoleAssignmentArgs,
    options: pulumi.CustomResourceOptions,
  ) {
    super(NOUNS.roleAssignment.type, name, { args, options });
  }
}

export class Group extends DirectoryObject {
  constructor(name: string, args: azuread.GroupArgs, options: pulumi.CustomResourceOptions) {
    super(NOUNS.group.type, name, { args, options });
  }
}
