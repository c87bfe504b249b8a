import type { Init } from '@perdure/api';
import type { Priority, RetryPolicy } from '@perdure/api/common';
import {
  WorkflowIdConflictPolicy as Conflict,
  ContinueAsNewInitiator,
  WorkflowIdReusePolicy as Reuse,
  TaskQueueKind,
} from '@perdure/api/enums';
import type { WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import type { StartWorkflowExecutionRequest } from '@perdure/api/workflowservice';
import { nextCronBackoff, validateCron } from '../kernel/cron.ts';
import { invalidArgument } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import { fillRetryPolicy, validateRetryPolicy } from '../kernel/retry.ts';
import {
  type SearchAttributeTypes,
  validateSearchAttributes,
  validateSearchAttributesSize,
  withTypes,
} from '../kernel/search-attributes.ts';
import {
  durationMs,
  shorter,
  toDuration,
  toDurationOrNone,
  toTimestamp,
  validateDuration,
  type WireTime,
} from '../kernel/time.ts';
import { checkTaskQueue } from './task-queue.ts';

/** The fields that a start and a signal-with-start have in common. */
export type StartFields = Pick<
  StartWorkflowExecutionRequest,
  | 'workflowId'
  | 'workflowType'
  | 'taskQueue'
  | 'input'
  | 'workflowExecutionTimeout'
  | 'workflowRunTimeout'
  | 'workflowTaskTimeout'
  | 'identity'
  | 'requestId'
  | 'workflowIdReusePolicy'
  | 'workflowIdConflictPolicy'
  | 'retryPolicy'
  | 'cronSchedule'
  | 'memo'
  | 'searchAttributes'
  | 'header'
  | 'workflowStartDelay'
  | 'priority'
>;

/** A start request that was found good: what the run will be started with, but for its run id. */
export interface StartCommand {
  readonly workflowId: string;
  readonly reuse: Reuse;
  readonly conflict: Conflict;
  readonly started: Init<WorkflowExecutionStartedEventAttributes>;
}

/** Which policies an RPC takes for granted when none are given. */
export interface StartDefaults {
  readonly conflict: Conflict;
}

const FAIRNESS_KEY_LENGTH = 64;

/** Checks a start and fills in what was left open; throws INVALID_ARGUMENT in the words of the reference. */
export function startCommand(
  request: StartFields,
  namespace: SearchAttributeTypes,
  limits: Limits,
  now: number,
  defaults: StartDefaults,
): StartCommand {
  const { workflowId, workflowType, cronSchedule } = request;
  checkWorkflowId(workflowId, limits);
  const retryPolicy = checkedRetryPolicy(request.retryPolicy);
  checkStartDelay(cronSchedule, request.workflowStartDelay);
  refuse(validateCron(cronSchedule));
  if (!workflowType || workflowType.name === '') throw invalidArgument('WorkflowType is not set on request.');
  if (Buffer.byteLength(workflowType.name) > limits.maxIdLength)
    throw invalidArgument('WorkflowType length exceeds limit.');
  checkTaskQueue(request.taskQueue, limits);
  checkTimeouts(request);
  if (Buffer.byteLength(request.requestId) > limits.maxIdLength)
    throw invalidArgument('RequestId length exceeds limit.');
  const policies = checkedPolicies(request.workflowIdReusePolicy, request.workflowIdConflictPolicy, defaults);
  const attributes = request.searchAttributes?.indexedFields;
  if (attributes)
    refuse(validateSearchAttributes(attributes, namespace, limits) ?? validateSearchAttributesSize(attributes, limits));
  checkPriority(request.priority);
  checkSizes(request, limits);
  const timeouts = filledTimeouts(request, limits);
  const backoff = firstBackoff(cronSchedule, request.workflowStartDelay, now);
  const expiration = executionExpiration(timeouts.workflowExecutionTimeout, now, durationMs(backoff));
  return {
    workflowId,
    ...policies,
    started: {
      workflowType,
      taskQueue: { name: request.taskQueue?.name ?? '', kind: TaskQueueKind.NORMAL },
      input: request.input,
      ...timeouts,
      identity: request.identity,
      attempt: 1,
      retryPolicy,
      workflowExecutionExpirationTime: expiration,
      cronSchedule,
      initiator: cronSchedule ? ContinueAsNewInitiator.CRON_SCHEDULE : ContinueAsNewInitiator.UNSPECIFIED,
      firstWorkflowTaskBackoff: backoff,
      memo: request.memo,
      searchAttributes: attributes ? { indexedFields: withTypes(attributes, namespace.searchAttributes) } : null,
      header: request.header,
      priority: request.priority,
      workflowId,
    },
  };
}

function refuse(problem: string | null): void {
  if (problem !== null) throw invalidArgument(problem);
}

export function checkWorkflowId(workflowId: string, limits: Limits): void {
  if (workflowId === '') throw invalidArgument('WorkflowId is not set on request.');
  const length = Buffer.byteLength(workflowId);
  if (length > limits.maxIdLength)
    throw invalidArgument(`WorkflowId exceeds maximum allowed length (${length}/${limits.maxIdLength})`);
}

function checkedRetryPolicy(given: RetryPolicy | null): RetryPolicy | null {
  if (!given) return null;
  const filled = fillRetryPolicy(given);
  refuse(validateRetryPolicy(filled));
  return filled;
}

function checkStartDelay(cronSchedule: string, delay: WireTime | null): void {
  if (!delay) return;
  const problem = validateDuration(delay);
  if (problem) throw invalidArgument(`An invalid WorkflowStartDelaySeconds is set on request. cause: ${problem}`);
  if (cronSchedule) throw invalidArgument('CronSchedule and WorkflowStartDelay may not be used together.');
}

function checkTimeouts(request: StartFields): void {
  const named = [
    ['WorkflowExecutionTimeout', request.workflowExecutionTimeout],
    ['WorkflowRunTimeout', request.workflowRunTimeout],
    ['WorkflowTaskTimeout', request.workflowTaskTimeout],
  ] as const;
  for (const [name, timeout] of named) {
    const problem = validateDuration(timeout);
    if (problem) throw invalidArgument(`An invalid ${name}Seconds is set on request. cause: ${problem}`);
  }
}

/** The old "terminate if running" is a reuse policy that says what today's conflict policy says. */
function checkedPolicies(
  reuse: Reuse,
  conflict: Conflict,
  defaults: StartDefaults,
): { reuse: Reuse; conflict: Conflict } {
  if (reuse === Reuse.TERMINATE_IF_RUNNING) {
    if (conflict !== Conflict.UNSPECIFIED)
      throw invalidArgument(
        'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_TERMINATE_IF_RUNNING cannot be used together with a WorkflowIDConflictPolicy',
      );
    return { reuse: Reuse.ALLOW_DUPLICATE, conflict: Conflict.TERMINATE_EXISTING };
  }
  if (reuse === Reuse.REJECT_DUPLICATE && conflict === Conflict.TERMINATE_EXISTING)
    throw invalidArgument(
      'Invalid WorkflowIDReusePolicy: WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE cannot be used together with WorkflowIdConflictPolicy WORKFLOW_ID_CONFLICT_POLICY_TERMINATE_EXISTING',
    );
  return { reuse: reuse || Reuse.ALLOW_DUPLICATE, conflict: conflict || defaults.conflict };
}

export function checkPriority(priority: Priority | null): void {
  if (!priority) return;
  if (priority.priorityKey < 0) throw invalidArgument("priority key can't be negative");
  if (Buffer.byteLength(priority.fairnessKey) > FAIRNESS_KEY_LENGTH)
    throw invalidArgument('fairness key length exceeds limit');
  if (priority.fairnessWeight < 0) throw invalidArgument('must be greater than zero');
}

function checkSizes({ input, memo }: StartFields, limits: Limits): void {
  if ((input?.length ?? 0) > limits.blobSizeError) throw invalidArgument('Blob data size exceeds limit.');
  let size = 0;
  for (const [name, value] of Object.entries(memo?.fields ?? {})) size += Buffer.byteLength(name) + value.length;
  if (size > limits.memoSizeError) throw invalidArgument('Memo size exceeds limit.');
}

/** No timeout outlasts the one around it; a workflow task has one in any case. */
function filledTimeouts(
  given: Pick<StartFields, 'workflowExecutionTimeout' | 'workflowRunTimeout' | 'workflowTaskTimeout'>,
  limits: Limits,
): Pick<
  Init<WorkflowExecutionStartedEventAttributes>,
  'workflowExecutionTimeout' | 'workflowRunTimeout' | 'workflowTaskTimeout'
> {
  const execution = durationMs(given.workflowExecutionTimeout);
  const run = shorter(durationMs(given.workflowRunTimeout), execution);
  const task = Math.min(
    durationMs(given.workflowTaskTimeout) || limits.defaultWorkflowTaskTimeout,
    limits.maxWorkflowTaskTimeout,
  );
  return {
    workflowExecutionTimeout: toDurationOrNone(execution),
    workflowRunTimeout: toDurationOrNone(run),
    workflowTaskTimeout: toDuration(shorter(task, run)),
  };
}

function firstBackoff(cronSchedule: string, delay: WireTime | null, now: number): WireTime | null {
  if (!cronSchedule) return delay;
  const backoff = nextCronBackoff(cronSchedule, now, now);
  return backoff === null ? null : toDuration(backoff);
}

function executionExpiration(
  timeout: Init<WireTime> | null | undefined,
  now: number,
  backoff: number,
): WireTime | null {
  const ms = (timeout?.seconds ?? 0) * 1000 + (timeout?.nanos ?? 0) / 1e6;
  return ms > 0 ? toTimestamp(now + backoff + ms) : null;
}
