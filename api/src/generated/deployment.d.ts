// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as compute from './compute.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface WorkerDeploymentOptions {
  deploymentName: string;
  buildId: string;
  workerVersioningMode: enums.WorkerVersioningMode;
}
export declare const WorkerDeploymentOptions: Codec<WorkerDeploymentOptions>;

export interface Deployment {
  seriesName: string;
  buildId: string;
}
export declare const Deployment: Codec<Deployment>;

export interface DeploymentInfo {
  deployment: Deployment | null;
  createTime: googleProtobuf.Timestamp | null;
  taskQueueInfos: DeploymentInfo_TaskQueueInfo[];
  metadata: { [key: string]: Uint8Array };
  isCurrent: boolean;
}
export declare const DeploymentInfo: Codec<DeploymentInfo>;

export interface DeploymentInfo_TaskQueueInfo {
  name: string;
  type: enums.TaskQueueType;
  firstPollerTime: googleProtobuf.Timestamp | null;
}
export declare const DeploymentInfo_TaskQueueInfo: Codec<DeploymentInfo_TaskQueueInfo>;

export interface UpdateDeploymentMetadata {
  upsertEntries: { [key: string]: Uint8Array };
  removeEntries: string[];
}
export declare const UpdateDeploymentMetadata: Codec<UpdateDeploymentMetadata>;

export interface DeploymentListInfo {
  deployment: Deployment | null;
  createTime: googleProtobuf.Timestamp | null;
  isCurrent: boolean;
}
export declare const DeploymentListInfo: Codec<DeploymentListInfo>;

export interface WorkerDeploymentVersionInfo {
  version: string;
  status: enums.WorkerDeploymentVersionStatus;
  deploymentVersion: WorkerDeploymentVersion | null;
  deploymentName: string;
  createTime: googleProtobuf.Timestamp | null;
  routingChangedTime: googleProtobuf.Timestamp | null;
  currentSinceTime: googleProtobuf.Timestamp | null;
  rampingSinceTime: googleProtobuf.Timestamp | null;
  firstActivationTime: googleProtobuf.Timestamp | null;
  lastCurrentTime: googleProtobuf.Timestamp | null;
  lastDeactivationTime: googleProtobuf.Timestamp | null;
  rampPercentage: number;
  taskQueueInfos: WorkerDeploymentVersionInfo_VersionTaskQueueInfo[];
  drainageInfo: VersionDrainageInfo | null;
  metadata: VersionMetadata | null;
  computeConfig: compute.ComputeConfig | null;
  lastModifierIdentity: string;
}
export declare const WorkerDeploymentVersionInfo: Codec<WorkerDeploymentVersionInfo>;

export interface WorkerDeploymentVersionInfo_VersionTaskQueueInfo {
  name: string;
  type: enums.TaskQueueType;
}
export declare const WorkerDeploymentVersionInfo_VersionTaskQueueInfo: Codec<WorkerDeploymentVersionInfo_VersionTaskQueueInfo>;

export interface VersionDrainageInfo {
  status: enums.VersionDrainageStatus;
  lastChangedTime: googleProtobuf.Timestamp | null;
  lastCheckedTime: googleProtobuf.Timestamp | null;
}
export declare const VersionDrainageInfo: Codec<VersionDrainageInfo>;

export interface ComputeStatus {
  providerValidation: ComputeStatus_ProviderValidationStatus | null;
}
export declare const ComputeStatus: Codec<ComputeStatus>;

export interface ComputeStatus_ProviderValidationStatus {
  errorMessage: string;
  lastCheckTime: googleProtobuf.Timestamp | null;
}
export declare const ComputeStatus_ProviderValidationStatus: Codec<ComputeStatus_ProviderValidationStatus>;

export interface WorkerDeploymentInfo {
  name: string;
  versionSummaries: WorkerDeploymentInfo_WorkerDeploymentVersionSummary[];
  createTime: googleProtobuf.Timestamp | null;
  routingConfig: RoutingConfig | null;
  lastModifierIdentity: string;
  managerIdentity: string;
  routingConfigUpdateState: enums.RoutingConfigUpdateState;
}
export declare const WorkerDeploymentInfo: Codec<WorkerDeploymentInfo>;

export interface WorkerDeploymentInfo_WorkerDeploymentVersionSummary {
  version: string;
  status: enums.WorkerDeploymentVersionStatus;
  deploymentVersion: WorkerDeploymentVersion | null;
  createTime: googleProtobuf.Timestamp | null;
  drainageStatus: enums.VersionDrainageStatus;
  drainageInfo: VersionDrainageInfo | null;
  currentSinceTime: googleProtobuf.Timestamp | null;
  rampingSinceTime: googleProtobuf.Timestamp | null;
  routingUpdateTime: googleProtobuf.Timestamp | null;
  firstActivationTime: googleProtobuf.Timestamp | null;
  lastCurrentTime: googleProtobuf.Timestamp | null;
  lastDeactivationTime: googleProtobuf.Timestamp | null;
  computeConfig: compute.ComputeConfigSummary | null;
  computeStatus: ComputeStatus | null;
}
export declare const WorkerDeploymentInfo_WorkerDeploymentVersionSummary: Codec<WorkerDeploymentInfo_WorkerDeploymentVersionSummary>;

export interface WorkerDeploymentVersion {
  buildId: string;
  deploymentName: string;
}
export declare const WorkerDeploymentVersion: Codec<WorkerDeploymentVersion>;

export interface VersionMetadata {
  entries: { [key: string]: Uint8Array };
}
export declare const VersionMetadata: Codec<VersionMetadata>;

export interface RoutingConfig {
  currentDeploymentVersion: WorkerDeploymentVersion | null;
  currentVersion: string;
  rampingDeploymentVersion: WorkerDeploymentVersion | null;
  rampingVersion: string;
  rampingVersionPercentage: number;
  currentVersionChangedTime: googleProtobuf.Timestamp | null;
  rampingVersionChangedTime: googleProtobuf.Timestamp | null;
  rampingVersionPercentageChangedTime: googleProtobuf.Timestamp | null;
  revisionNumber: number;
}
export declare const RoutingConfig: Codec<RoutingConfig>;

export interface InheritedAutoUpgradeInfo {
  sourceDeploymentVersion: WorkerDeploymentVersion | null;
  sourceDeploymentRevisionNumber: number;
  continueAsNewInitialVersioningBehavior: enums.ContinueAsNewVersioningBehavior;
}
export declare const InheritedAutoUpgradeInfo: Codec<InheritedAutoUpgradeInfo>;
