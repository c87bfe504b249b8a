// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';
import type * as googleProtobuf from './google-protobuf.js';

export interface WorkflowExecutionFilter {
  workflowId: string;
  runId: string;
}
export declare const WorkflowExecutionFilter: Codec<WorkflowExecutionFilter>;

export interface WorkflowTypeFilter {
  name: string;
}
export declare const WorkflowTypeFilter: Codec<WorkflowTypeFilter>;

export interface StartTimeFilter {
  earliestTime: googleProtobuf.Timestamp | null;
  latestTime: googleProtobuf.Timestamp | null;
}
export declare const StartTimeFilter: Codec<StartTimeFilter>;

export interface StatusFilter {
  status: enums.WorkflowExecutionStatus;
}
export declare const StatusFilter: Codec<StatusFilter>;
