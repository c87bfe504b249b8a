// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';

export interface UserMetadata {
  summary: Uint8Array | null;
  details: Uint8Array | null;
}
export declare const UserMetadata: Codec<UserMetadata>;

export interface WorkflowTaskCompletedMetadata {
  coreUsedFlags: number[];
  langUsedFlags: number[];
  sdkName: string;
  sdkVersion: string;
}
export declare const WorkflowTaskCompletedMetadata: Codec<WorkflowTaskCompletedMetadata>;

export interface EventGroupMarker {
  label: EventGroupMarker_Label | null;
  inboundEvent: EventGroupMarker_InboundEvent | null;
  inboundUpdate: EventGroupMarker_InboundUpdate | null;
}
export declare const EventGroupMarker: Codec<EventGroupMarker>;

export interface EventGroupMarker_Label {
  id: string;
  label: Uint8Array | null;
}
export declare const EventGroupMarker_Label: Codec<EventGroupMarker_Label>;

export interface EventGroupMarker_InboundEvent {
  inboundEventId: number;
}
export declare const EventGroupMarker_InboundEvent: Codec<EventGroupMarker_InboundEvent>;

export interface EventGroupMarker_InboundUpdate {
  inboundUpdateId: string;
}
export declare const EventGroupMarker_InboundUpdate: Codec<EventGroupMarker_InboundUpdate>;

export interface WorkerConfig {
  workflowCacheSize: number;
  simplePollerBehavior: WorkerConfig_SimplePollerBehavior | null;
  autoscalingPollerBehavior: WorkerConfig_AutoscalingPollerBehavior | null;
}
export declare const WorkerConfig: Codec<WorkerConfig>;

export interface WorkerConfig_SimplePollerBehavior {
  maxPollers: number;
}
export declare const WorkerConfig_SimplePollerBehavior: Codec<WorkerConfig_SimplePollerBehavior>;

export interface WorkerConfig_AutoscalingPollerBehavior {
  minPollers: number;
  maxPollers: number;
  initialPollers: number;
}
export declare const WorkerConfig_AutoscalingPollerBehavior: Codec<WorkerConfig_AutoscalingPollerBehavior>;

export interface WorkflowMetadata {
  definition: WorkflowDefinition | null;
  currentDetails: string;
}
export declare const WorkflowMetadata: Codec<WorkflowMetadata>;

export interface WorkflowDefinition {
  type: string;
  queryDefinitions: WorkflowInteractionDefinition[];
  signalDefinitions: WorkflowInteractionDefinition[];
  updateDefinitions: WorkflowInteractionDefinition[];
}
export declare const WorkflowDefinition: Codec<WorkflowDefinition>;

export interface WorkflowInteractionDefinition {
  name: string;
  description: string;
}
export declare const WorkflowInteractionDefinition: Codec<WorkflowInteractionDefinition>;

export interface ExternalStorageReference {
  driverName: string;
  claimData: { [key: string]: string };
}
export declare const ExternalStorageReference: Codec<ExternalStorageReference>;
