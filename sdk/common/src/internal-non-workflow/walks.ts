import { coresdk, temporal } from '@perdure/proto';
import { type Walk, walkOf } from './payload-walk.ts';

// A walk for every message that a client or a worker sends or receives, and for the parts of the worker protocol. The names
// are given; those that would clash have the whole name of the message in them.

export const walkActivityExecutionResult: Walk<coresdk.activity_result.IActivityExecutionResult> = walkOf(
  coresdk.activity_result.ActivityExecutionResult,
);
export const walkActivityResolution: Walk<coresdk.activity_result.IActivityResolution> = walkOf(
  coresdk.activity_result.ActivityResolution,
);
export const walkCoresdkActivityResultCancellation: Walk<coresdk.activity_result.ICancellation> = walkOf(
  coresdk.activity_result.Cancellation,
);
export const walkCoresdkActivityResultFailure: Walk<coresdk.activity_result.IFailure> = walkOf(
  coresdk.activity_result.Failure,
);
export const walkCoresdkActivityResultSuccess: Walk<coresdk.activity_result.ISuccess> = walkOf(
  coresdk.activity_result.Success,
);
export const walkActivityTask: Walk<coresdk.activity_task.IActivityTask> = walkOf(coresdk.activity_task.ActivityTask);
export const walkStart: Walk<coresdk.activity_task.IStart> = walkOf(coresdk.activity_task.Start);
export const walkActivityHeartbeat: Walk<coresdk.IActivityHeartbeat> = walkOf(coresdk.ActivityHeartbeat);
export const walkActivityTaskCompletion: Walk<coresdk.IActivityTaskCompletion> = walkOf(coresdk.ActivityTaskCompletion);
export const walkCoresdkChildWorkflowCancellation: Walk<coresdk.child_workflow.ICancellation> = walkOf(
  coresdk.child_workflow.Cancellation,
);
export const walkChildWorkflowResult: Walk<coresdk.child_workflow.IChildWorkflowResult> = walkOf(
  coresdk.child_workflow.ChildWorkflowResult,
);
export const walkCoresdkChildWorkflowFailure: Walk<coresdk.child_workflow.IFailure> = walkOf(
  coresdk.child_workflow.Failure,
);
export const walkCoresdkChildWorkflowSuccess: Walk<coresdk.child_workflow.ISuccess> = walkOf(
  coresdk.child_workflow.Success,
);
export const walkNexusOperationResult: Walk<coresdk.nexus.INexusOperationResult> = walkOf(
  coresdk.nexus.NexusOperationResult,
);
export const walkNexusTask: Walk<coresdk.nexus.INexusTask> = walkOf(coresdk.nexus.NexusTask);
export const walkNexusTaskCompletion: Walk<coresdk.nexus.INexusTaskCompletion> = walkOf(
  coresdk.nexus.NexusTaskCompletion,
);
export const walkDoUpdate: Walk<coresdk.workflow_activation.IDoUpdate> = walkOf(coresdk.workflow_activation.DoUpdate);
export const walkInitializeWorkflow: Walk<coresdk.workflow_activation.IInitializeWorkflow> = walkOf(
  coresdk.workflow_activation.InitializeWorkflow,
);
export const walkQueryWorkflow: Walk<coresdk.workflow_activation.IQueryWorkflow> = walkOf(
  coresdk.workflow_activation.QueryWorkflow,
);
export const walkResolveActivity: Walk<coresdk.workflow_activation.IResolveActivity> = walkOf(
  coresdk.workflow_activation.ResolveActivity,
);
export const walkResolveChildWorkflowExecution: Walk<coresdk.workflow_activation.IResolveChildWorkflowExecution> =
  walkOf(coresdk.workflow_activation.ResolveChildWorkflowExecution);
export const walkResolveChildWorkflowExecutionStart: Walk<coresdk.workflow_activation.IResolveChildWorkflowExecutionStart> =
  walkOf(coresdk.workflow_activation.ResolveChildWorkflowExecutionStart);
export const walkResolveChildWorkflowExecutionStartCancelled: Walk<coresdk.workflow_activation.IResolveChildWorkflowExecutionStartCancelled> =
  walkOf(coresdk.workflow_activation.ResolveChildWorkflowExecutionStartCancelled);
export const walkResolveNexusOperation: Walk<coresdk.workflow_activation.IResolveNexusOperation> = walkOf(
  coresdk.workflow_activation.ResolveNexusOperation,
);
export const walkResolveNexusOperationStart: Walk<coresdk.workflow_activation.IResolveNexusOperationStart> = walkOf(
  coresdk.workflow_activation.ResolveNexusOperationStart,
);
export const walkResolveRequestCancelExternalWorkflow: Walk<coresdk.workflow_activation.IResolveRequestCancelExternalWorkflow> =
  walkOf(coresdk.workflow_activation.ResolveRequestCancelExternalWorkflow);
