// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const WorkflowQuery = codec('temporal.api.query.v1.WorkflowQuery');

export const WorkflowQueryResult = codec('temporal.api.query.v1.WorkflowQueryResult');

export const QueryRejected = codec('temporal.api.query.v1.QueryRejected');
