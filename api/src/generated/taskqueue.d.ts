// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as common from './common.js';
import type * as deployment from './deployment.js';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface TaskQueue {
  name: string;
  kind: enums.TaskQueueKind;
  normalName: string;
}
export declare const TaskQueue: Codec<TaskQueue>;

export interface TaskQueueMetadata {
  maxTasksPerSecond: googleProtobuf.DoubleValue | null;
}
export declare const TaskQueueMetadata: Codec<TaskQueueMetadata>;

export interface TaskQueueVersioningInfo {
  currentDeploymentVersion: deployment.WorkerDeploymentVersion | null;
  currentVersion: string;
  rampingDeploymentVersion: deployment.WorkerDeploymentVersion | null;
  rampingVersion: string;
  rampingVersionPercentage: number;
  updateTime: googleProtobuf.Timestamp | null;
}
export declare const TaskQueueVersioningInfo: Codec<TaskQueueVersioningInfo>;

export interface TaskQueueVersionSelection {
  buildIds: string[];
  unversioned: boolean;
  allActive: boolean;
}
export declare const TaskQueueVersionSelection: Codec<TaskQueueVersionSelection>;

export interface TaskQueueVersionInfo {
  typesInfo: { [key: string]: TaskQueueTypeInfo };
  taskReachability: enums.BuildIdTaskReachability;
}
export declare const TaskQueueVersionInfo: Codec<TaskQueueVersionInfo>;

export interface TaskQueueTypeInfo {
  pollers: PollerInfo[];
  stats: TaskQueueStats | null;
}
export declare const TaskQueueTypeInfo: Codec<TaskQueueTypeInfo>;

export interface TaskQueueStats {
  approximateBacklogCount: number;
  approximateBacklogAge: googleProtobuf.Duration | null;
  tasksAddRate: number;
  tasksDispatchRate: number;
  rateLimitingActive: boolean;
}
export declare const TaskQueueStats: Codec<TaskQueueStats>;

export interface TaskQueueStatus {
  backlogCountHint: number;
  readLevel: number;
  ackLevel: number;
  ratePerSecond: number;
  taskIdBlock: TaskIdBlock | null;
}
export declare const TaskQueueStatus: Codec<TaskQueueStatus>;

export interface TaskIdBlock {
  startId: number;
  endId: number;
}
export declare const TaskIdBlock: Codec<TaskIdBlock>;

export interface TaskQueuePartitionMetadata {
  key: string;
  ownerHostName: string;
}
export declare const TaskQueuePartitionMetadata: Codec<TaskQueuePartitionMetadata>;

export interface PollerInfo {
  lastAccessTime: googleProtobuf.Timestamp | null;
  identity: string;
  ratePerSecond: number;
  workerVersionCapabilities: common.WorkerVersionCapabilities | null;
  deploymentOptions: deployment.WorkerDeploymentOptions | null;
}
export declare const PollerInfo: Codec<PollerInfo>;

export interface StickyExecutionAttributes {
  workerTaskQueue: TaskQueue | null;
  scheduleToStartTimeout: googleProtobuf.Duration | null;
}
export declare const StickyExecutionAttributes: Codec<StickyExecutionAttributes>;

export interface CompatibleVersionSet {
  buildIds: string[];
}
export declare const CompatibleVersionSet: Codec<CompatibleVersionSet>;

export interface TaskQueueReachability {
  taskQueue: string;
  reachability: enums.TaskReachability[];
}
export declare const TaskQueueReachability: Codec<TaskQueueReachability>;

export interface BuildIdReachability {
  buildId: string;
  taskQueueReachability: TaskQueueReachability[];
}
export declare const BuildIdReachability: Codec<BuildIdReachability>;

export interface RampByPercentage {
  rampPercentage: number;
}
export declare const RampByPercentage: Codec<RampByPercentage>;

export interface BuildIdAssignmentRule {
  targetBuildId: string;
  percentageRamp: RampByPercentage | null;
}
export declare const BuildIdAssignmentRule: Codec<BuildIdAssignmentRule>;

export interface CompatibleBuildIdRedirectRule {
  sourceBuildId: string;
  targetBuildId: string;
}
export declare const CompatibleBuildIdRedirectRule: Codec<CompatibleBuildIdRedirectRule>;

export interface TimestampedBuildIdAssignmentRule {
  rule: BuildIdAssignmentRule | null;
  createTime: googleProtobuf.Timestamp | null;
}
export declare const TimestampedBuildIdAssignmentRule: Codec<TimestampedBuildIdAssignmentRule>;

export interface TimestampedCompatibleBuildIdRedirectRule {
  rule: CompatibleBuildIdRedirectRule | null;
  createTime: googleProtobuf.Timestamp | null;
}
export declare const TimestampedCompatibleBuildIdRedirectRule: Codec<TimestampedCompatibleBuildIdRedirectRule>;

export interface PollerGroupInfo {
  id: string;
  weight: number;
}
export declare const PollerGroupInfo: Codec<PollerGroupInfo>;

export interface PollerGroupsInfo {
  version: number;
  pollerGroups: PollerGroupInfo[];
}
export declare const PollerGroupsInfo: Codec<PollerGroupsInfo>;

export interface PollerScalingDecision {
  pollRequestDeltaSuggestion: number;
}
export declare const PollerScalingDecision: Codec<PollerScalingDecision>;

export interface RateLimit {
  requestsPerSecond: number;
}
export declare const RateLimit: Codec<RateLimit>;

export interface ConfigMetadata {
  reason: string;
  updateIdentity: string;
  updateTime: googleProtobuf.Timestamp | null;
}
export declare const ConfigMetadata: Codec<ConfigMetadata>;

export interface RateLimitConfig {
  rateLimit: RateLimit | null;
  metadata: ConfigMetadata | null;
}
export declare const RateLimitConfig: Codec<RateLimitConfig>;

export interface TaskQueueConfig {
  queueRateLimit: RateLimitConfig | null;
  fairnessKeysRateLimitDefault: RateLimitConfig | null;
  fairnessWeightOverrides: { [key: string]: number };
}
export declare const TaskQueueConfig: Codec<TaskQueueConfig>;