export const walkResolveSignalExternalWorkflow: Walk<coresdk.workflow_activation.IResolveSignalExternalWorkflow> =
  walkOf(coresdk.workflow_activation.ResolveSignalExternalWorkflow);
export const walkSignalWorkflow: Walk<coresdk.workflow_activation.ISignalWorkflow> = walkOf(
  coresdk.workflow_activation.SignalWorkflow,
);
export const walkWorkflowActivation: Walk<coresdk.workflow_activation.IWorkflowActivation> = walkOf(
  coresdk.workflow_activation.WorkflowActivation,
);
export const walkWorkflowActivationJob: Walk<coresdk.workflow_activation.IWorkflowActivationJob> = walkOf(
  coresdk.workflow_activation.WorkflowActivationJob,
);
export const walkCancelWorkflowExecution: Walk<coresdk.workflow_commands.ICancelWorkflowExecution> = walkOf(
  coresdk.workflow_commands.CancelWorkflowExecution,
);
export const walkCompleteWorkflowExecution: Walk<coresdk.workflow_commands.ICompleteWorkflowExecution> = walkOf(
  coresdk.workflow_commands.CompleteWorkflowExecution,
);
export const walkContinueAsNewWorkflowExecution: Walk<coresdk.workflow_commands.IContinueAsNewWorkflowExecution> =
  walkOf(coresdk.workflow_commands.ContinueAsNewWorkflowExecution);
export const walkFailWorkflowExecution: Walk<coresdk.workflow_commands.IFailWorkflowExecution> = walkOf(
  coresdk.workflow_commands.FailWorkflowExecution,
);
export const walkModifyWorkflowProperties: Walk<coresdk.workflow_commands.IModifyWorkflowProperties> = walkOf(
  coresdk.workflow_commands.ModifyWorkflowProperties,
);
export const walkQueryResult: Walk<coresdk.workflow_commands.IQueryResult> = walkOf(
  coresdk.workflow_commands.QueryResult,
);
export const walkQuerySuccess: Walk<coresdk.workflow_commands.IQuerySuccess> = walkOf(
  coresdk.workflow_commands.QuerySuccess,
);
export const walkScheduleActivity: Walk<coresdk.workflow_commands.IScheduleActivity> = walkOf(
  coresdk.workflow_commands.ScheduleActivity,
);
export const walkScheduleLocalActivity: Walk<coresdk.workflow_commands.IScheduleLocalActivity> = walkOf(
  coresdk.workflow_commands.ScheduleLocalActivity,
);
export const walkScheduleNexusOperation: Walk<coresdk.workflow_commands.IScheduleNexusOperation> = walkOf(
  coresdk.workflow_commands.ScheduleNexusOperation,
);
export const walkSignalExternalWorkflowExecution: Walk<coresdk.workflow_commands.ISignalExternalWorkflowExecution> =
  walkOf(coresdk.workflow_commands.SignalExternalWorkflowExecution);
export const walkStartChildWorkflowExecution: Walk<coresdk.workflow_commands.IStartChildWorkflowExecution> = walkOf(
  coresdk.workflow_commands.StartChildWorkflowExecution,
);
export const walkUpdateResponse: Walk<coresdk.workflow_commands.IUpdateResponse> = walkOf(
  coresdk.workflow_commands.UpdateResponse,
);
export const walkUpsertWorkflowSearchAttributes: Walk<coresdk.workflow_commands.IUpsertWorkflowSearchAttributes> =
  walkOf(coresdk.workflow_commands.UpsertWorkflowSearchAttributes);
export const walkWorkflowCommand: Walk<coresdk.workflow_commands.IWorkflowCommand> = walkOf(
  coresdk.workflow_commands.WorkflowCommand,
);
export const walkCoresdkWorkflowCompletionFailure: Walk<coresdk.workflow_completion.IFailure> = walkOf(
  coresdk.workflow_completion.Failure,
);
export const walkCoresdkWorkflowCompletionSuccess: Walk<coresdk.workflow_completion.ISuccess> = walkOf(
  coresdk.workflow_completion.Success,
);
export const walkWorkflowActivationCompletion: Walk<coresdk.workflow_completion.IWorkflowActivationCompletion> = walkOf(
  coresdk.workflow_completion.WorkflowActivationCompletion,
);
export const walkCountActivityExecutionsResponse: Walk<temporal.api.workflowservice.v1.ICountActivityExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.CountActivityExecutionsResponse);
export const walkTemporalApiWorkflowserviceV1CountActivityExecutionsResponseAggregationGroup: Walk<temporal.api.workflowservice.v1.CountActivityExecutionsResponse.IAggregationGroup> =
  walkOf(temporal.api.workflowservice.v1.CountActivityExecutionsResponse.AggregationGroup);
