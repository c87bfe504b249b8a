// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const TaskQueue = codec('temporal.api.taskqueue.v1.TaskQueue');

export const TaskQueueMetadata = codec('temporal.api.taskqueue.v1.TaskQueueMetadata');

export const TaskQueueVersioningInfo = codec('temporal.api.taskqueue.v1.TaskQueueVersioningInfo');

export const TaskQueueVersionSelection = codec('temporal.api.taskqueue.v1.TaskQueueVersionSelection');

export const TaskQueueVersionInfo = codec('temporal.api.taskqueue.v1.TaskQueueVersionInfo');

export const TaskQueueTypeInfo = codec('temporal.api.taskqueue.v1.TaskQueueTypeInfo');

export const TaskQueueStats = codec('temporal.api.taskqueue.v1.TaskQueueStats');

export const TaskQueueStatus = codec('temporal.api.taskqueue.v1.TaskQueueStatus');

export const TaskIdBlock = codec('temporal.api.taskqueue.v1.TaskIdBlock');

export const TaskQueuePartitionMetadata = codec('temporal.api.taskqueue.v1.TaskQueuePartitionMetadata');

export const PollerInfo = codec('temporal.api.taskqueue.v1.PollerInfo');

export const StickyExecutionAttributes = codec('temporal.api.taskqueue.v1.StickyExecutionAttributes');

export const CompatibleVersionSet = codec('temporal.api.taskqueue.v1.CompatibleVersionSet');

export const TaskQueueReachability = codec('temporal.api.taskqueue.v1.TaskQueueReachability');

export const BuildIdReachability = codec('temporal.api.taskqueue.v1.BuildIdReachability');

export const RampByPercentage = codec('temporal.api.taskqueue.v1.RampByPercentage');

export const BuildIdAssignmentRule = codec('temporal.api.taskqueue.v1.BuildIdAssignmentRule');

export const CompatibleBuildIdRedirectRule = codec('temporal.api.taskqueue.v1.CompatibleBuildIdRedirectRule');

export const TimestampedBuildIdAssignmentRule = codec('temporal.api.taskqueue.v1.TimestampedBuildIdAssignmentRule');

export const TimestampedCompatibleBuildIdRedirectRule = codec('temporal.api.taskqueue.v1.TimestampedCompatibleBuildIdRedirectRule');

export const PollerGroupInfo = codec('temporal.api.taskqueue.v1.PollerGroupInfo');

export const PollerGroupsInfo = codec('temporal.api.taskqueue.v1.PollerGroupsInfo');

export const PollerScalingDecision = codec('temporal.api.taskqueue.v1.PollerScalingDecision');

export const RateLimit = codec('temporal.api.taskqueue.v1.RateLimit');

export const ConfigMetadata = codec('temporal.api.taskqueue.v1.ConfigMetadata');

export const RateLimitConfig = codec('temporal.api.taskqueue.v1.RateLimitConfig');

export const TaskQueueConfig = codec('temporal.api.taskqueue.v1.TaskQueueConfig');
