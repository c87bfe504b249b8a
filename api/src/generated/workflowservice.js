// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const RegisterNamespaceRequest = codec('temporal.api.workflowservice.v1.RegisterNamespaceRequest');

export const RegisterNamespaceResponse = codec('temporal.api.workflowservice.v1.RegisterNamespaceResponse');

export const ListNamespacesRequest = codec('temporal.api.workflowservice.v1.ListNamespacesRequest');

export const ListNamespacesResponse = codec('temporal.api.workflowservice.v1.ListNamespacesResponse');

export const DescribeNamespaceRequest = codec('temporal.api.workflowservice.v1.DescribeNamespaceRequest');

export const DescribeNamespaceResponse = codec('temporal.api.workflowservice.v1.DescribeNamespaceResponse');

export const UpdateNamespaceRequest = codec('temporal.api.workflowservice.v1.UpdateNamespaceRequest');

export const UpdateNamespaceResponse = codec('temporal.api.workflowservice.v1.UpdateNamespaceResponse');

export const DeprecateNamespaceRequest = codec('temporal.api.workflowservice.v1.DeprecateNamespaceRequest');

export const DeprecateNamespaceResponse = codec('temporal.api.workflowservice.v1.DeprecateNamespaceResponse');

export const StartWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.StartWorkflowExecutionRequest');

export const StartWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.StartWorkflowExecutionResponse');

export const GetWorkflowExecutionHistoryRequest = codec('temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest');

export const GetWorkflowExecutionHistoryResponse = codec('temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse');

export const GetWorkflowExecutionHistoryReverseRequest = codec('temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest');

export const GetWorkflowExecutionHistoryReverseResponse = codec('temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseResponse');

export const PollWorkflowTaskQueueRequest = codec('temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest');

export const PollWorkflowTaskQueueResponse = codec('temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse');

export const RespondWorkflowTaskCompletedRequest = codec('temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest');

export const RespondWorkflowTaskCompletedRequest_Capabilities = codec('temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest.Capabilities');

export const RespondWorkflowTaskCompletedResponse = codec('temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse');

export const RespondWorkflowTaskFailedRequest = codec('temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest');

export const RespondWorkflowTaskFailedResponse = codec('temporal.api.workflowservice.v1.RespondWorkflowTaskFailedResponse');

export const PollActivityTaskQueueRequest = codec('temporal.api.workflowservice.v1.PollActivityTaskQueueRequest');

export const PollActivityTaskQueueResponse = codec('temporal.api.workflowservice.v1.PollActivityTaskQueueResponse');

export const RecordActivityTaskHeartbeatRequest = codec('temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatRequest');

export const RecordActivityTaskHeartbeatResponse = codec('temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatResponse');

export const RecordActivityTaskHeartbeatByIdRequest = codec('temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatByIdRequest');

export const RecordActivityTaskHeartbeatByIdResponse = codec('temporal.api.workflowservice.v1.RecordActivityTaskHeartbeatByIdResponse');

export const RespondActivityTaskCompletedRequest = codec('temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest');

export const RespondActivityTaskCompletedResponse = codec('temporal.api.workflowservice.v1.RespondActivityTaskCompletedResponse');

export const RespondActivityTaskCompletedByIdRequest = codec('temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdRequest');

export const RespondActivityTaskCompletedByIdResponse = codec('temporal.api.workflowservice.v1.RespondActivityTaskCompletedByIdResponse');

export const RespondActivityTaskFailedRequest = codec('temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest');

export const RespondActivityTaskFailedResponse = codec('temporal.api.workflowservice.v1.RespondActivityTaskFailedResponse');

export const RespondActivityTaskFailedByIdRequest = codec('temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest');

export const RespondActivityTaskFailedByIdResponse = codec('temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdResponse');

export const RespondActivityTaskCanceledRequest = codec('temporal.api.workflowservice.v1.RespondActivityTaskCanceledRequest');

export const RespondActivityTaskCanceledResponse = codec('temporal.api.workflowservice.v1.RespondActivityTaskCanceledResponse');

export const RespondActivityTaskCanceledByIdRequest = codec('temporal.api.workflowservice.v1.RespondActivityTaskCanceledByIdRequest');

export const RespondActivityTaskCanceledByIdResponse = codec('temporal.api.workflowservice.v1.RespondActivityTaskCanceledByIdResponse');

export const RequestCancelWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionRequest');

export const RequestCancelWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.RequestCancelWorkflowExecutionResponse');

export const SignalWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest');

export const SignalWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.SignalWorkflowExecutionResponse');

export const SignalWithStartWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionRequest');

export const SignalWithStartWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.SignalWithStartWorkflowExecutionResponse');

export const ResetWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest');

export const ResetWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.ResetWorkflowExecutionResponse');

export const TerminateWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest');

export const TerminateWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse');

export const DeleteWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest');

export const DeleteWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.DeleteWorkflowExecutionResponse');

export const ListOpenWorkflowExecutionsRequest = codec('temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsRequest');

export const ListOpenWorkflowExecutionsResponse = codec('temporal.api.workflowservice.v1.ListOpenWorkflowExecutionsResponse');

export const ListClosedWorkflowExecutionsRequest = codec('temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsRequest');

export const ListClosedWorkflowExecutionsResponse = codec('temporal.api.workflowservice.v1.ListClosedWorkflowExecutionsResponse');

export const ListWorkflowExecutionsRequest = codec('temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest');

export const ListWorkflowExecutionsResponse = codec('temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse');

export const ListArchivedWorkflowExecutionsRequest = codec('temporal.api.workflowservice.v1.ListArchivedWorkflowExecutionsRequest');

export const ListArchivedWorkflowExecutionsResponse = codec('temporal.api.workflowservice.v1.ListArchivedWorkflowExecutionsResponse');

export const ScanWorkflowExecutionsRequest = codec('temporal.api.workflowservice.v1.ScanWorkflowExecutionsRequest');

export const ScanWorkflowExecutionsResponse = codec('temporal.api.workflowservice.v1.ScanWorkflowExecutionsResponse');

export const CountWorkflowExecutionsRequest = codec('temporal.api.workflowservice.v1.CountWorkflowExecutionsRequest');

export const CountWorkflowExecutionsResponse = codec('temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse');

export const CountWorkflowExecutionsResponse_AggregationGroup = codec('temporal.api.workflowservice.v1.CountWorkflowExecutionsResponse.AggregationGroup');

export const GetSearchAttributesRequest = codec('temporal.api.workflowservice.v1.GetSearchAttributesRequest');

export const GetSearchAttributesResponse = codec('temporal.api.workflowservice.v1.GetSearchAttributesResponse');

export const RespondQueryTaskCompletedRequest = codec('temporal.api.workflowservice.v1.RespondQueryTaskCompletedRequest');

export const RespondQueryTaskCompletedResponse = codec('temporal.api.workflowservice.v1.RespondQueryTaskCompletedResponse');

export const ResetStickyTaskQueueRequest = codec('temporal.api.workflowservice.v1.ResetStickyTaskQueueRequest');

export const ResetStickyTaskQueueResponse = codec('temporal.api.workflowservice.v1.ResetStickyTaskQueueResponse');

export const ShutdownWorkerRequest = codec('temporal.api.workflowservice.v1.ShutdownWorkerRequest');

export const ShutdownWorkerResponse = codec('temporal.api.workflowservice.v1.ShutdownWorkerResponse');

export const QueryWorkflowRequest = codec('temporal.api.workflowservice.v1.QueryWorkflowRequest');

export const QueryWorkflowResponse = codec('temporal.api.workflowservice.v1.QueryWorkflowResponse');

export const DescribeWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest');

export const DescribeWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse');

export const DescribeTaskQueueRequest = codec('temporal.api.workflowservice.v1.DescribeTaskQueueRequest');

export const DescribeTaskQueueResponse = codec('temporal.api.workflowservice.v1.DescribeTaskQueueResponse');

export const DescribeTaskQueueResponse_EffectiveRateLimit = codec('temporal.api.workflowservice.v1.DescribeTaskQueueResponse.EffectiveRateLimit');