export const walkCountNexusOperationExecutionsResponse: Walk<temporal.api.workflowservice.v1.ICountNexusOperationExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.CountNexusOperationExecutionsResponse);
export const walkTemporalApiWorkflowserviceV1CountNexusOperationExecutionsResponseAggregationGroup: Walk<temporal.api.workflowservice.v1.CountNexusOperationExecutionsResponse.IAggregationGroup> =
  walkOf(temporal.api.workflowservice.v1.CountNexusOperationExecutionsResponse.AggregationGroup);
export const walkCountSchedulesResponse: Walk<temporal.api.workflowservice.v1.ICountSchedulesResponse> = walkOf(
  temporal.api.workflowservice.v1.CountSchedulesResponse,
);
export const walkTemporalApiWorkflowserviceV1CountSchedulesResponseAggregationGroup: Walk<temporal.api.workflowservice.v1.CountSchedulesResponse.IAggregationGroup> =
  walkOf(temporal.api.workflowservice.v1.CountSchedulesResponse.AggregationGroup);
export const walkCountWorkflowExecutionsResponse: Walk<temporal.api.workflowservice.v1.ICountWorkflowExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse);
export const walkTemporalApiWorkflowserviceV1CountWorkflowExecutionsResponseAggregationGroup: Walk<temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse.IAggregationGroup> =
  walkOf(temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse.AggregationGroup);
export const walkCreateScheduleRequest: Walk<temporal.api.workflowservice.v1.ICreateScheduleRequest> = walkOf(
  temporal.api.workflowservice.v1.CreateScheduleRequest,
);
export const walkCreateWorkerDeploymentVersionRequest: Walk<temporal.api.workflowservice.v1.ICreateWorkerDeploymentVersionRequest> =
  walkOf(temporal.api.workflowservice.v1.CreateWorkerDeploymentVersionRequest);
export const walkDescribeActivityExecutionResponse: Walk<temporal.api.workflowservice.v1.IDescribeActivityExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.DescribeActivityExecutionResponse);
export const walkDescribeDeploymentResponse: Walk<temporal.api.workflowservice.v1.IDescribeDeploymentResponse> = walkOf(
  temporal.api.workflowservice.v1.DescribeDeploymentResponse,
);
export const walkDescribeNexusOperationExecutionResponse: Walk<temporal.api.workflowservice.v1.IDescribeNexusOperationExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse);
export const walkDescribeScheduleResponse: Walk<temporal.api.workflowservice.v1.IDescribeScheduleResponse> = walkOf(
  temporal.api.workflowservice.v1.DescribeScheduleResponse,
);
export const walkDescribeWorkerDeploymentVersionResponse: Walk<temporal.api.workflowservice.v1.IDescribeWorkerDeploymentVersionResponse> =
  walkOf(temporal.api.workflowservice.v1.DescribeWorkerDeploymentVersionResponse);
export const walkDescribeWorkflowExecutionResponse: Walk<temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse);
export const walkExecuteMultiOperationRequest: Walk<temporal.api.workflowservice.v1.IExecuteMultiOperationRequest> =
  walkOf(temporal.api.workflowservice.v1.ExecuteMultiOperationRequest);
export const walkOperation: Walk<temporal.api.workflowservice.v1.ExecuteMultiOperationRequest.IOperation> = walkOf(
  temporal.api.workflowservice.v1.ExecuteMultiOperationRequest.Operation,
);
export const walkExecuteMultiOperationResponse: Walk<temporal.api.workflowservice.v1.IExecuteMultiOperationResponse> =
  walkOf(temporal.api.workflowservice.v1.ExecuteMultiOperationResponse);
export const walkResponse: Walk<temporal.api.workflowservice.v1.ExecuteMultiOperationResponse.IResponse> = walkOf(
  temporal.api.workflowservice.v1.ExecuteMultiOperationResponse.Response,
);
export const walkGetCurrentDeploymentResponse: Walk<temporal.api.workflowservice.v1.IGetCurrentDeploymentResponse> =
  walkOf(temporal.api.workflowservice.v1.GetCurrentDeploymentResponse);
export const walkGetDeploymentReachabilityResponse: Walk<temporal.api.workflowservice.v1.IGetDeploymentReachabilityResponse> =
  walkOf(temporal.api.workflowservice.v1.GetDeploymentReachabilityResponse);
