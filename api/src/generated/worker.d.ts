// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as deployment from './deployment.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export declare const EnvironmentInfo_Runtime_RuntimeType: {
  readonly UNSPECIFIED: 0;
  readonly JVM: 1;
  readonly CPYTHON: 2;
  readonly NODE: 3;
  readonly BUN: 4;
  readonly CRUBY: 5;
  readonly GO: 6;
  readonly DOTNET_FRAMEWORK: 7;
  readonly DOTNET_CORE: 8;
  readonly NATIVE: 9;
  readonly ROADRUNNER: 10;
};
export type EnvironmentInfo_Runtime_RuntimeType = (typeof EnvironmentInfo_Runtime_RuntimeType)[keyof typeof EnvironmentInfo_Runtime_RuntimeType];

export declare const EnvironmentInfo_HostingEnvironment_HostingEnvironmentType: {
  readonly UNSPECIFIED: 0;
  readonly DOCKER: 1;
  readonly K8S: 2;
  readonly AWS_LAMBDA: 3;
  readonly AWS_ECS: 4;
  readonly GOOGLE_CLOUD_RUN: 6;
  readonly GOOGLE_APP_ENGINE: 7;
  readonly AZURE_APP_SERVICE: 8;
  readonly AZURE_FUNCTIONS: 9;
  readonly AZURE_CONTAINER_APPS: 10;
};
export type EnvironmentInfo_HostingEnvironment_HostingEnvironmentType = (typeof EnvironmentInfo_HostingEnvironment_HostingEnvironmentType)[keyof typeof EnvironmentInfo_HostingEnvironment_HostingEnvironmentType];

export declare const EnvironmentInfo_Architecture: {
  readonly UNSPECIFIED: 0;
  readonly AMD64: 1;
  readonly ARM64: 2;
};
export type EnvironmentInfo_Architecture = (typeof EnvironmentInfo_Architecture)[keyof typeof EnvironmentInfo_Architecture];

export declare const EnvironmentInfo_LinuxPlatform_Libc: {
  readonly UNSPECIFIED: 0;
  readonly GLIBC: 1;
  readonly MUSL: 2;
};
export type EnvironmentInfo_LinuxPlatform_Libc = (typeof EnvironmentInfo_LinuxPlatform_Libc)[keyof typeof EnvironmentInfo_LinuxPlatform_Libc];

export declare const EnvironmentInfo_WindowsPlatform_Crt: {
  readonly UNSPECIFIED: 0;
  readonly UCRT: 1;
  readonly MSVCRT: 2;
  readonly MINGW: 3;
  readonly CYGWIN: 4;
};
export type EnvironmentInfo_WindowsPlatform_Crt = (typeof EnvironmentInfo_WindowsPlatform_Crt)[keyof typeof EnvironmentInfo_WindowsPlatform_Crt];

export interface WorkerPollerInfo {
  currentPollers: number;
  lastSuccessfulPollTime: googleProtobuf.Timestamp | null;
  isAutoscaling: boolean;
}
export declare const WorkerPollerInfo: Codec<WorkerPollerInfo>;

export interface WorkerSlotsInfo {
  currentAvailableSlots: number;
  currentUsedSlots: number;
  slotSupplierKind: string;
  totalProcessedTasks: number;
  totalFailedTasks: number;
  lastIntervalProcessedTasks: number;
  lastIntervalFailureTasks: number;
}
export declare const WorkerSlotsInfo: Codec<WorkerSlotsInfo>;

export interface WorkerHostInfo {
  hostName: string;
  workerGroupingKey: string;
  processId: string;
  currentHostCpuUsage: number;
  currentHostMemUsage: number;
}
export declare const WorkerHostInfo: Codec<WorkerHostInfo>;

