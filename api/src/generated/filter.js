// Generated from @temporalio/proto by `node api/generate.ts`; do not edit.
import { codec } from '../codec.ts';

export const WorkflowExecutionFilter = codec('temporal.api.filter.v1.WorkflowExecutionFilter');

export const WorkflowTypeFilter = codec('temporal.api.filter.v1.WorkflowTypeFilter');

export const StartTimeFilter = codec('temporal.api.filter.v1.StartTimeFilter');

export const StatusFilter = codec('temporal.api.filter.v1.StatusFilter');
