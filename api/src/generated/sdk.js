// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const UserMetadata = codec('temporal.api.sdk.v1.UserMetadata');

export const WorkflowTaskCompletedMetadata = codec('temporal.api.sdk.v1.WorkflowTaskCompletedMetadata');

export const EventGroupMarker = codec('temporal.api.sdk.v1.EventGroupMarker');

export const EventGroupMarker_Label = codec('temporal.api.sdk.v1.EventGroupMarker.Label');

export const EventGroupMarker_InboundEvent = codec('temporal.api.sdk.v1.EventGroupMarker.InboundEvent');

export const EventGroupMarker_InboundUpdate = codec('temporal.api.sdk.v1.EventGroupMarker.InboundUpdate');

export const WorkerConfig = codec('temporal.api.sdk.v1.WorkerConfig');

export const WorkerConfig_SimplePollerBehavior = codec('temporal.api.sdk.v1.WorkerConfig.SimplePollerBehavior');

export const WorkerConfig_AutoscalingPollerBehavior = codec('temporal.api.sdk.v1.WorkerConfig.AutoscalingPollerBehavior');

export const WorkflowMetadata = codec('temporal.api.sdk.v1.WorkflowMetadata');

export const WorkflowDefinition = codec('temporal.api.sdk.v1.WorkflowDefinition');

export const WorkflowInteractionDefinition = codec('temporal.api.sdk.v1.WorkflowInteractionDefinition');

export const ExternalStorageReference = codec('temporal.api.sdk.v1.ExternalStorageReference');
