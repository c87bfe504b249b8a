import { IndexedValueType, WorkflowExecutionStatus } from '@perdure/api/enums';
import type { StartTimeFilter } from '@perdure/api/filter';
import { invalidArgument } from '../../kernel/errors.ts';
import { fromTimestamp } from '../../kernel/time.ts';
import type { Attribute, Condition, Query } from '../../visibility/tree.ts';
import type { Handler } from '../context.ts';
import { listRuns } from '../list-runs.ts';

/** The lists of times before there were queries: by time and one more thing at most. */

const { KEYWORD, DATETIME } = IndexedValueType;
const RUNNING = WorkflowExecutionStatus.RUNNING;

const keyword = (name: string): Attribute => ({ name, type: KEYWORD });
const equal = (name: string, value: string | number): Condition => ({
  kind: 'compare',
  attribute: keyword(name),
  operator: '=',
  value,
});

/** Open executions by the time they were started, and by their id or type. */
export const listOpenWorkflowExecutions: Handler<'ListOpenWorkflowExecutions'> = (request, _call, server) => {
  const conditions = [equal('ExecutionStatus', RUNNING), ...within('StartTime', request.startTimeFilter)];
  if (request.executionFilter) conditions.push(equal('WorkflowId', request.executionFilter.workflowId));
  else if (request.typeFilter) conditions.push(equal('WorkflowType', request.typeFilter.name));
  return listRuns(server, request.namespace, allOf(conditions), {
    size: request.maximumPageSize,
    token: request.nextPageToken,
  });
};

/** Closed executions by the time they were closed (whatever the filter's name), and by their id, type or status. */
export const listClosedWorkflowExecutions: Handler<'ListClosedWorkflowExecutions'> = (request, _call, server) => {
  const isClosed: Condition = {
    kind: 'is-null',
    attribute: { name: 'CloseTime', type: DATETIME },
    negated: true,
  };
  const conditions = [isClosed, ...within('CloseTime', request.startTimeFilter)];
  const { executionFilter, typeFilter, statusFilter } = request;
  if (executionFilter) conditions.push(equal('WorkflowId', executionFilter.workflowId));
  else if (typeFilter) conditions.push(equal('WorkflowType', typeFilter.name));
  else if (statusFilter) {
    const { status } = statusFilter;
    if (status === WorkflowExecutionStatus.UNSPECIFIED || status === RUNNING)
      throw invalidArgument('StatusFilter must be specified and must be not Running.');
    conditions.push(equal('ExecutionStatus', status));
  }
  return listRuns(server, request.namespace, allOf(conditions), {
    size: request.maximumPageSize,
    token: request.nextPageToken,
  });
};

const allOf = (conditions: readonly Condition[]): Query => ({
  where: { kind: 'and', of: conditions },
  orderBy: [],
  groupBy: null,
  namesDivision: false,
});

function within(name: string, filter: StartTimeFilter | null): Condition[] {
  const earliest = fromTimestamp(filter?.earliestTime ?? null);
  const latest = fromTimestamp(filter?.latestTime ?? null);
  if (earliest !== null && latest !== null && earliest > latest)
    throw invalidArgument('EarliestTime in StartTimeFilter should not be larger than LatestTime.');
  const attribute: Attribute = { name, type: DATETIME };
  const conditions: Condition[] = [];
  if (earliest !== null) conditions.push({ kind: 'compare', attribute, operator: '>=', value: earliest });
  if (latest !== null) conditions.push({ kind: 'compare', attribute, operator: '<=', value: latest });
  return conditions;
}