export const GetClusterInfoRequest = codec('temporal.api.workflowservice.v1.GetClusterInfoRequest');

export const GetClusterInfoResponse = codec('temporal.api.workflowservice.v1.GetClusterInfoResponse');

export const GetSystemInfoRequest = codec('temporal.api.workflowservice.v1.GetSystemInfoRequest');

export const GetSystemInfoResponse = codec('temporal.api.workflowservice.v1.GetSystemInfoResponse');

export const GetSystemInfoResponse_Capabilities = codec('temporal.api.workflowservice.v1.GetSystemInfoResponse.Capabilities');

export const ListTaskQueuePartitionsRequest = codec('temporal.api.workflowservice.v1.ListTaskQueuePartitionsRequest');

export const ListTaskQueuePartitionsResponse = codec('temporal.api.workflowservice.v1.ListTaskQueuePartitionsResponse');

export const CreateScheduleRequest = codec('temporal.api.workflowservice.v1.CreateScheduleRequest');

export const CreateScheduleResponse = codec('temporal.api.workflowservice.v1.CreateScheduleResponse');

export const DescribeScheduleRequest = codec('temporal.api.workflowservice.v1.DescribeScheduleRequest');

export const DescribeScheduleResponse = codec('temporal.api.workflowservice.v1.DescribeScheduleResponse');

export const UpdateScheduleRequest = codec('temporal.api.workflowservice.v1.UpdateScheduleRequest');

export const UpdateScheduleResponse = codec('temporal.api.workflowservice.v1.UpdateScheduleResponse');

export const PatchScheduleRequest = codec('temporal.api.workflowservice.v1.PatchScheduleRequest');

export const PatchScheduleResponse = codec('temporal.api.workflowservice.v1.PatchScheduleResponse');

export const ListScheduleMatchingTimesRequest = codec('temporal.api.workflowservice.v1.ListScheduleMatchingTimesRequest');

export const ListScheduleMatchingTimesResponse = codec('temporal.api.workflowservice.v1.ListScheduleMatchingTimesResponse');

export const DeleteScheduleRequest = codec('temporal.api.workflowservice.v1.DeleteScheduleRequest');

export const DeleteScheduleResponse = codec('temporal.api.workflowservice.v1.DeleteScheduleResponse');

export const ListSchedulesRequest = codec('temporal.api.workflowservice.v1.ListSchedulesRequest');

export const ListSchedulesResponse = codec('temporal.api.workflowservice.v1.ListSchedulesResponse');

export const CountSchedulesRequest = codec('temporal.api.workflowservice.v1.CountSchedulesRequest');

export const CountSchedulesResponse = codec('temporal.api.workflowservice.v1.CountSchedulesResponse');

export const CountSchedulesResponse_AggregationGroup = codec('temporal.api.workflowservice.v1.CountSchedulesResponse.AggregationGroup');

export const UpdateWorkerBuildIdCompatibilityRequest = codec('temporal.api.workflowservice.v1.UpdateWorkerBuildIdCompatibilityRequest');

export const UpdateWorkerBuildIdCompatibilityRequest_AddNewCompatibleVersion = codec('temporal.api.workflowservice.v1.UpdateWorkerBuildIdCompatibilityRequest.AddNewCompatibleVersion');

export const UpdateWorkerBuildIdCompatibilityRequest_MergeSets = codec('temporal.api.workflowservice.v1.UpdateWorkerBuildIdCompatibilityRequest.MergeSets');

export const UpdateWorkerBuildIdCompatibilityResponse = codec('temporal.api.workflowservice.v1.UpdateWorkerBuildIdCompatibilityResponse');

export const GetWorkerBuildIdCompatibilityRequest = codec('temporal.api.workflowservice.v1.GetWorkerBuildIdCompatibilityRequest');

export const GetWorkerBuildIdCompatibilityResponse = codec('temporal.api.workflowservice.v1.GetWorkerBuildIdCompatibilityResponse');

export const UpdateWorkerVersioningRulesRequest = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest');

export const UpdateWorkerVersioningRulesRequest_InsertBuildIdAssignmentRule = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.InsertBuildIdAssignmentRule');

export const UpdateWorkerVersioningRulesRequest_ReplaceBuildIdAssignmentRule = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.ReplaceBuildIdAssignmentRule');

export const UpdateWorkerVersioningRulesRequest_DeleteBuildIdAssignmentRule = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.DeleteBuildIdAssignmentRule');

export const UpdateWorkerVersioningRulesRequest_AddCompatibleBuildIdRedirectRule = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.AddCompatibleBuildIdRedirectRule');

export const UpdateWorkerVersioningRulesRequest_ReplaceCompatibleBuildIdRedirectRule = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.ReplaceCompatibleBuildIdRedirectRule');

export const UpdateWorkerVersioningRulesRequest_DeleteCompatibleBuildIdRedirectRule = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.DeleteCompatibleBuildIdRedirectRule');

export const UpdateWorkerVersioningRulesRequest_CommitBuildId = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesRequest.CommitBuildId');

export const UpdateWorkerVersioningRulesResponse = codec('temporal.api.workflowservice.v1.UpdateWorkerVersioningRulesResponse');

export const GetWorkerVersioningRulesRequest = codec('temporal.api.workflowservice.v1.GetWorkerVersioningRulesRequest');

export const GetWorkerVersioningRulesResponse = codec('temporal.api.workflowservice.v1.GetWorkerVersioningRulesResponse');

export const GetWorkerTaskReachabilityRequest = codec('temporal.api.workflowservice.v1.GetWorkerTaskReachabilityRequest');

export const GetWorkerTaskReachabilityResponse = codec('temporal.api.workflowservice.v1.GetWorkerTaskReachabilityResponse');

export const UpdateWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest');

export const UpdateWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse');

export const StartBatchOperationRequest = codec('temporal.api.workflowservice.v1.StartBatchOperationRequest');

export const StartBatchOperationResponse = codec('temporal.api.workflowservice.v1.StartBatchOperationResponse');

export const StopBatchOperationRequest = codec('temporal.api.workflowservice.v1.StopBatchOperationRequest');

export const StopBatchOperationResponse = codec('temporal.api.workflowservice.v1.StopBatchOperationResponse');

export const DescribeBatchOperationRequest = codec('temporal.api.workflowservice.v1.DescribeBatchOperationRequest');

export const DescribeBatchOperationResponse = codec('temporal.api.workflowservice.v1.DescribeBatchOperationResponse');

export const ListBatchOperationsRequest = codec('temporal.api.workflowservice.v1.ListBatchOperationsRequest');

export const ListBatchOperationsResponse = codec('temporal.api.workflowservice.v1.ListBatchOperationsResponse');

export const PollWorkflowExecutionUpdateRequest = codec('temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateRequest');

export const PollWorkflowExecutionUpdateResponse = codec('temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateResponse');

export const PollNexusTaskQueueRequest = codec('temporal.api.workflowservice.v1.PollNexusTaskQueueRequest');

export const PollNexusTaskQueueResponse = codec('temporal.api.workflowservice.v1.PollNexusTaskQueueResponse');

export const RespondNexusTaskCompletedRequest = codec('temporal.api.workflowservice.v1.RespondNexusTaskCompletedRequest');

export const RespondNexusTaskCompletedResponse = codec('temporal.api.workflowservice.v1.RespondNexusTaskCompletedResponse');

export const RespondNexusTaskFailedRequest = codec('temporal.api.workflowservice.v1.RespondNexusTaskFailedRequest');

export const RespondNexusTaskFailedResponse = codec('temporal.api.workflowservice.v1.RespondNexusTaskFailedResponse');

export const ExecuteMultiOperationRequest = codec('temporal.api.workflowservice.v1.ExecuteMultiOperationRequest');

export const ExecuteMultiOperationRequest_Operation = codec('temporal.api.workflowservice.v1.ExecuteMultiOperationRequest.Operation');

export const ExecuteMultiOperationResponse = codec('temporal.api.workflowservice.v1.ExecuteMultiOperationResponse');