export const walkGetWorkflowExecutionHistoryResponse: Walk<temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryResponse> =
  walkOf(temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse);
export const walkGetWorkflowExecutionHistoryReverseResponse: Walk<temporal.api.workflowservice.v1.IGetWorkflowExecutionHistoryReverseResponse> =
  walkOf(temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseResponse);
export const walkListActivityExecutionsResponse: Walk<temporal.api.workflowservice.v1.IListActivityExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ListActivityExecutionsResponse);
export const walkListArchivedWorkflowExecutionsResponse: Walk<temporal.api.workflowservice.v1.IListArchivedWorkflowExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ListArchivedWorkflowExecutionsResponse);
export const walkListClosedWorkflowExecutionsResponse: Walk<temporal.api.workflowservice.v1.IListClosedWorkflowExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsResponse);
export const walkListNexusOperationExecutionsResponse: Walk<temporal.api.workflowservice.v1.IListNexusOperationExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ListNexusOperationExecutionsResponse);
export const walkListOpenWorkflowExecutionsResponse: Walk<temporal.api.workflowservice.v1.IListOpenWorkflowExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsResponse);
export const walkListSchedulesResponse: Walk<temporal.api.workflowservice.v1.IListSchedulesResponse> = walkOf(
  temporal.api.workflowservice.v1.ListSchedulesResponse,
);
export const walkListWorkflowExecutionsResponse: Walk<temporal.api.workflowservice.v1.IListWorkflowExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse);
export const walkPollActivityExecutionResponse: Walk<temporal.api.workflowservice.v1.IPollActivityExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.PollActivityExecutionResponse);
export const walkPollActivityTaskQueueResponse: Walk<temporal.api.workflowservice.v1.IPollActivityTaskQueueResponse> =
  walkOf(temporal.api.workflowservice.v1.PollActivityTaskQueueResponse);
export const walkPollNexusOperationExecutionResponse: Walk<temporal.api.workflowservice.v1.IPollNexusOperationExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.PollNexusOperationExecutionResponse);
export const walkPollNexusTaskQueueResponse: Walk<temporal.api.workflowservice.v1.IPollNexusTaskQueueResponse> = walkOf(
  temporal.api.workflowservice.v1.PollNexusTaskQueueResponse,
);
export const walkPollWorkflowExecutionUpdateResponse: Walk<temporal.api.workflowservice.v1.IPollWorkflowExecutionUpdateResponse> =
  walkOf(temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateResponse);
export const walkPollWorkflowTaskQueueResponse: Walk<temporal.api.workflowservice.v1.IPollWorkflowTaskQueueResponse> =
  walkOf(temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse);
export const walkQueryWorkflowRequest: Walk<temporal.api.workflowservice.v1.IQueryWorkflowRequest> = walkOf(
  temporal.api.workflowservice.v1.QueryWorkflowRequest,
);
export const walkQueryWorkflowResponse: Walk<temporal.api.workflowservice.v1.IQueryWorkflowResponse> = walkOf(
  temporal.api.workflowservice.v1.QueryWorkflowResponse,
);
export const walkRecordActivityTaskHeartbeatByIdRequest: Walk<temporal.api.workflowservice.v1.IRecordActivityTaskHeartbeatByIdRequest> =
  walkOf(temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatByIdRequest);
export const walkRecordActivityTaskHeartbeatRequest: Walk<temporal.api.workflowservice.v1.IRecordActivityTaskHeartbeatRequest> =
  walkOf(temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest);
export const walkResetWorkflowExecutionRequest: Walk<temporal.api.workflowservice.v1.IResetWorkflowExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest);
export const walkRespondActivityTaskCanceledByIdRequest: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskCanceledByIdRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskCanceledByIdRequest);
export const walkRespondActivityTaskCanceledRequest: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskCanceledRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskCanceledRequest);
export const walkRespondActivityTaskCompletedByIdRequest: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskCompletedByIdRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest);
export const walkRespondActivityTaskCompletedRequest: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskCompletedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest);
export const walkRespondActivityTaskFailedByIdRequest: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskFailedByIdRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest);
export const walkRespondActivityTaskFailedByIdResponse: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskFailedByIdResponse> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdResponse);
export const walkRespondActivityTaskFailedRequest: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskFailedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest);
export const walkRespondActivityTaskFailedResponse: Walk<temporal.api.workflowservice.v1.IRespondActivityTaskFailedResponse> =
  walkOf(temporal.api.workflowservice.v1.RespondActivityTaskFailedResponse);
