// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import type { Codec } from '../codec.ts';
import type * as enums from './enums.js';

export interface WorkflowQuery {
  queryType: string;
  queryArgs: Uint8Array | null;
  header: Uint8Array | null;
}
export declare const WorkflowQuery: Codec<WorkflowQuery>;

export interface WorkflowQueryResult {
  resultType: enums.QueryResultType;
  answer: Uint8Array | null;
  errorMessage: string;
  failure: Uint8Array | null;
}
export declare const WorkflowQueryResult: Codec<WorkflowQueryResult>;

export interface QueryRejected {
  status: enums.WorkflowExecutionStatus;
}
export declare const QueryRejected: Codec<QueryRejected>;
