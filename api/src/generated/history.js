// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const WorkflowExecutionStartedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionStartedEventAttributes');

export const DeclinedTargetVersionUpgrade = codec('temporal.api.history.v1.DeclinedTargetVersionUpgrade');

export const WorkflowExecutionCompletedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionCompletedEventAttributes');

export const WorkflowExecutionFailedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionFailedEventAttributes');

export const WorkflowExecutionTimedOutEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionTimedOutEventAttributes');

export const WorkflowExecutionContinuedAsNewEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionContinuedAsNewEventAttributes');

export const WorkflowTaskScheduledEventAttributes = codec('temporal.api.history.v1.WorkflowTaskScheduledEventAttributes');

export const WorkflowTaskStartedEventAttributes = codec('temporal.api.history.v1.WorkflowTaskStartedEventAttributes');

export const WorkflowTaskCompletedEventAttributes = codec('temporal.api.history.v1.WorkflowTaskCompletedEventAttributes');

export const WorkflowTaskTimedOutEventAttributes = codec('temporal.api.history.v1.WorkflowTaskTimedOutEventAttributes');

export const WorkflowTaskFailedEventAttributes = codec('temporal.api.history.v1.WorkflowTaskFailedEventAttributes');

export const ActivityTaskScheduledEventAttributes = codec('temporal.api.history.v1.ActivityTaskScheduledEventAttributes');

export const ActivityTaskStartedEventAttributes = codec('temporal.api.history.v1.ActivityTaskStartedEventAttributes');

export const ActivityTaskCompletedEventAttributes = codec('temporal.api.history.v1.ActivityTaskCompletedEventAttributes');

export const ActivityTaskFailedEventAttributes = codec('temporal.api.history.v1.ActivityTaskFailedEventAttributes');

export const ActivityTaskTimedOutEventAttributes = codec('temporal.api.history.v1.ActivityTaskTimedOutEventAttributes');

export const ActivityTaskCancelRequestedEventAttributes = codec('temporal.api.history.v1.ActivityTaskCancelRequestedEventAttributes');

export const ActivityTaskCanceledEventAttributes = codec('temporal.api.history.v1.ActivityTaskCanceledEventAttributes');

export const TimerStartedEventAttributes = codec('temporal.api.history.v1.TimerStartedEventAttributes');

export const TimerFiredEventAttributes = codec('temporal.api.history.v1.TimerFiredEventAttributes');

export const TimerCanceledEventAttributes = codec('temporal.api.history.v1.TimerCanceledEventAttributes');

export const WorkflowExecutionCancelRequestedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionCancelRequestedEventAttributes');

export const WorkflowExecutionCanceledEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionCanceledEventAttributes');

export const MarkerRecordedEventAttributes = codec('temporal.api.history.v1.MarkerRecordedEventAttributes');

export const WorkflowExecutionSignaledEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionSignaledEventAttributes');

export const WorkflowExecutionTerminatedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionTerminatedEventAttributes');

export const RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = codec('temporal.api.history.v1.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes');

export const RequestCancelExternalWorkflowExecutionFailedEventAttributes = codec('temporal.api.history.v1.RequestCancelExternalWorkflowExecutionFailedEventAttributes');

export const ExternalWorkflowExecutionCancelRequestedEventAttributes = codec('temporal.api.history.v1.ExternalWorkflowExecutionCancelRequestedEventAttributes');

export const SignalExternalWorkflowExecutionInitiatedEventAttributes = codec('temporal.api.history.v1.SignalExternalWorkflowExecutionInitiatedEventAttributes');

export const SignalExternalWorkflowExecutionFailedEventAttributes = codec('temporal.api.history.v1.SignalExternalWorkflowExecutionFailedEventAttributes');

export const ExternalWorkflowExecutionSignaledEventAttributes = codec('temporal.api.history.v1.ExternalWorkflowExecutionSignaledEventAttributes');

export const UpsertWorkflowSearchAttributesEventAttributes = codec('temporal.api.history.v1.UpsertWorkflowSearchAttributesEventAttributes');

