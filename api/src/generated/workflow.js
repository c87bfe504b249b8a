// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const VersioningOverride_PinnedOverrideBehavior = {
  UNSPECIFIED: 0,
  PINNED: 1,
};

export const WorkflowExecutionInfo = codec('temporal.api.workflow.v1.WorkflowExecutionInfo');

export const WorkflowExecutionExtendedInfo = codec('temporal.api.workflow.v1.WorkflowExecutionExtendedInfo');

export const WorkflowExecutionVersioningInfo = codec('temporal.api.workflow.v1.WorkflowExecutionVersioningInfo');

export const DeploymentTransition = codec('temporal.api.workflow.v1.DeploymentTransition');

export const DeploymentVersionTransition = codec('temporal.api.workflow.v1.DeploymentVersionTransition');

export const WorkflowExecutionConfig = codec('temporal.api.workflow.v1.WorkflowExecutionConfig');

export const PendingActivityInfo = codec('temporal.api.workflow.v1.PendingActivityInfo');

export const PendingActivityInfo_PauseInfo = codec('temporal.api.workflow.v1.PendingActivityInfo.PauseInfo');

export const PendingActivityInfo_PauseInfo_Manual = codec('temporal.api.workflow.v1.PendingActivityInfo.PauseInfo.Manual');

export const PendingActivityInfo_PauseInfo_Rule = codec('temporal.api.workflow.v1.PendingActivityInfo.PauseInfo.Rule');

export const PendingChildExecutionInfo = codec('temporal.api.workflow.v1.PendingChildExecutionInfo');

export const PendingWorkflowTaskInfo = codec('temporal.api.workflow.v1.PendingWorkflowTaskInfo');

export const ResetPoints = codec('temporal.api.workflow.v1.ResetPoints');

export const ResetPointInfo = codec('temporal.api.workflow.v1.ResetPointInfo');

export const NewWorkflowExecutionInfo = codec('temporal.api.workflow.v1.NewWorkflowExecutionInfo');

export const CallbackInfo = codec('temporal.api.workflow.v1.CallbackInfo');

export const CallbackInfo_WorkflowClosed = codec('temporal.api.workflow.v1.CallbackInfo.WorkflowClosed');

export const CallbackInfo_UpdateWorkflowExecutionCompleted = codec('temporal.api.workflow.v1.CallbackInfo.UpdateWorkflowExecutionCompleted');

export const CallbackInfo_Trigger = codec('temporal.api.workflow.v1.CallbackInfo.Trigger');

export const PendingNexusOperationInfo = codec('temporal.api.workflow.v1.PendingNexusOperationInfo');

export const NexusOperationCancellationInfo = codec('temporal.api.workflow.v1.NexusOperationCancellationInfo');

export const WorkflowExecutionOptions = codec('temporal.api.workflow.v1.WorkflowExecutionOptions');

export const VersioningOverride = codec('temporal.api.workflow.v1.VersioningOverride');

export const VersioningOverride_PinnedOverride = codec('temporal.api.workflow.v1.VersioningOverride.PinnedOverride');

export const VersioningOverride_OneTimeOverride = codec('temporal.api.workflow.v1.VersioningOverride.OneTimeOverride');

export const OnConflictOptions = codec('temporal.api.workflow.v1.OnConflictOptions');

export const RequestIdInfo = codec('temporal.api.workflow.v1.RequestIdInfo');

export const PostResetOperation = codec('temporal.api.workflow.v1.PostResetOperation');

export const PostResetOperation_SignalWorkflow = codec('temporal.api.workflow.v1.PostResetOperation.SignalWorkflow');

export const PostResetOperation_UpdateWorkflowOptions = codec('temporal.api.workflow.v1.PostResetOperation.UpdateWorkflowOptions');

export const WorkflowExecutionPauseInfo = codec('temporal.api.workflow.v1.WorkflowExecutionPauseInfo');