export const ExecuteMultiOperationResponse_Response = codec('temporal.api.workflowservice.v1.ExecuteMultiOperationResponse.Response');

export const UpdateActivityOptionsRequest = codec('temporal.api.workflowservice.v1.UpdateActivityOptionsRequest');

export const UpdateActivityExecutionOptionsRequest = codec('temporal.api.workflowservice.v1.UpdateActivityExecutionOptionsRequest');

export const UpdateActivityOptionsResponse = codec('temporal.api.workflowservice.v1.UpdateActivityOptionsResponse');

export const UpdateActivityExecutionOptionsResponse = codec('temporal.api.workflowservice.v1.UpdateActivityExecutionOptionsResponse');

export const PauseActivityRequest = codec('temporal.api.workflowservice.v1.PauseActivityRequest');

export const PauseActivityExecutionRequest = codec('temporal.api.workflowservice.v1.PauseActivityExecutionRequest');

export const PauseActivityResponse = codec('temporal.api.workflowservice.v1.PauseActivityResponse');

export const PauseActivityExecutionResponse = codec('temporal.api.workflowservice.v1.PauseActivityExecutionResponse');

export const UnpauseActivityRequest = codec('temporal.api.workflowservice.v1.UnpauseActivityRequest');

export const UnpauseActivityExecutionRequest = codec('temporal.api.workflowservice.v1.UnpauseActivityExecutionRequest');

export const UnpauseActivityResponse = codec('temporal.api.workflowservice.v1.UnpauseActivityResponse');

export const UnpauseActivityExecutionResponse = codec('temporal.api.workflowservice.v1.UnpauseActivityExecutionResponse');

export const ResetActivityRequest = codec('temporal.api.workflowservice.v1.ResetActivityRequest');

export const ResetActivityExecutionRequest = codec('temporal.api.workflowservice.v1.ResetActivityExecutionRequest');

export const ResetActivityResponse = codec('temporal.api.workflowservice.v1.ResetActivityResponse');

export const ResetActivityExecutionResponse = codec('temporal.api.workflowservice.v1.ResetActivityExecutionResponse');

export const UpdateWorkflowExecutionOptionsRequest = codec('temporal.api.workflowservice.v1.UpdateWorkflowExecutionOptionsRequest');

export const UpdateWorkflowExecutionOptionsResponse = codec('temporal.api.workflowservice.v1.UpdateWorkflowExecutionOptionsResponse');

export const DescribeDeploymentRequest = codec('temporal.api.workflowservice.v1.DescribeDeploymentRequest');

export const DescribeDeploymentResponse = codec('temporal.api.workflowservice.v1.DescribeDeploymentResponse');

export const DescribeWorkerDeploymentVersionRequest = codec('temporal.api.workflowservice.v1.DescribeWorkerDeploymentVersionRequest');

export const DescribeWorkerDeploymentVersionResponse = codec('temporal.api.workflowservice.v1.DescribeWorkerDeploymentVersionResponse');

export const DescribeWorkerDeploymentVersionResponse_VersionTaskQueue = codec('temporal.api.workflowservice.v1.DescribeWorkerDeploymentVersionResponse.VersionTaskQueue');

export const DescribeWorkerDeploymentRequest = codec('temporal.api.workflowservice.v1.DescribeWorkerDeploymentRequest');

export const DescribeWorkerDeploymentResponse = codec('temporal.api.workflowservice.v1.DescribeWorkerDeploymentResponse');

export const ListDeploymentsRequest = codec('temporal.api.workflowservice.v1.ListDeploymentsRequest');

export const ListDeploymentsResponse = codec('temporal.api.workflowservice.v1.ListDeploymentsResponse');

export const SetCurrentDeploymentRequest = codec('temporal.api.workflowservice.v1.SetCurrentDeploymentRequest');

export const SetCurrentDeploymentResponse = codec('temporal.api.workflowservice.v1.SetCurrentDeploymentResponse');

export const SetWorkerDeploymentCurrentVersionRequest = codec('temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest');

export const SetWorkerDeploymentCurrentVersionResponse = codec('temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionResponse');

export const SetWorkerDeploymentRampingVersionRequest = codec('temporal.api.workflowservice.v1.SetWorkerDeploymentRampingVersionRequest');

export const SetWorkerDeploymentRampingVersionResponse = codec('temporal.api.workflowservice.v1.SetWorkerDeploymentRampingVersionResponse');

export const CreateWorkerDeploymentRequest = codec('temporal.api.workflowservice.v1.CreateWorkerDeploymentRequest');

export const CreateWorkerDeploymentResponse = codec('temporal.api.workflowservice.v1.CreateWorkerDeploymentResponse');

export const ListWorkerDeploymentsRequest = codec('temporal.api.workflowservice.v1.ListWorkerDeploymentsRequest');

export const ListWorkerDeploymentsResponse = codec('temporal.api.workflowservice.v1.ListWorkerDeploymentsResponse');

export const ListWorkerDeploymentsResponse_WorkerDeploymentSummary = codec('temporal.api.workflowservice.v1.ListWorkerDeploymentsResponse.WorkerDeploymentSummary');

export const CreateWorkerDeploymentVersionRequest = codec('temporal.api.workflowservice.v1.CreateWorkerDeploymentVersionRequest');

export const CreateWorkerDeploymentVersionResponse = codec('temporal.api.workflowservice.v1.CreateWorkerDeploymentVersionResponse');

export const DeleteWorkerDeploymentVersionRequest = codec('temporal.api.workflowservice.v1.DeleteWorkerDeploymentVersionRequest');

export const DeleteWorkerDeploymentVersionResponse = codec('temporal.api.workflowservice.v1.DeleteWorkerDeploymentVersionResponse');

export const DeleteWorkerDeploymentRequest = codec('temporal.api.workflowservice.v1.DeleteWorkerDeploymentRequest');

export const DeleteWorkerDeploymentResponse = codec('temporal.api.workflowservice.v1.DeleteWorkerDeploymentResponse');

export const UpdateWorkerDeploymentVersionComputeConfigRequest = codec('temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionComputeConfigRequest');

export const UpdateWorkerDeploymentVersionComputeConfigResponse = codec('temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionComputeConfigResponse');

export const ValidateWorkerDeploymentVersionComputeConfigRequest = codec('temporal.api.workflowservice.v1.ValidateWorkerDeploymentVersionComputeConfigRequest');

export const ValidateWorkerDeploymentVersionComputeConfigResponse = codec('temporal.api.workflowservice.v1.ValidateWorkerDeploymentVersionComputeConfigResponse');

export const UpdateWorkerDeploymentVersionMetadataRequest = codec('temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionMetadataRequest');

export const UpdateWorkerDeploymentVersionMetadataResponse = codec('temporal.api.workflowservice.v1.UpdateWorkerDeploymentVersionMetadataResponse');

export const SetWorkerDeploymentManagerRequest = codec('temporal.api.workflowservice.v1.SetWorkerDeploymentManagerRequest');

export const SetWorkerDeploymentManagerResponse = codec('temporal.api.workflowservice.v1.SetWorkerDeploymentManagerResponse');

export const GetCurrentDeploymentRequest = codec('temporal.api.workflowservice.v1.GetCurrentDeploymentRequest');

export const GetCurrentDeploymentResponse = codec('temporal.api.workflowservice.v1.GetCurrentDeploymentResponse');

export const GetDeploymentReachabilityRequest = codec('temporal.api.workflowservice.v1.GetDeploymentReachabilityRequest');

export const GetDeploymentReachabilityResponse = codec('temporal.api.workflowservice.v1.GetDeploymentReachabilityResponse');

export const CreateWorkflowRuleRequest = codec('temporal.api.workflowservice.v1.CreateWorkflowRuleRequest');

export const CreateWorkflowRuleResponse = codec('temporal.api.workflowservice.v1.CreateWorkflowRuleResponse');

export const DescribeWorkflowRuleRequest = codec('temporal.api.workflowservice.v1.DescribeWorkflowRuleRequest');

export const DescribeWorkflowRuleResponse = codec('temporal.api.workflowservice.v1.DescribeWorkflowRuleResponse');

