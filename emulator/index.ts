/** Microsoft 365 on the loopback interface. README.md lists the differences from the real service. */
export { startEmulator } from "./emulator.ts";
export type { Emulator, EmulatorOptions, Endpoints } from "./emulator.ts";
export { realisticBehaviour, promptBehaviour, type Behaviour } from "./core/behaviour.ts";
export { systemClock, type Clock } from "./core/clock.ts";
export type { RequestListener, RequestLog, RequestLogEntry } from "./core/request-log.ts";
export type { EmulatorState } from "./core/scope.ts";
export { TenantExportError, type TenantExport } from "./core/tenant-export.ts";
export type { SampleOptions, SampleTenant } from "./people.ts";
export type { ApplicationSeed, TenantSeed } from "./core/tenant-seed.ts";
export { makeApplicationCertificate } from "./core/application-certificate.ts";
export type { ApplicationCertificate } from "./core/application-certificate.ts";
export { permissionPath } from "./graph/permissions.ts";
export type { GraphOperationSchema, GraphSchema, GraphTypeSchema } from "./odata/schema.ts";
export { graphParts } from "./registry.ts";
export { behaviourOf } from "./behaviour-settings.ts";
export * from "./standalone.ts";
export { cloudflareToken } from "./dns/cloudflare.ts";
export { backupOperator } from "./veeam/index.ts";
