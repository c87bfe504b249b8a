import type { StartChildWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import { Memo } from '@perdure/api/common';
import {
  WorkflowTaskFailedCause as Cause,
  EventType,
  ParentClosePolicy,
  TaskQueueKind,
  WorkflowIdReusePolicy,
} from '@perdure/api/enums';
import { validateCron } from '../../../kernel/cron.ts';
import { fillRetryPolicy, validateRetryPolicy } from '../../../kernel/retry.ts';
import {
  validateSearchAttributes,
  validateSearchAttributesSize,
  withTypes,
} from '../../../kernel/search-attributes.ts';
import {
  durationMs,
  shorter,
  toDuration,
  toDurationOrNone,
  validateDuration,
  type WireTime,
} from '../../../kernel/time.ts';
import { addEvent } from '../events.ts';
import { forChild } from '../time-skipping.ts';
import { put, type Transition } from '../transition.ts';
import { type ApplyCommand, outerFields, type Refused, refused, terminating } from './command.ts';
import { CROSS_NAMESPACE, isOtherNamespace } from './other-execution.ts';

const NAME = 'StartChildWorkflowExecutionCommand';
const BAD = Cause.BAD_START_CHILD_EXECUTION_ATTRIBUTES;
type Attributes = StartChildWorkflowExecutionCommandAttributes;

/** START_CHILD_WORKFLOW_EXECUTION: the child is started after the task. What the command leaves open is filled in here. */
export const startChildWorkflowExecution: ApplyCommand = (t, command, { completedEventId }) => {
  const given = command.startChildWorkflowExecutionCommandAttributes;
  if (!given) return refused(BAD, `${NAME}Attributes is not set on ${NAME}.`);
  const retryPolicy = given.retryPolicy ? fillRetryPolicy(given.retryPolicy) : null;
  const refusal = check(t, { ...given, retryPolicy, namespace: given.namespace || t.namespace.name });
  if (refusal) return refusal;
  const { id: namespaceId, name: namespace, searchAttributes: types } = t.namespace;
  const parentClosePolicy = given.parentClosePolicy || ParentClosePolicy.TERMINATE;
  const fields = given.searchAttributes?.indexedFields;
  const initiatedEventId = addEvent(t, EventType.START_CHILD_WORKFLOW_EXECUTION_INITIATED, {
    startChildWorkflowExecutionInitiatedEventAttributes: {
      namespace,
      namespaceId,
      workflowId: given.workflowId,
      workflowType: given.workflowType,
      taskQueue: { name: given.taskQueue?.name || t.run.started.taskQueue?.name, kind: TaskQueueKind.NORMAL },
      input: given.input,
      ...timeouts(t, given),
      parentClosePolicy,
      control: given.control,
      workflowTaskCompletedEventId: completedEventId,
      workflowIdReusePolicy: given.workflowIdReusePolicy || WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      retryPolicy,
      cronSchedule: given.cronSchedule,
      header: given.header,
      memo: given.memo,
      searchAttributes: fields ? { indexedFields: withTypes(fields, types) } : null,
      inheritBuildId: given.inheritBuildId,
      priority: given.priority,
      versioningOverride: given.versioningOverride,
      ...forChild(t.run),
    },
    ...outerFields(command),
  });
  put(t, 'children', initiatedEventId, {
    initiatedEventId,
    namespace,
    namespaceId,
    workflowId: given.workflowId,
    workflowType: given.workflowType?.name ?? '',
    requestId: t.random.uuid(),
    runId: '',
    startedEventId: 0,
    parentClosePolicy,
    state: 'initiated',
  });
  return null;
};

/** No timeout outlasts the one around it; a workflow task has one in any case. */
function timeouts(t: Transition, given: Attributes) {
  const { defaultWorkflowTaskTimeout, maxWorkflowTaskTimeout } = t.limits;
  const execution = durationMs(given.workflowExecutionTimeout);
  const run = shorter(durationMs(given.workflowRunTimeout), execution);
  const task = Math.min(durationMs(given.workflowTaskTimeout) || defaultWorkflowTaskTimeout, maxWorkflowTaskTimeout);
  return {
    workflowExecutionTimeout: given.workflowExecutionTimeout,
    workflowRunTimeout: toDurationOrNone(run),
    workflowTaskTimeout: toDuration(shorter(task, run)),
  };
}

function check(t: Transition, attributes: Attributes): Refused | null {
  const { limits } = t;
  const { workflowId, namespace, memo, input, searchAttributes } = attributes;
  const type = attributes.workflowType?.name ?? '';
  if (isOtherNamespace(t, namespace)) return refused(BAD, CROSS_NAMESPACE);
  const problem = checkNames(t, attributes, type) ?? checkRest(t, attributes, type);
  if (problem !== null) return refused(BAD, problem);
  const where = `WorkflowId=${workflowId} WorkflowType=${type} Namespace=${namespace}`;
  const fields = searchAttributes?.indexedFields;
  const unfit = fields ? validateSearchAttributes(fields, t.namespace, limits) : null;
  if (unfit !== null)
    return refused(
      Cause.BAD_SEARCH_ATTRIBUTES,
      // Names are looked up before the rest is checked.
      unfit.includes('has no mapping')
        ? unfit
        : `invalid SearchAttributes on StartChildWorkflowCommand: ${unfit}. ${where}`,
    );
  if ((input?.length ?? 0) > limits.blobSizeError)
    return terminating(BAD, `${NAME}Attributes. Input exceeds size limit.`);
  if (memo && Memo.encode(memo).length > limits.memoSizeError)
    return terminating(BAD, `${NAME}Attributes.Memo exceeds size limit.`);
  const tooLarge = fields ? validateSearchAttributesSize(fields, limits) : null;
  if (tooLarge !== null) return terminating(BAD, tooLarge);
  const { size } = t.run.children;
  if (size >= limits.maxPendingChildren)
    return refused(
      Cause.PENDING_CHILD_WORKFLOWS_LIMIT_EXCEEDED,
      `the number of pending child workflow executions, ${size}, has reached the per-workflow limit of ${limits.maxPendingChildren}`,
    );
  return null;
}

function checkNames(t: Transition, { workflowId, namespace }: Attributes, type: string): string | null {
  const { maxIdLength } = t.limits;
  if (workflowId === '')
    return `Required field WorkflowId is not set on ${NAME}. WorkflowType=${type} Namespace=${namespace}`;
  if (type === '')
    return `Required field WorkflowType is not set on ${NAME}. WorkflowId=${workflowId} Namespace=${namespace}`;
  if (workflowId.length > maxIdLength)
    return `WorkflowId on ${NAME} exceeds length limit. WorkflowId=${workflowId} Length=${workflowId.length} Limit=${maxIdLength} WorkflowType=${type} Namespace=${namespace}`;
  if (type.length > maxIdLength)
    return `WorkflowType on ${NAME} exceeds length limit. WorkflowId=${workflowId} WorkflowType=${type} Length=${type.length} Limit=${maxIdLength} Namespace=${namespace}`;
  return null;
}

const FAIRNESS_KEY_LENGTH = 64;
const RESERVED_QUEUES = '/_sys/';

function checkRest(t: Transition, attributes: Attributes, type: string): string | null {
  const { priority, taskQueue } = attributes;
  const where = `WorkflowId=${attributes.workflowId} WorkflowType=${type} Namespace=${attributes.namespace}`;
  for (const name of ['workflowExecutionTimeout', 'workflowRunTimeout', 'workflowTaskTimeout'] as const) {
    const problem = validateDuration(attributes[name] as WireTime | null);
    if (problem !== null) return `Invalid W${name.slice(1)} on ${NAME}: ${problem}. ${where}`;
  }
  const retry = validateRetryPolicy(attributes.retryPolicy);
  if (retry !== null) return `invalid WorkflowRetryPolicy on ${NAME}: ${retry}. ${where}`;
  const cron = validateCron(attributes.cronSchedule);
  if (cron !== null) return `invalid CronSchedule on ${NAME}: ${cron}. ${where}`;
  if (priority) {
    if (priority.priorityKey < 0) return "priority key can't be negative";
    if (priority.fairnessKey.length > FAIRNESS_KEY_LENGTH) return 'fairness key length exceeds limit';
    if (priority.fairnessWeight < 0) return 'must be greater than zero';
  }
  const queue = taskQueue?.name ?? '';
  const inQueue = `invalid TaskQueue on ${NAME}`;
  if (queue.length > t.limits.maxIdLength) return `${inQueue}: taskQueue length exceeds limit. ${where}`;
  if (queue.startsWith(RESERVED_QUEUES))
    return `${inQueue}: task queue name cannot start with reserved prefix ${RESERVED_QUEUES}. ${where}`;
  return null;
}