export const DeleteWorkflowRuleRequest = codec('temporal.api.workflowservice.v1.DeleteWorkflowRuleRequest');

export const DeleteWorkflowRuleResponse = codec('temporal.api.workflowservice.v1.DeleteWorkflowRuleResponse');

export const ListWorkflowRulesRequest = codec('temporal.api.workflowservice.v1.ListWorkflowRulesRequest');

export const ListWorkflowRulesResponse = codec('temporal.api.workflowservice.v1.ListWorkflowRulesResponse');

export const TriggerWorkflowRuleRequest = codec('temporal.api.workflowservice.v1.TriggerWorkflowRuleRequest');

export const TriggerWorkflowRuleResponse = codec('temporal.api.workflowservice.v1.TriggerWorkflowRuleResponse');

export const RecordWorkerHeartbeatRequest = codec('temporal.api.workflowservice.v1.RecordWorkerHeartbeatRequest');

export const RecordWorkerHeartbeatResponse = codec('temporal.api.workflowservice.v1.RecordWorkerHeartbeatResponse');

export const ListWorkersRequest = codec('temporal.api.workflowservice.v1.ListWorkersRequest');

export const ListWorkersResponse = codec('temporal.api.workflowservice.v1.ListWorkersResponse');

export const UpdateTaskQueueConfigRequest = codec('temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest');

export const UpdateTaskQueueConfigRequest_RateLimitUpdate = codec('temporal.api.workflowservice.v1.UpdateTaskQueueConfigRequest.RateLimitUpdate');

export const UpdateTaskQueueConfigResponse = codec('temporal.api.workflowservice.v1.UpdateTaskQueueConfigResponse');

export const FetchWorkerConfigRequest = codec('temporal.api.workflowservice.v1.FetchWorkerConfigRequest');

export const FetchWorkerConfigResponse = codec('temporal.api.workflowservice.v1.FetchWorkerConfigResponse');

export const UpdateWorkerConfigRequest = codec('temporal.api.workflowservice.v1.UpdateWorkerConfigRequest');

export const UpdateWorkerConfigResponse = codec('temporal.api.workflowservice.v1.UpdateWorkerConfigResponse');

export const DescribeWorkerRequest = codec('temporal.api.workflowservice.v1.DescribeWorkerRequest');

export const DescribeWorkerResponse = codec('temporal.api.workflowservice.v1.DescribeWorkerResponse');

export const CountWorkersRequest = codec('temporal.api.workflowservice.v1.CountWorkersRequest');

export const CountWorkersResponse = codec('temporal.api.workflowservice.v1.CountWorkersResponse');

export const PauseWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.PauseWorkflowExecutionRequest');

export const PauseWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.PauseWorkflowExecutionResponse');

export const UnpauseWorkflowExecutionRequest = codec('temporal.api.workflowservice.v1.UnpauseWorkflowExecutionRequest');

export const UnpauseWorkflowExecutionResponse = codec('temporal.api.workflowservice.v1.UnpauseWorkflowExecutionResponse');

export const StartActivityExecutionRequest = codec('temporal.api.workflowservice.v1.StartActivityExecutionRequest');

export const StartActivityExecutionResponse = codec('temporal.api.workflowservice.v1.StartActivityExecutionResponse');

export const DescribeActivityExecutionRequest = codec('temporal.api.workflowservice.v1.DescribeActivityExecutionRequest');

export const DescribeActivityExecutionResponse = codec('temporal.api.workflowservice.v1.DescribeActivityExecutionResponse');

export const PollActivityExecutionRequest = codec('temporal.api.workflowservice.v1.PollActivityExecutionRequest');

export const PollActivityExecutionResponse = codec('temporal.api.workflowservice.v1.PollActivityExecutionResponse');

export const ListActivityExecutionsRequest = codec('temporal.api.workflowservice.v1.ListActivityExecutionsRequest');

export const ListActivityExecutionsResponse = codec('temporal.api.workflowservice.v1.ListActivityExecutionsResponse');

export const StartNexusOperationExecutionRequest = codec('temporal.api.workflowservice.v1.StartNexusOperationExecutionRequest');

export const StartNexusOperationExecutionResponse = codec('temporal.api.workflowservice.v1.StartNexusOperationExecutionResponse');

export const DescribeNexusOperationExecutionRequest = codec('temporal.api.workflowservice.v1.DescribeNexusOperationExecutionRequest');

export const DescribeNexusOperationExecutionResponse = codec('temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse');

export const PollNexusOperationExecutionRequest = codec('temporal.api.workflowservice.v1.PollNexusOperationExecutionRequest');

export const PollNexusOperationExecutionResponse = codec('temporal.api.workflowservice.v1.PollNexusOperationExecutionResponse');

export const ListNexusOperationExecutionsRequest = codec('temporal.api.workflowservice.v1.ListNexusOperationExecutionsRequest');

export const ListNexusOperationExecutionsResponse = codec('temporal.api.workflowservice.v1.ListNexusOperationExecutionsResponse');

export const CountActivityExecutionsRequest = codec('temporal.api.workflowservice.v1.CountActivityExecutionsRequest');

export const CountActivityExecutionsResponse = codec('temporal.api.workflowservice.v1.CountActivityExecutionsResponse');

export const CountActivityExecutionsResponse_AggregationGroup = codec('temporal.api.workflowservice.v1.CountActivityExecutionsResponse.AggregationGroup');

export const CountNexusOperationExecutionsRequest = codec('temporal.api.workflowservice.v1.CountNexusOperationExecutionsRequest');

export const CountNexusOperationExecutionsResponse = codec('temporal.api.workflowservice.v1.CountNexusOperationExecutionsResponse');

export const CountNexusOperationExecutionsResponse_AggregationGroup = codec('temporal.api.workflowservice.v1.CountNexusOperationExecutionsResponse.AggregationGroup');

export const RequestCancelActivityExecutionRequest = codec('temporal.api.workflowservice.v1.RequestCancelActivityExecutionRequest');

export const RequestCancelActivityExecutionResponse = codec('temporal.api.workflowservice.v1.RequestCancelActivityExecutionResponse');

export const TerminateActivityExecutionRequest = codec('temporal.api.workflowservice.v1.TerminateActivityExecutionRequest');

export const TerminateActivityExecutionResponse = codec('temporal.api.workflowservice.v1.TerminateActivityExecutionResponse');

export const DeleteActivityExecutionRequest = codec('temporal.api.workflowservice.v1.DeleteActivityExecutionRequest');

export const DeleteActivityExecutionResponse = codec('temporal.api.workflowservice.v1.DeleteActivityExecutionResponse');

export const RequestCancelNexusOperationExecutionRequest = codec('temporal.api.workflowservice.v1.RequestCancelNexusOperationExecutionRequest');

export const RequestCancelNexusOperationExecutionResponse = codec('temporal.api.workflowservice.v1.RequestCancelNexusOperationExecutionResponse');

export const TerminateNexusOperationExecutionRequest = codec('temporal.api.workflowservice.v1.TerminateNexusOperationExecutionRequest');

export const TerminateNexusOperationExecutionResponse = codec('temporal.api.workflowservice.v1.TerminateNexusOperationExecutionResponse');

export const DeleteNexusOperationExecutionRequest = codec('temporal.api.workflowservice.v1.DeleteNexusOperationExecutionRequest');

export const DeleteNexusOperationExecutionResponse = codec('temporal.api.workflowservice.v1.DeleteNexusOperationExecutionResponse');

export const PollWorkflowExecutionTimeSkippingRequest = codec('temporal.api.workflowservice.v1.PollWorkflowExecutionTimeSkippingRequest');

export const PollWorkflowExecutionTimeSkippingResponse = codec('temporal.api.workflowservice.v1.PollWorkflowExecutionTimeSkippingResponse');