export const WorkflowPropertiesModifiedEventAttributes = codec('temporal.api.history.v1.WorkflowPropertiesModifiedEventAttributes');

export const StartChildWorkflowExecutionInitiatedEventAttributes = codec('temporal.api.history.v1.StartChildWorkflowExecutionInitiatedEventAttributes');

export const StartChildWorkflowExecutionFailedEventAttributes = codec('temporal.api.history.v1.StartChildWorkflowExecutionFailedEventAttributes');

export const ChildWorkflowExecutionStartedEventAttributes = codec('temporal.api.history.v1.ChildWorkflowExecutionStartedEventAttributes');

export const ChildWorkflowExecutionCompletedEventAttributes = codec('temporal.api.history.v1.ChildWorkflowExecutionCompletedEventAttributes');

export const ChildWorkflowExecutionFailedEventAttributes = codec('temporal.api.history.v1.ChildWorkflowExecutionFailedEventAttributes');

export const ChildWorkflowExecutionCanceledEventAttributes = codec('temporal.api.history.v1.ChildWorkflowExecutionCanceledEventAttributes');

export const ChildWorkflowExecutionTimedOutEventAttributes = codec('temporal.api.history.v1.ChildWorkflowExecutionTimedOutEventAttributes');

export const ChildWorkflowExecutionTerminatedEventAttributes = codec('temporal.api.history.v1.ChildWorkflowExecutionTerminatedEventAttributes');

export const WorkflowExecutionOptionsUpdatedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionOptionsUpdatedEventAttributes');

export const WorkflowExecutionOptionsUpdatedEventAttributes_WorkflowUpdateOptionsUpdate = codec('temporal.api.history.v1.WorkflowExecutionOptionsUpdatedEventAttributes.WorkflowUpdateOptionsUpdate');

export const WorkflowPropertiesModifiedExternallyEventAttributes = codec('temporal.api.history.v1.WorkflowPropertiesModifiedExternallyEventAttributes');

export const ActivityPropertiesModifiedExternallyEventAttributes = codec('temporal.api.history.v1.ActivityPropertiesModifiedExternallyEventAttributes');

export const WorkflowExecutionUpdateAcceptedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionUpdateAcceptedEventAttributes');

export const WorkflowExecutionUpdateCompletedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionUpdateCompletedEventAttributes');

export const WorkflowExecutionUpdateRejectedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionUpdateRejectedEventAttributes');

export const WorkflowExecutionUpdateAdmittedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionUpdateAdmittedEventAttributes');

export const WorkflowExecutionPausedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionPausedEventAttributes');

export const WorkflowExecutionUnpausedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionUnpausedEventAttributes');

export const WorkflowExecutionTimeSkippingTransitionedEventAttributes = codec('temporal.api.history.v1.WorkflowExecutionTimeSkippingTransitionedEventAttributes');

export const NexusOperationScheduledEventAttributes = codec('temporal.api.history.v1.NexusOperationScheduledEventAttributes');

export const NexusOperationStartedEventAttributes = codec('temporal.api.history.v1.NexusOperationStartedEventAttributes');

export const NexusOperationCompletedEventAttributes = codec('temporal.api.history.v1.NexusOperationCompletedEventAttributes');

export const NexusOperationFailedEventAttributes = codec('temporal.api.history.v1.NexusOperationFailedEventAttributes');

export const NexusOperationTimedOutEventAttributes = codec('temporal.api.history.v1.NexusOperationTimedOutEventAttributes');

export const NexusOperationCanceledEventAttributes = codec('temporal.api.history.v1.NexusOperationCanceledEventAttributes');

export const NexusOperationCancelRequestedEventAttributes = codec('temporal.api.history.v1.NexusOperationCancelRequestedEventAttributes');

export const NexusOperationCancelRequestCompletedEventAttributes = codec('temporal.api.history.v1.NexusOperationCancelRequestCompletedEventAttributes');

export const NexusOperationCancelRequestFailedEventAttributes = codec('temporal.api.history.v1.NexusOperationCancelRequestFailedEventAttributes');

export const HistoryEvent = codec('temporal.api.history.v1.HistoryEvent');

export const History = codec('temporal.api.history.v1.History');
