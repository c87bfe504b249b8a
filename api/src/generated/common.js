// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const DataBlob = codec('temporal.api.common.v1.DataBlob');

export const Payloads = codec('temporal.api.common.v1.Payloads');

export const Payload = codec('temporal.api.common.v1.Payload');

export const Payload_ExternalPayloadDetails = codec('temporal.api.common.v1.Payload.ExternalPayloadDetails');

export const SearchAttributes = codec('temporal.api.common.v1.SearchAttributes');

export const Memo = codec('temporal.api.common.v1.Memo');

export const Header = codec('temporal.api.common.v1.Header');

export const WorkflowExecution = codec('temporal.api.common.v1.WorkflowExecution');

export const Execution = codec('temporal.api.common.v1.Execution');

export const WorkflowType = codec('temporal.api.common.v1.WorkflowType');

export const ActivityType = codec('temporal.api.common.v1.ActivityType');

export const RetryPolicy = codec('temporal.api.common.v1.RetryPolicy');

export const MeteringMetadata = codec('temporal.api.common.v1.MeteringMetadata');

export const WorkerVersionStamp = codec('temporal.api.common.v1.WorkerVersionStamp');

export const WorkerVersionCapabilities = codec('temporal.api.common.v1.WorkerVersionCapabilities');

export const ResetOptions = codec('temporal.api.common.v1.ResetOptions');

export const Callback = codec('temporal.api.common.v1.Callback');

export const Callback_Nexus = codec('temporal.api.common.v1.Callback.Nexus');

export const Callback_Internal = codec('temporal.api.common.v1.Callback.Internal');

export const Link = codec('temporal.api.common.v1.Link');

export const Link_WorkflowEvent = codec('temporal.api.common.v1.Link.WorkflowEvent');

export const Link_WorkflowEvent_EventReference = codec('temporal.api.common.v1.Link.WorkflowEvent.EventReference');

export const Link_WorkflowEvent_RequestIdReference = codec('temporal.api.common.v1.Link.WorkflowEvent.RequestIdReference');

export const Link_BatchJob = codec('temporal.api.common.v1.Link.BatchJob');

export const Link_Activity = codec('temporal.api.common.v1.Link.Activity');

export const Link_NexusOperation = codec('temporal.api.common.v1.Link.NexusOperation');

export const Link_Workflow = codec('temporal.api.common.v1.Link.Workflow');

export const Principal = codec('temporal.api.common.v1.Principal');

export const Priority = codec('temporal.api.common.v1.Priority');

export const WorkerSelector = codec('temporal.api.common.v1.WorkerSelector');

export const OnConflictOptions = codec('temporal.api.common.v1.OnConflictOptions');

export const TimeSkippingConfig = codec('temporal.api.common.v1.TimeSkippingConfig');

export const FastForwardConfig = codec('temporal.api.common.v1.FastForwardConfig');

export const TimeSkippingStatePropagation = codec('temporal.api.common.v1.TimeSkippingStatePropagation');

export const TimeSkippingInfo = codec('temporal.api.common.v1.TimeSkippingInfo');

export const TimeSkippingFastForwardInfo = codec('temporal.api.common.v1.TimeSkippingFastForwardInfo');