export const WorkflowService = {
  name: 'temporal.api.workflowservice.v1.WorkflowService',
  methods: {
    RegisterNamespace: {
      name: 'RegisterNamespace',
      request: RegisterNamespaceRequest,
      response: RegisterNamespaceResponse,
      http: [
        { method: 'POST', path: '/cluster/namespaces', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces', body: '*' },
      ],
    },
    DescribeNamespace: {
      name: 'DescribeNamespace',
      request: DescribeNamespaceRequest,
      response: DescribeNamespaceResponse,
      http: [
        { method: 'GET', path: '/cluster/namespaces/{namespace}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}' },
      ],
    },
    ListNamespaces: {
      name: 'ListNamespaces',
      request: ListNamespacesRequest,
      response: ListNamespacesResponse,
      http: [
        { method: 'GET', path: '/cluster/namespaces' },
        { method: 'GET', path: '/api/v1/namespaces' },
      ],
    },
    UpdateNamespace: {
      name: 'UpdateNamespace',
      request: UpdateNamespaceRequest,
      response: UpdateNamespaceResponse,
      http: [
        { method: 'POST', path: '/cluster/namespaces/{namespace}/update', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/update', body: '*' },
      ],
    },
    DeprecateNamespace: {
      name: 'DeprecateNamespace',
      request: DeprecateNamespaceRequest,
      response: DeprecateNamespaceResponse,
      http: [],
    },
    StartWorkflowExecution: {
      name: 'StartWorkflowExecution',
      request: StartWorkflowExecutionRequest,
      response: StartWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}', body: '*' },
      ],
    },
    ExecuteMultiOperation: {
      name: 'ExecuteMultiOperation',
      request: ExecuteMultiOperationRequest,
      response: ExecuteMultiOperationResponse,
      http: [],
    },
    GetWorkflowExecutionHistory: {
      name: 'GetWorkflowExecutionHistory',
      request: GetWorkflowExecutionHistoryRequest,
      response: GetWorkflowExecutionHistoryResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflows/{execution.workflowId}/history' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflows/{execution.workflowId}/history' },
      ],
    },
    GetWorkflowExecutionHistoryReverse: {
      name: 'GetWorkflowExecutionHistoryReverse',
      request: GetWorkflowExecutionHistoryReverseRequest,
      response: GetWorkflowExecutionHistoryReverseResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflows/{execution.workflowId}/history-reverse' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflows/{execution.workflowId}/history-reverse' },
      ],
    },
    PollWorkflowTaskQueue: {
      name: 'PollWorkflowTaskQueue',
      request: PollWorkflowTaskQueueRequest,
      response: PollWorkflowTaskQueueResponse,
      http: [],
    },
    RespondWorkflowTaskCompleted: {
      name: 'RespondWorkflowTaskCompleted',
      request: RespondWorkflowTaskCompletedRequest,
      response: RespondWorkflowTaskCompletedResponse,
      http: [],
    },
    RespondWorkflowTaskFailed: {
      name: 'RespondWorkflowTaskFailed',
      request: RespondWorkflowTaskFailedRequest,
      response: RespondWorkflowTaskFailedResponse,
      http: [],
    },
    PollActivityTaskQueue: {
      name: 'PollActivityTaskQueue',
      request: PollActivityTaskQueueRequest,
      response: PollActivityTaskQueueResponse,
      http: [],
    },
    RecordActivityTaskHeartbeat: {
      name: 'RecordActivityTaskHeartbeat',
      request: RecordActivityTaskHeartbeatRequest,
      response: RecordActivityTaskHeartbeatResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activity-heartbeat', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activity-heartbeat', body: '*' },
      ],
    },
    RecordActivityTaskHeartbeatById: {
      name: 'RecordActivityTaskHeartbeatById',
      request: RecordActivityTaskHeartbeatByIdRequest,
      response: RecordActivityTaskHeartbeatByIdResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/heartbeat', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/heartbeat', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/heartbeat', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/heartbeat', body: '*' },
      ],
    },
    RespondActivityTaskCompleted: {
      name: 'RespondActivityTaskCompleted',
      request: RespondActivityTaskCompletedRequest,
      response: RespondActivityTaskCompletedResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activity-complete', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activity-complete', body: '*' },
      ],
    },
    RespondActivityTaskCompletedById: {
      name: 'RespondActivityTaskCompletedById',
      request: RespondActivityTaskCompletedByIdRequest,
      response: RespondActivityTaskCompletedByIdResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/complete', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/complete', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/complete', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/complete', body: '*' },
      ],
    },
    RespondActivityTaskFailed: {
      name: 'RespondActivityTaskFailed',
      request: RespondActivityTaskFailedRequest,
      response: RespondActivityTaskFailedResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activity-fail', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activity-fail', body: '*' },
      ],
    },
    RespondActivityTaskFailedById: {
      name: 'RespondActivityTaskFailedById',
      request: RespondActivityTaskFailedByIdRequest,
      response: RespondActivityTaskFailedByIdResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/fail', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/fail', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/fail', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/fail', body: '*' },
      ],
    },
    RespondActivityTaskCanceled: {
      name: 'RespondActivityTaskCanceled',
      request: RespondActivityTaskCanceledRequest,
      response: RespondActivityTaskCanceledResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activity-resolve-as-canceled', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activity-resolve-as-canceled', body: '*' },
      ],
    },
    RespondActivityTaskCanceledById: {
      name: 'RespondActivityTaskCanceledById',
      request: RespondActivityTaskCanceledByIdRequest,
      response: RespondActivityTaskCanceledByIdResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/resolve-as-canceled', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/resolve-as-canceled', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/resolve-as-canceled', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/resolve-as-canceled', body: '*' },
      ],
    },
    RequestCancelWorkflowExecution: {
      name: 'RequestCancelWorkflowExecution',
      request: RequestCancelWorkflowExecutionRequest,
      response: RequestCancelWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/cancel', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/cancel', body: '*' },
      ],
    },
    SignalWorkflowExecution: {
      name: 'SignalWorkflowExecution',
      request: SignalWorkflowExecutionRequest,
      response: SignalWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/signal/{signalName}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/signal/{signalName}', body: '*' },
      ],
    },
    SignalWithStartWorkflowExecution: {
      name: 'SignalWithStartWorkflowExecution',
      request: SignalWithStartWorkflowExecutionRequest,
      response: SignalWithStartWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/signal-with-start/{signalName}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/signal-with-start/{signalName}', body: '*' },
      ],
    },
    ResetWorkflowExecution: {
      name: 'ResetWorkflowExecution',
      request: ResetWorkflowExecutionRequest,
      response: ResetWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/reset', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/reset', body: '*' },
      ],
    },
    TerminateWorkflowExecution: {
      name: 'TerminateWorkflowExecution',
      request: TerminateWorkflowExecutionRequest,
      response: TerminateWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/terminate', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/terminate', body: '*' },
      ],
    },
    DeleteWorkflowExecution: {
      name: 'DeleteWorkflowExecution',
      request: DeleteWorkflowExecutionRequest,
      response: DeleteWorkflowExecutionResponse,
      http: [],
    },
    ListOpenWorkflowExecutions: {
      name: 'ListOpenWorkflowExecutions',
      request: ListOpenWorkflowExecutionsRequest,
      response: ListOpenWorkflowExecutionsResponse,
      http: [],
    },
    ListClosedWorkflowExecutions: {
      name: 'ListClosedWorkflowExecutions',
      request: ListClosedWorkflowExecutionsRequest,
      response: ListClosedWorkflowExecutionsResponse,
      http: [],
    },
    ListWorkflowExecutions: {
      name: 'ListWorkflowExecutions',
      request: ListWorkflowExecutionsRequest,
      response: ListWorkflowExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflows' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflows' },
      ],
    },
    ListArchivedWorkflowExecutions: {
      name: 'ListArchivedWorkflowExecutions',
      request: ListArchivedWorkflowExecutionsRequest,
      response: ListArchivedWorkflowExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/archived-workflows' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/archived-workflows' },
      ],
    },
    ScanWorkflowExecutions: {
      name: 'ScanWorkflowExecutions',
      request: ScanWorkflowExecutionsRequest,
      response: ScanWorkflowExecutionsResponse,
      http: [],
    },
    CountWorkflowExecutions: {
      name: 'CountWorkflowExecutions',
      request: CountWorkflowExecutionsRequest,
      response: CountWorkflowExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflow-count' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflow-count' },
      ],
    },
    GetSearchAttributes: {
      name: 'GetSearchAttributes',
      request: GetSearchAttributesRequest,
      response: GetSearchAttributesResponse,
      http: [],
    },
    RespondQueryTaskCompleted: {
      name: 'RespondQueryTaskCompleted',
      request: RespondQueryTaskCompletedRequest,
      response: RespondQueryTaskCompletedResponse,
      http: [],
    },
    ResetStickyTaskQueue: {
      name: 'ResetStickyTaskQueue',
      request: ResetStickyTaskQueueRequest,
      response: ResetStickyTaskQueueResponse,
      http: [],
    },
    ShutdownWorker: {
      name: 'ShutdownWorker',
      request: ShutdownWorkerRequest,
      response: ShutdownWorkerResponse,
      http: [],
    },
    QueryWorkflow: {
      name: 'QueryWorkflow',
      request: QueryWorkflowRequest,
      response: QueryWorkflowResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{execution.workflowId}/query/{query.queryType}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{execution.workflowId}/query/{query.queryType}', body: '*' },
      ],
    },
    DescribeWorkflowExecution: {
      name: 'DescribeWorkflowExecution',
      request: DescribeWorkflowExecutionRequest,
      response: DescribeWorkflowExecutionResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflows/{execution.workflowId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflows/{execution.workflowId}' },
      ],
    },
    DescribeTaskQueue: {
      name: 'DescribeTaskQueue',
      request: DescribeTaskQueueRequest,
      response: DescribeTaskQueueResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/task-queues/{taskQueue.name}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/task-queues/{taskQueue.name}' },
      ],
    },
    GetClusterInfo: {
      name: 'GetClusterInfo',
      request: GetClusterInfoRequest,
      response: GetClusterInfoResponse,
      http: [
        { method: 'GET', path: '/cluster' },
        { method: 'GET', path: '/api/v1/cluster-info' },
      ],
    },
    GetSystemInfo: {
      name: 'GetSystemInfo',
      request: GetSystemInfoRequest,
      response: GetSystemInfoResponse,
      http: [
        { method: 'GET', path: '/system-info' },
        { method: 'GET', path: '/api/v1/system-info' },
      ],
    },
    ListTaskQueuePartitions: {
      name: 'ListTaskQueuePartitions',
      request: ListTaskQueuePartitionsRequest,
      response: ListTaskQueuePartitionsResponse,
      http: [],
    },
    CreateSchedule: {
      name: 'CreateSchedule',
      request: CreateScheduleRequest,
      response: CreateScheduleResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/schedules/{scheduleId}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/schedules/{scheduleId}', body: '*' },
      ],
    },
    DescribeSchedule: {
      name: 'DescribeSchedule',
      request: DescribeScheduleRequest,
      response: DescribeScheduleResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/schedules/{scheduleId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/schedules/{scheduleId}' },
      ],
    },
    UpdateSchedule: {
      name: 'UpdateSchedule',
      request: UpdateScheduleRequest,
      response: UpdateScheduleResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/schedules/{scheduleId}/update', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/schedules/{scheduleId}/update', body: '*' },
      ],
    },
    PatchSchedule: {
      name: 'PatchSchedule',
      request: PatchScheduleRequest,
      response: PatchScheduleResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/schedules/{scheduleId}/patch', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/schedules/{scheduleId}/patch', body: '*' },
      ],
    },
    ListScheduleMatchingTimes: {
      name: 'ListScheduleMatchingTimes',
      request: ListScheduleMatchingTimesRequest,
      response: ListScheduleMatchingTimesResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/schedules/{scheduleId}/matching-times' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/schedules/{scheduleId}/matching-times' },
      ],
    },
    DeleteSchedule: {
      name: 'DeleteSchedule',
      request: DeleteScheduleRequest,
      response: DeleteScheduleResponse,
      http: [
        { method: 'DELETE', path: '/namespaces/{namespace}/schedules/{scheduleId}' },
        { method: 'DELETE', path: '/api/v1/namespaces/{namespace}/schedules/{scheduleId}' },
      ],
    },
    ListSchedules: {
      name: 'ListSchedules',
      request: ListSchedulesRequest,
      response: ListSchedulesResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/schedules' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/schedules' },
      ],
    },
    CountSchedules: {
      name: 'CountSchedules',
      request: CountSchedulesRequest,
      response: CountSchedulesResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/schedule-count' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/schedule-count' },
      ],
    },
    UpdateWorkerBuildIdCompatibility: {
      name: 'UpdateWorkerBuildIdCompatibility',
      request: UpdateWorkerBuildIdCompatibilityRequest,
      response: UpdateWorkerBuildIdCompatibilityResponse,
      http: [],
    },
    GetWorkerBuildIdCompatibility: {
      name: 'GetWorkerBuildIdCompatibility',
      request: GetWorkerBuildIdCompatibilityRequest,
      response: GetWorkerBuildIdCompatibilityResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/task-queues/{taskQueue}/worker-build-id-compatibility' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/task-queues/{taskQueue}/worker-build-id-compatibility' },
      ],
    },
    UpdateWorkerVersioningRules: {
      name: 'UpdateWorkerVersioningRules',
      request: UpdateWorkerVersioningRulesRequest,
      response: UpdateWorkerVersioningRulesResponse,
      http: [],
    },
    GetWorkerVersioningRules: {
      name: 'GetWorkerVersioningRules',
      request: GetWorkerVersioningRulesRequest,
      response: GetWorkerVersioningRulesResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/task-queues/{taskQueue}/worker-versioning-rules' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/task-queues/{taskQueue}/worker-versioning-rules' },
      ],
    },
    GetWorkerTaskReachability: {
      name: 'GetWorkerTaskReachability',
      request: GetWorkerTaskReachabilityRequest,
      response: GetWorkerTaskReachabilityResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/worker-task-reachability' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/worker-task-reachability' },
      ],
    },
    DescribeDeployment: {
      name: 'DescribeDeployment',
      request: DescribeDeploymentRequest,
      response: DescribeDeploymentResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/deployments/{deployment.seriesName}/{deployment.buildId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/deployments/{deployment.seriesName}/{deployment.buildId}' },
      ],
    },
    DescribeWorkerDeploymentVersion: {
      name: 'DescribeWorkerDeploymentVersion',
      request: DescribeWorkerDeploymentVersionRequest,
      response: DescribeWorkerDeploymentVersionResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}' },
      ],
    },
    ListDeployments: {
      name: 'ListDeployments',
      request: ListDeploymentsRequest,
      response: ListDeploymentsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/deployments' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/deployments' },
      ],
    },
    GetDeploymentReachability: {
      name: 'GetDeploymentReachability',
      request: GetDeploymentReachabilityRequest,
      response: GetDeploymentReachabilityResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/deployments/{deployment.seriesName}/{deployment.buildId}/reachability' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/deployments/{deployment.seriesName}/{deployment.buildId}/reachability' },
      ],
    },
    GetCurrentDeployment: {
      name: 'GetCurrentDeployment',
      request: GetCurrentDeploymentRequest,
      response: GetCurrentDeploymentResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/current-deployment/{seriesName}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/current-deployment/{seriesName}' },
      ],
    },
    SetCurrentDeployment: {
      name: 'SetCurrentDeployment',
      request: SetCurrentDeploymentRequest,
      response: SetCurrentDeploymentResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/current-deployment/{deployment.seriesName}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/current-deployment/{deployment.seriesName}', body: '*' },
      ],
    },
    SetWorkerDeploymentCurrentVersion: {
      name: 'SetWorkerDeploymentCurrentVersion',
      request: SetWorkerDeploymentCurrentVersionRequest,
      response: SetWorkerDeploymentCurrentVersionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployments/{deploymentName}/set-current-version', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployments/{deploymentName}/set-current-version', body: '*' },
      ],
    },
    DescribeWorkerDeployment: {
      name: 'DescribeWorkerDeployment',
      request: DescribeWorkerDeploymentRequest,
      response: DescribeWorkerDeploymentResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/worker-deployments/{deploymentName}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/worker-deployments/{deploymentName}' },
      ],
    },
    DeleteWorkerDeployment: {
      name: 'DeleteWorkerDeployment',
      request: DeleteWorkerDeploymentRequest,
      response: DeleteWorkerDeploymentResponse,
      http: [
        { method: 'DELETE', path: '/namespaces/{namespace}/worker-deployments/{deploymentName}' },
        { method: 'DELETE', path: '/api/v1/namespaces/{namespace}/worker-deployments/{deploymentName}' },
      ],
    },
    DeleteWorkerDeploymentVersion: {
      name: 'DeleteWorkerDeploymentVersion',
      request: DeleteWorkerDeploymentVersionRequest,
      response: DeleteWorkerDeploymentVersionResponse,
      http: [
        { method: 'DELETE', path: '/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}' },
        { method: 'DELETE', path: '/api/v1/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}' },
      ],
    },
    SetWorkerDeploymentRampingVersion: {
      name: 'SetWorkerDeploymentRampingVersion',
      request: SetWorkerDeploymentRampingVersionRequest,
      response: SetWorkerDeploymentRampingVersionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployments/{deploymentName}/set-ramping-version', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployments/{deploymentName}/set-ramping-version', body: '*' },
      ],
    },
    ListWorkerDeployments: {
      name: 'ListWorkerDeployments',
      request: ListWorkerDeploymentsRequest,
      response: ListWorkerDeploymentsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/worker-deployments' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/worker-deployments' },
      ],
    },
    CreateWorkerDeployment: {
      name: 'CreateWorkerDeployment',
      request: CreateWorkerDeploymentRequest,
      response: CreateWorkerDeploymentResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployments/{deploymentName}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployments/{deploymentName}', body: '*' },
      ],
    },
    CreateWorkerDeploymentVersion: {
      name: 'CreateWorkerDeploymentVersion',
      request: CreateWorkerDeploymentVersionRequest,
      response: CreateWorkerDeploymentVersionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}', body: '*' },
      ],
    },
    UpdateWorkerDeploymentVersionComputeConfig: {
      name: 'UpdateWorkerDeploymentVersionComputeConfig',
      request: UpdateWorkerDeploymentVersionComputeConfigRequest,
      response: UpdateWorkerDeploymentVersionComputeConfigResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}/update-compute-config', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}/update-compute-config', body: '*' },
      ],
    },
    ValidateWorkerDeploymentVersionComputeConfig: {
      name: 'ValidateWorkerDeploymentVersionComputeConfig',
      request: ValidateWorkerDeploymentVersionComputeConfigRequest,
      response: ValidateWorkerDeploymentVersionComputeConfigResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}/validate-compute-config', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}/validate-compute-config', body: '*' },
      ],
    },
    UpdateWorkerDeploymentVersionMetadata: {
      name: 'UpdateWorkerDeploymentVersionMetadata',
      request: UpdateWorkerDeploymentVersionMetadataRequest,
      response: UpdateWorkerDeploymentVersionMetadataResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}/update-metadata', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployment-versions/{deploymentVersion.deploymentName}/{deploymentVersion.buildId}/update-metadata', body: '*' },
      ],
    },
    SetWorkerDeploymentManager: {
      name: 'SetWorkerDeploymentManager',
      request: SetWorkerDeploymentManagerRequest,
      response: SetWorkerDeploymentManagerResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/worker-deployments/{deploymentName}/set-manager', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/worker-deployments/{deploymentName}/set-manager', body: '*' },
      ],
    },
    UpdateWorkflowExecution: {
      name: 'UpdateWorkflowExecution',
      request: UpdateWorkflowExecutionRequest,
      response: UpdateWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/update/{request.input.name}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/update/{request.input.name}', body: '*' },
      ],
    },
    PollWorkflowExecutionUpdate: {
      name: 'PollWorkflowExecutionUpdate',
      request: PollWorkflowExecutionUpdateRequest,
      response: PollWorkflowExecutionUpdateResponse,
      http: [],
    },
    StartBatchOperation: {
      name: 'StartBatchOperation',
      request: StartBatchOperationRequest,
      response: StartBatchOperationResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/batch-operations/{jobId}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/batch-operations/{jobId}', body: '*' },
      ],
    },
    StopBatchOperation: {
      name: 'StopBatchOperation',
      request: StopBatchOperationRequest,
      response: StopBatchOperationResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/batch-operations/{jobId}/stop', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/batch-operations/{jobId}/stop', body: '*' },
      ],
    },
    DescribeBatchOperation: {
      name: 'DescribeBatchOperation',
      request: DescribeBatchOperationRequest,
      response: DescribeBatchOperationResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/batch-operations/{jobId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/batch-operations/{jobId}' },
      ],
    },
    ListBatchOperations: {
      name: 'ListBatchOperations',
      request: ListBatchOperationsRequest,
      response: ListBatchOperationsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/batch-operations' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/batch-operations' },
      ],
    },
    PollNexusTaskQueue: {
      name: 'PollNexusTaskQueue',
      request: PollNexusTaskQueueRequest,
      response: PollNexusTaskQueueResponse,
      http: [],
    },
    RespondNexusTaskCompleted: {
      name: 'RespondNexusTaskCompleted',
      request: RespondNexusTaskCompletedRequest,
      response: RespondNexusTaskCompletedResponse,
      http: [],
    },
    RespondNexusTaskFailed: {
      name: 'RespondNexusTaskFailed',
      request: RespondNexusTaskFailedRequest,
      response: RespondNexusTaskFailedResponse,
      http: [],
    },
    UpdateActivityOptions: {
      name: 'UpdateActivityOptions',
      request: UpdateActivityOptionsRequest,
      response: UpdateActivityOptionsResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities-deprecated/update-options', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities-deprecated/update-options', body: '*' },
      ],
    },
    UpdateWorkflowExecutionOptions: {
      name: 'UpdateWorkflowExecutionOptions',
      request: UpdateWorkflowExecutionOptionsRequest,
      response: UpdateWorkflowExecutionOptionsResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/update-options', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/update-options', body: '*' },
      ],
    },
    PauseActivity: {
      name: 'PauseActivity',
      request: PauseActivityRequest,
      response: PauseActivityResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities-deprecated/pause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities-deprecated/pause', body: '*' },
      ],
    },
    UnpauseActivity: {
      name: 'UnpauseActivity',
      request: UnpauseActivityRequest,
      response: UnpauseActivityResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities-deprecated/unpause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities-deprecated/unpause', body: '*' },
      ],
    },
    ResetActivity: {
      name: 'ResetActivity',
      request: ResetActivityRequest,
      response: ResetActivityResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities-deprecated/reset', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities-deprecated/reset', body: '*' },
      ],
    },
    CreateWorkflowRule: {
      name: 'CreateWorkflowRule',
      request: CreateWorkflowRuleRequest,
      response: CreateWorkflowRuleResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflow-rules', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflow-rules', body: '*' },
      ],
    },
    DescribeWorkflowRule: {
      name: 'DescribeWorkflowRule',
      request: DescribeWorkflowRuleRequest,
      response: DescribeWorkflowRuleResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflow-rules/{ruleId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflow-rules/{ruleId}' },
      ],
    },
    DeleteWorkflowRule: {
      name: 'DeleteWorkflowRule',
      request: DeleteWorkflowRuleRequest,
      response: DeleteWorkflowRuleResponse,
      http: [
        { method: 'DELETE', path: '/namespaces/{namespace}/workflow-rules/{ruleId}' },
        { method: 'DELETE', path: '/api/v1/namespaces/{namespace}/workflow-rules/{ruleId}' },
      ],
    },
    ListWorkflowRules: {
      name: 'ListWorkflowRules',
      request: ListWorkflowRulesRequest,
      response: ListWorkflowRulesResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflow-rules' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflow-rules' },
      ],
    },
    TriggerWorkflowRule: {
      name: 'TriggerWorkflowRule',
      request: TriggerWorkflowRuleRequest,
      response: TriggerWorkflowRuleResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{execution.workflowId}/trigger-rule', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{execution.workflowId}/trigger-rule', body: '*' },
      ],
    },
    RecordWorkerHeartbeat: {
      name: 'RecordWorkerHeartbeat',
      request: RecordWorkerHeartbeatRequest,
      response: RecordWorkerHeartbeatResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workers/heartbeat', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workers/heartbeat', body: '*' },
      ],
    },
    ListWorkers: {
      name: 'ListWorkers',
      request: ListWorkersRequest,
      response: ListWorkersResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workers' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workers' },
      ],
    },
    CountWorkers: {
      name: 'CountWorkers',
      request: CountWorkersRequest,
      response: CountWorkersResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/worker-count' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/worker-count' },
      ],
    },
    UpdateTaskQueueConfig: {
      name: 'UpdateTaskQueueConfig',
      request: UpdateTaskQueueConfigRequest,
      response: UpdateTaskQueueConfigResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/task-queues/{taskQueue}/update-config', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/task-queues/{taskQueue}/update-config', body: '*' },
      ],
    },
    FetchWorkerConfig: {
      name: 'FetchWorkerConfig',
      request: FetchWorkerConfigRequest,
      response: FetchWorkerConfigResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workers/fetch-config', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workers/fetch-config', body: '*' },
      ],
    },
    UpdateWorkerConfig: {
      name: 'UpdateWorkerConfig',
      request: UpdateWorkerConfigRequest,
      response: UpdateWorkerConfigResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workers/update-config', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workers/update-config', body: '*' },
      ],
    },
    DescribeWorker: {
      name: 'DescribeWorker',
      request: DescribeWorkerRequest,
      response: DescribeWorkerResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workers/describe/{workerInstanceKey}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workers/describe/{workerInstanceKey}' },
      ],
    },
    PauseWorkflowExecution: {
      name: 'PauseWorkflowExecution',
      request: PauseWorkflowExecutionRequest,
      response: PauseWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/pause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/pause', body: '*' },
      ],
    },
    UnpauseWorkflowExecution: {
      name: 'UnpauseWorkflowExecution',
      request: UnpauseWorkflowExecutionRequest,
      response: UnpauseWorkflowExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/unpause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/unpause', body: '*' },
      ],
    },
    StartActivityExecution: {
      name: 'StartActivityExecution',
      request: StartActivityExecutionRequest,
      response: StartActivityExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}', body: '*' },
      ],
    },
    StartNexusOperationExecution: {
      name: 'StartNexusOperationExecution',
      request: StartNexusOperationExecutionRequest,
      response: StartNexusOperationExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/nexus-operations/{operationId}', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/nexus-operations/{operationId}', body: '*' },
      ],
    },
    DescribeActivityExecution: {
      name: 'DescribeActivityExecution',
      request: DescribeActivityExecutionRequest,
      response: DescribeActivityExecutionResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/activities/{activityId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/activities/{activityId}' },
      ],
    },
    DescribeNexusOperationExecution: {
      name: 'DescribeNexusOperationExecution',
      request: DescribeNexusOperationExecutionRequest,
      response: DescribeNexusOperationExecutionResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/nexus-operations/{operationId}' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/nexus-operations/{operationId}' },
      ],
    },
    PollActivityExecution: {
      name: 'PollActivityExecution',
      request: PollActivityExecutionRequest,
      response: PollActivityExecutionResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/activities/{activityId}/outcome' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/outcome' },
      ],
    },
    PollNexusOperationExecution: {
      name: 'PollNexusOperationExecution',
      request: PollNexusOperationExecutionRequest,
      response: PollNexusOperationExecutionResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/nexus-operations/{operationId}/poll' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/nexus-operations/{operationId}/poll' },
      ],
    },
    ListActivityExecutions: {
      name: 'ListActivityExecutions',
      request: ListActivityExecutionsRequest,
      response: ListActivityExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/activities' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/activities' },
      ],
    },
    ListNexusOperationExecutions: {
      name: 'ListNexusOperationExecutions',
      request: ListNexusOperationExecutionsRequest,
      response: ListNexusOperationExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/nexus-operations' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/nexus-operations' },
      ],
    },
    CountActivityExecutions: {
      name: 'CountActivityExecutions',
      request: CountActivityExecutionsRequest,
      response: CountActivityExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/activity-count' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/activity-count' },
      ],
    },
    CountNexusOperationExecutions: {
      name: 'CountNexusOperationExecutions',
      request: CountNexusOperationExecutionsRequest,
      response: CountNexusOperationExecutionsResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/nexus-operation-count' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/nexus-operation-count' },
      ],
    },
    RequestCancelActivityExecution: {
      name: 'RequestCancelActivityExecution',
      request: RequestCancelActivityExecutionRequest,
      response: RequestCancelActivityExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/cancel', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/cancel', body: '*' },
      ],
    },
    RequestCancelNexusOperationExecution: {
      name: 'RequestCancelNexusOperationExecution',
      request: RequestCancelNexusOperationExecutionRequest,
      response: RequestCancelNexusOperationExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/nexus-operations/{operationId}/cancel', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/nexus-operations/{operationId}/cancel', body: '*' },
      ],
    },
    TerminateActivityExecution: {
      name: 'TerminateActivityExecution',
      request: TerminateActivityExecutionRequest,
      response: TerminateActivityExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/terminate', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/terminate', body: '*' },
      ],
    },
    DeleteActivityExecution: {
      name: 'DeleteActivityExecution',
      request: DeleteActivityExecutionRequest,
      response: DeleteActivityExecutionResponse,
      http: [],
    },
    PauseActivityExecution: {
      name: 'PauseActivityExecution',
      request: PauseActivityExecutionRequest,
      response: PauseActivityExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/pause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/pause', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/pause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/pause', body: '*' },
      ],
    },
    ResetActivityExecution: {
      name: 'ResetActivityExecution',
      request: ResetActivityExecutionRequest,
      response: ResetActivityExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/reset', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/reset', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/reset', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/reset', body: '*' },
      ],
    },
    UnpauseActivityExecution: {
      name: 'UnpauseActivityExecution',
      request: UnpauseActivityExecutionRequest,
      response: UnpauseActivityExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/unpause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/unpause', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/unpause', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/unpause', body: '*' },
      ],
    },
    UpdateActivityExecutionOptions: {
      name: 'UpdateActivityExecutionOptions',
      request: UpdateActivityExecutionOptionsRequest,
      response: UpdateActivityExecutionOptionsResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/activities/{activityId}/update-options', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/activities/{activityId}/update-options', body: '*' },
        { method: 'POST', path: '/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/update-options', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/workflows/{workflowId}/activities/{activityId}/update-options', body: '*' },
      ],
    },
    TerminateNexusOperationExecution: {
      name: 'TerminateNexusOperationExecution',
      request: TerminateNexusOperationExecutionRequest,
      response: TerminateNexusOperationExecutionResponse,
      http: [
        { method: 'POST', path: '/namespaces/{namespace}/nexus-operations/{operationId}/terminate', body: '*' },
        { method: 'POST', path: '/api/v1/namespaces/{namespace}/nexus-operations/{operationId}/terminate', body: '*' },
      ],
    },
    DeleteNexusOperationExecution: {
      name: 'DeleteNexusOperationExecution',
      request: DeleteNexusOperationExecutionRequest,
      response: DeleteNexusOperationExecutionResponse,
      http: [],
    },
    PollWorkflowExecutionTimeSkipping: {
      name: 'PollWorkflowExecutionTimeSkipping',
      request: PollWorkflowExecutionTimeSkippingRequest,
      response: PollWorkflowExecutionTimeSkippingResponse,
      http: [
        { method: 'GET', path: '/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/time-skipping/poll' },
        { method: 'GET', path: '/api/v1/namespaces/{namespace}/workflows/{workflowExecution.workflowId}/time-skipping/poll' },
      ],
    },
  },
};
