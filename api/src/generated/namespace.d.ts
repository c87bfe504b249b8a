// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface NamespaceInfo {
  name: string;
  state: enums.NamespaceState;
  description: string;
  ownerEmail: string;
  data: { [key: string]: string };
  id: string;
  capabilities: NamespaceInfo_Capabilities | null;
  limits: NamespaceInfo_Limits | null;
  supportsSchedules: boolean;
}
export declare const NamespaceInfo: Codec<NamespaceInfo>;

export interface NamespaceInfo_Capabilities {
  eagerWorkflowStart: boolean;
  syncUpdate: boolean;
  asyncUpdate: boolean;
  workerHeartbeats: boolean;
  reportedProblemsSearchAttribute: boolean;
  workflowPause: boolean;
  standaloneActivities: boolean;
  workerPollCompleteOnShutdown: boolean;
  pollerAutoscaling: boolean;
  workerCommands: boolean;
  standaloneNexusOperation: boolean;
  workflowUpdateCallbacks: boolean;
  pollerAutoscalingAutoEnroll: boolean;
  workflowTaskCompletionPagination: boolean;
  standaloneActivityStartDelay: boolean;
  standaloneActivityBatchOperations: boolean;
  standaloneActivityOperatorCommands: boolean;
}
export declare const NamespaceInfo_Capabilities: Codec<NamespaceInfo_Capabilities>;

export interface NamespaceInfo_Limits {
  blobSizeLimitError: number;
  memoSizeLimitError: number;
  workflowTaskCompletionSizeLimitError: number;
}
export declare const NamespaceInfo_Limits: Codec<NamespaceInfo_Limits>;

export interface NamespaceConfig {
  workflowExecutionRetentionTtl: googleProtobuf.Duration | null;
  badBinaries: BadBinaries | null;
  historyArchivalState: enums.ArchivalState;
  historyArchivalUri: string;
  visibilityArchivalState: enums.ArchivalState;
  visibilityArchivalUri: string;
  customSearchAttributeAliases: { [key: string]: string };
}
export declare const NamespaceConfig: Codec<NamespaceConfig>;

export interface BadBinaries {
  binaries: { [key: string]: BadBinaryInfo };
}
export declare const BadBinaries: Codec<BadBinaries>;

export interface BadBinaryInfo {
  reason: string;
  operator: string;
  createTime: googleProtobuf.Timestamp | null;
}
export declare const BadBinaryInfo: Codec<BadBinaryInfo>;

export interface UpdateNamespaceInfo {
  description: string;
  ownerEmail: string;
  data: { [key: string]: string };
  state: enums.NamespaceState;
}
export declare const UpdateNamespaceInfo: Codec<UpdateNamespaceInfo>;

export interface NamespaceFilter {
  includeDeleted: boolean;
}
export declare const NamespaceFilter: Codec<NamespaceFilter>;
