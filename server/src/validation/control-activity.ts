import type { WorkflowExecution } from '@perdure/api/common';
import { invalidArgument } from '../kernel/errors.ts';
import { isUuid } from '../kernel/ids.ts';
import type { Limits } from '../kernel/limits.ts';
import type { WireTime } from '../kernel/time.ts';
import { durationMs, LONGEST_DURATION_MS, validateDuration } from '../kernel/time.ts';

/** Checks of what operators ask of a workflow and of its activities. */

export function checkNamedRun(execution: WorkflowExecution | null): asserts execution is WorkflowExecution {
  if (!execution?.workflowId) throw invalidArgument('WorkflowId is not set on request.');
  if (execution.runId !== '' && !isUuid(execution.runId)) throw invalidArgument('RunId is not valid UUID.');
}

/** A jitter in ms, cut to a hundred years. */
export function checkedJitter(jitter: WireTime | null): number {
  const wrong = validateDuration(jitter);
  if (wrong !== null) throw invalidArgument(`invalid jitter: ${wrong}`);
  return Math.min(durationMs(jitter), LONGEST_DURATION_MS);
}

export interface ActivityExecutionRequest {
  readonly activityId: string;
  readonly runId: string;
  readonly identity: string;
  readonly requestId: string;
}

/** Of the requests that name an activity of a workflow as they name one of no workflow. */
export function checkActivityExecution(request: ActivityExecutionRequest, { maxIdLength }: Limits): void {
  const { activityId, runId, identity, requestId } = request;
  checkLength('request ID', requestId, maxIdLength);
  if (activityId === '') throw invalidArgument('activity ID is required');
  checkLength('activity ID', activityId, maxIdLength);
  checkLength('identity', identity, maxIdLength);
  if (runId !== '' && !isUuid(runId)) throw invalidArgument('invalid run id: must be a valid UUID');
}

function checkLength(name: string, value: string, limit: number): void {
  const length = Buffer.byteLength(value);
  if (length > limit) throw invalidArgument(`${name} exceeds length limit. Length=${length} Limit=${limit}`);
}

export interface PauseFields {
  readonly identity: string;
  readonly reason: string;
  readonly requestId: string;
}

/** Of a request that pauses a workflow, or ends its pause. */
export function checkPause({ reason, requestId, identity }: PauseFields, { maxIdLength }: Limits): void {
  for (const [name, value] of [
    ['reason', reason],
    ['request id', requestId],
    ['identity', identity],
  ] as const)
    if (Buffer.byteLength(value) > maxIdLength) throw invalidArgument(`${name} is too long.`);
}

const UPDATABLE: ReadonlySet<string> = new Set([
  'taskQueue.name',
  'scheduleToCloseTimeout',
  'scheduleToStartTimeout',
  'startToCloseTimeout',
  'heartbeatTimeout',
  'priority',
  'priority.priorityKey',
  'priority.fairnessKey',
  'priority.fairnessWeight',
  'retryPolicy',
  'retryPolicy.initialInterval',
  'retryPolicy.backoffCoefficient',
  'retryPolicy.maximumInterval',
  'retryPolicy.maximumAttempts',
  'startDelay',
]);

/** Whether options of activities have this path, given in camel case. */
export const isUpdatable = (path: string): boolean => UPDATABLE.has(path);