export interface WorkerHeartbeat {
  workerInstanceKey: string;
  workerIdentity: string;
  hostInfo: WorkerHostInfo | null;
  taskQueue: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  sdkName: string;
  sdkVersion: string;
  status: enums.WorkerStatus;
  startTime: googleProtobuf.Timestamp | null;
  heartbeatTime: googleProtobuf.Timestamp | null;
  elapsedSinceLastHeartbeat: googleProtobuf.Duration | null;
  workflowTaskSlotsInfo: WorkerSlotsInfo | null;
  activityTaskSlotsInfo: WorkerSlotsInfo | null;
  nexusTaskSlotsInfo: WorkerSlotsInfo | null;
  localActivitySlotsInfo: WorkerSlotsInfo | null;
  workflowPollerInfo: WorkerPollerInfo | null;
  workflowStickyPollerInfo: WorkerPollerInfo | null;
  activityPollerInfo: WorkerPollerInfo | null;
  nexusPollerInfo: WorkerPollerInfo | null;
  totalStickyCacheHit: number;
  totalStickyCacheMiss: number;
  currentStickyCacheSize: number;
  plugins: PluginInfo[];
  drivers: StorageDriverInfo[];
  environment: EnvironmentInfo | null;
}
export declare const WorkerHeartbeat: Codec<WorkerHeartbeat>;

export interface WorkerInfo {
  workerHeartbeat: WorkerHeartbeat | null;
}
export declare const WorkerInfo: Codec<WorkerInfo>;

export interface WorkerListInfo {
  workerInstanceKey: string;
  workerIdentity: string;
  taskQueue: string;
  deploymentVersion: deployment.WorkerDeploymentVersion | null;
  sdkName: string;
  sdkVersion: string;
  status: enums.WorkerStatus;
  startTime: googleProtobuf.Timestamp | null;
  hostName: string;
  workerGroupingKey: string;
  processId: string;
  plugins: PluginInfo[];
  drivers: StorageDriverInfo[];
}
export declare const WorkerListInfo: Codec<WorkerListInfo>;

export interface PluginInfo {
  name: string;
  version: string;
}
export declare const PluginInfo: Codec<PluginInfo>;

export interface StorageDriverInfo {
  type: string;
}
export declare const StorageDriverInfo: Codec<StorageDriverInfo>;

export interface EnvironmentInfo {
  runtimes: EnvironmentInfo_Runtime[];
  hostingEnvironments: EnvironmentInfo_HostingEnvironment[];
  platform: EnvironmentInfo_Platform | null;
}
export declare const EnvironmentInfo: Codec<EnvironmentInfo>;

export interface EnvironmentInfo_Runtime {
  type: EnvironmentInfo_Runtime_RuntimeType;
  version: string;
}
export declare const EnvironmentInfo_Runtime: Codec<EnvironmentInfo_Runtime>;

export interface EnvironmentInfo_HostingEnvironment {
  type: EnvironmentInfo_HostingEnvironment_HostingEnvironmentType;
  version: string;
}
export declare const EnvironmentInfo_HostingEnvironment: Codec<EnvironmentInfo_HostingEnvironment>;

export interface EnvironmentInfo_Platform {
  linux: EnvironmentInfo_LinuxPlatform | null;
  macos: EnvironmentInfo_MacOSPlatform | null;
  windows: EnvironmentInfo_WindowsPlatform | null;
}
export declare const EnvironmentInfo_Platform: Codec<EnvironmentInfo_Platform>;

export interface EnvironmentInfo_LinuxPlatform {
  version: string;
  architecture: EnvironmentInfo_Architecture;
  libc: EnvironmentInfo_LinuxPlatform_Libc;
}
export declare const EnvironmentInfo_LinuxPlatform: Codec<EnvironmentInfo_LinuxPlatform>;

export interface EnvironmentInfo_MacOSPlatform {
  version: string;
  architecture: EnvironmentInfo_Architecture;
}
export declare const EnvironmentInfo_MacOSPlatform: Codec<EnvironmentInfo_MacOSPlatform>;

export interface EnvironmentInfo_WindowsPlatform {
  version: string;
  architecture: EnvironmentInfo_Architecture;
  crt: EnvironmentInfo_WindowsPlatform_Crt;
}
export declare const EnvironmentInfo_WindowsPlatform: Codec<EnvironmentInfo_WindowsPlatform>;
