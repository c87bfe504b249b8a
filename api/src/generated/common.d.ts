// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface DataBlob {
  encodingType: enums.EncodingType;
  data: Uint8Array;
}
export declare const DataBlob: Codec<DataBlob>;

export interface Payloads {
  payloads: Uint8Array[];
}
export declare const Payloads: Codec<Payloads>;

export interface Payload {
  metadata: { [key: string]: Uint8Array };
  data: Uint8Array;
  externalPayloads: Payload_ExternalPayloadDetails[];
}
export declare const Payload: Codec<Payload>;

export interface Payload_ExternalPayloadDetails {
  sizeBytes: number;
}
export declare const Payload_ExternalPayloadDetails: Codec<Payload_ExternalPayloadDetails>;

export interface SearchAttributes {
  indexedFields: { [key: string]: Uint8Array };
}
export declare const SearchAttributes: Codec<SearchAttributes>;

export interface Memo {
  fields: { [key: string]: Uint8Array };
}
export declare const Memo: Codec<Memo>;

export interface Header {
  fields: { [key: string]: Uint8Array };
}
export declare const Header: Codec<Header>;

export interface WorkflowExecution {
  workflowId: string;
  runId: string;
}
export declare const WorkflowExecution: Codec<WorkflowExecution>;

export interface Execution {
  type: enums.ExecutionType;
  businessId: string;
  runId: string;
}
export declare const Execution: Codec<Execution>;

export interface WorkflowType {
  name: string;
}
export declare const WorkflowType: Codec<WorkflowType>;

export interface ActivityType {
  name: string;
}
export declare const ActivityType: Codec<ActivityType>;

export interface RetryPolicy {
  initialInterval: googleProtobuf.Duration | null;
  backoffCoefficient: number;
  maximumInterval: googleProtobuf.Duration | null;
  maximumAttempts: number;
  nonRetryableErrorTypes: string[];
}
export declare const RetryPolicy: Codec<RetryPolicy>;

export interface MeteringMetadata {
  nonfirstLocalActivityExecutionAttempts: number;
}
export declare const MeteringMetadata: Codec<MeteringMetadata>;

export interface WorkerVersionStamp {
  buildId: string;
  useVersioning: boolean;
}
export declare const WorkerVersionStamp: Codec<WorkerVersionStamp>;

export interface WorkerVersionCapabilities {
  buildId: string;
  useVersioning: boolean;
  deploymentSeriesName: string;
}
export declare const WorkerVersionCapabilities: Codec<WorkerVersionCapabilities>;

export interface ResetOptions {
  firstWorkflowTask: googleProtobuf.Empty | null;
  lastWorkflowTask: googleProtobuf.Empty | null;
  workflowTaskId: number | null;
  buildId: string | null;
  resetReapplyType: enums.ResetReapplyType;
  currentRunOnly: boolean;
  resetReapplyExcludeTypes: enums.ResetReapplyExcludeType[];
}
export declare const ResetOptions: Codec<ResetOptions>;

export interface Callback {
  nexus: Callback_Nexus | null;
  internal: Callback_Internal | null;
  links: Link[];
}
export declare const Callback: Codec<Callback>;

export interface Callback_Nexus {
  url: string;
  header: { [key: string]: string };
}
export declare const Callback_Nexus: Codec<Callback_Nexus>;

export interface Callback_Internal {
  data: Uint8Array;
}
export declare const Callback_Internal: Codec<Callback_Internal>;

export interface Link {
  workflowEvent: Link_WorkflowEvent | null;
  batchJob: Link_BatchJob | null;
  activity: Link_Activity | null;
  nexusOperation: Link_NexusOperation | null;
  workflow: Link_Workflow | null;
}
export declare const Link: Codec<Link>;

export interface Link_WorkflowEvent {
  namespace: string;
  workflowId: string;
  runId: string;
  eventRef: Link_WorkflowEvent_EventReference | null;
  requestIdRef: Link_WorkflowEvent_RequestIdReference | null;
}
export declare const Link_WorkflowEvent: Codec<Link_WorkflowEvent>;

export interface Link_WorkflowEvent_EventReference {
  eventId: number;
  eventType: enums.EventType;
}
export declare const Link_WorkflowEvent_EventReference: Codec<Link_WorkflowEvent_EventReference>;

export interface Link_WorkflowEvent_RequestIdReference {
  requestId: string;
  eventType: enums.EventType;
}
export declare const Link_WorkflowEvent_RequestIdReference: Codec<Link_WorkflowEvent_RequestIdReference>;

export interface Link_BatchJob {
  jobId: string;
}
export declare const Link_BatchJob: Codec<Link_BatchJob>;

export interface Link_Activity {
  namespace: string;
  activityId: string;
  runId: string;
}
export declare const Link_Activity: Codec<Link_Activity>;

export interface Link_NexusOperation {
  namespace: string;
  operationId: string;
  runId: string;
}
export declare const Link_NexusOperation: Codec<Link_NexusOperation>;

export interface Link_Workflow {
  namespace: string;
  workflowId: string;
  runId: string;
  reason: string;
}
export declare const Link_Workflow: Codec<Link_Workflow>;

export interface Principal {
  type: string;
  name: string;
}
export declare const Principal: Codec<Principal>;

export interface Priority {
  priorityKey: number;
  fairnessKey: string;
  fairnessWeight: number;
}
export declare const Priority: Codec<Priority>;

export interface WorkerSelector {
  workerInstanceKey: string | null;
}
export declare const WorkerSelector: Codec<WorkerSelector>;

export interface OnConflictOptions {
  attachRequestId: boolean;
  attachCompletionCallbacks: boolean;
  attachLinks: boolean;
}
export declare const OnConflictOptions: Codec<OnConflictOptions>;

export interface TimeSkippingConfig {
  enabled: boolean;
  fastForwardConfig: FastForwardConfig | null;
  disablePropagation: boolean;
  maxSessionSkipCount: number;
}
export declare const TimeSkippingConfig: Codec<TimeSkippingConfig>;

export interface FastForwardConfig {
  id: string;
  duration: googleProtobuf.Duration | null;
}
export declare const FastForwardConfig: Codec<FastForwardConfig>;

export interface TimeSkippingStatePropagation {
  initialSkippedDuration: googleProtobuf.Duration | null;
  fastForwardTargetTime: googleProtobuf.Timestamp | null;
  initialSkipCount: number;
}
export declare const TimeSkippingStatePropagation: Codec<TimeSkippingStatePropagation>;

export interface TimeSkippingInfo {
  currentTime: googleProtobuf.Timestamp | null;
  effectiveConfig: TimeSkippingConfig | null;
  fastForwardInfo: TimeSkippingFastForwardInfo | null;
  currentSessionSkipCount: number;
}
export declare const TimeSkippingInfo: Codec<TimeSkippingInfo>;

export interface TimeSkippingFastForwardInfo {
  fastForwardDuration: googleProtobuf.Duration | null;
  fastForwardId: string;
  targetTime: googleProtobuf.Timestamp | null;
  hasCompleted: boolean;
}
export declare const TimeSkippingFastForwardInfo: Codec<TimeSkippingFastForwardInfo>;