export const walkRespondNexusTaskCompletedRequest: Walk<temporal.api.workflowservice.v1.IRespondNexusTaskCompletedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondNexusTaskCompletedRequest);
export const walkRespondNexusTaskFailedRequest: Walk<temporal.api.workflowservice.v1.IRespondNexusTaskFailedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondNexusTaskFailedRequest);
export const walkRespondQueryTaskCompletedRequest: Walk<temporal.api.workflowservice.v1.IRespondQueryTaskCompletedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest);
export const walkRespondWorkflowTaskCompletedRequest: Walk<temporal.api.workflowservice.v1.IRespondWorkflowTaskCompletedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest);
export const walkRespondWorkflowTaskCompletedResponse: Walk<temporal.api.workflowservice.v1.IRespondWorkflowTaskCompletedResponse> =
  walkOf(temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse);
export const walkRespondWorkflowTaskFailedRequest: Walk<temporal.api.workflowservice.v1.IRespondWorkflowTaskFailedRequest> =
  walkOf(temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest);
export const walkScanWorkflowExecutionsResponse: Walk<temporal.api.workflowservice.v1.IScanWorkflowExecutionsResponse> =
  walkOf(temporal.api.workflowservice.v1.ScanWorkflowExecutionsResponse);
export const walkSetCurrentDeploymentRequest: Walk<temporal.api.workflowservice.v1.ISetCurrentDeploymentRequest> =
  walkOf(temporal.api.workflowservice.v1.SetCurrentDeploymentRequest);
export const walkSetCurrentDeploymentResponse: Walk<temporal.api.workflowservice.v1.ISetCurrentDeploymentResponse> =
  walkOf(temporal.api.workflowservice.v1.SetCurrentDeploymentResponse);
export const walkSignalWithStartWorkflowExecutionRequest: Walk<temporal.api.workflowservice.v1.ISignalWithStartWorkflowExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest);
export const walkSignalWorkflowExecutionRequest: Walk<temporal.api.workflowservice.v1.ISignalWorkflowExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest);
export const walkStartActivityExecutionRequest: Walk<temporal.api.workflowservice.v1.IStartActivityExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.StartActivityExecutionRequest);
export const walkStartBatchOperationRequest: Walk<temporal.api.workflowservice.v1.IStartBatchOperationRequest> = walkOf(
  temporal.api.workflowservice.v1.StartBatchOperationRequest,
);
export const walkStartNexusOperationExecutionRequest: Walk<temporal.api.workflowservice.v1.IStartNexusOperationExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.StartNexusOperationExecutionRequest);
export const walkStartWorkflowExecutionRequest: Walk<temporal.api.workflowservice.v1.IStartWorkflowExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.StartWorkflowExecutionRequest);
export const walkStartWorkflowExecutionResponse: Walk<temporal.api.workflowservice.v1.IStartWorkflowExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.StartWorkflowExecutionResponse);
export const walkTerminateWorkflowExecutionRequest: Walk<temporal.api.workflowservice.v1.ITerminateWorkflowExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest);
export const walkUpdateScheduleRequest: Walk<temporal.api.workflowservice.v1.IUpdateScheduleRequest> = walkOf(
  temporal.api.workflowservice.v1.UpdateScheduleRequest,
);
export const walkUpdateWorkerDeploymentVersionComputeConfigRequest: Walk<temporal.api.workflowservice.v1.IUpdateWorkerDeploymentVersionComputeConfigRequest> =
  walkOf(temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionComputeConfigRequest);
export const walkUpdateWorkerDeploymentVersionMetadataRequest: Walk<temporal.api.workflowservice.v1.IUpdateWorkerDeploymentVersionMetadataRequest> =
  walkOf(temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionMetadataRequest);
export const walkUpdateWorkerDeploymentVersionMetadataResponse: Walk<temporal.api.workflowservice.v1.IUpdateWorkerDeploymentVersionMetadataResponse> =
  walkOf(temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionMetadataResponse);
export const walkUpdateWorkflowExecutionRequest: Walk<temporal.api.workflowservice.v1.IUpdateWorkflowExecutionRequest> =
  walkOf(temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest);
export const walkUpdateWorkflowExecutionResponse: Walk<temporal.api.workflowservice.v1.IUpdateWorkflowExecutionResponse> =
  walkOf(temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse);
export const walkValidateWorkerDeploymentVersionComputeConfigRequest: Walk<temporal.api.workflowservice.v1.IValidateWorkerDeploymentVersionComputeConfigRequest> =
  walkOf(temporal.api.workflowservice.v1.ValidateWorkerDeploymentVersionComputeConfigRequest);
