/** Ids of the policies of which a tenant has exactly one. */
export const SECURITY_DEFAULTS = "00000000-0000-0000-0000-000000000005";
export const AUTHENTICATION_METHODS = "authenticationMethodsPolicy";
export const AUTHORIZATION = "authorizationPolicy";
