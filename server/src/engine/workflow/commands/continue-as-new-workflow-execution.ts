import type { ContinueAsNewWorkflowExecutionCommandAttributes } from '@perdure/api/command';
import {
  WorkflowTaskFailedCause as Cause,
  EventType,
  TaskQueueKind,
  WorkflowExecutionStatus,
} from '@perdure/api/enums';
import { validateCron } from '../../../kernel/cron.ts';
import { fillRetryPolicy, validateRetryPolicy } from '../../../kernel/retry.ts';
import { validateSearchAttributes, withTypes } from '../../../kernel/search-attributes.ts';
import { durationMs, shorter, toDuration, toDurationOrNone, validateDuration } from '../../../kernel/time.ts';
import { closeRun } from '../close.ts';
import { fieldsGiven } from '../fields.ts';
import { continueAsNew } from '../successor.ts';
import type { Transition } from '../transition.ts';
import { type ApplyCommand, outerFields, type Refused, refused, terminating } from './command.ts';

const NAME = 'ContinueAsNewWorkflowExecutionCommand';

/** CONTINUE_AS_NEW_WORKFLOW_EXECUTION: closes the run and starts the next one of the same workflow id. */
export const continueAsNewWorkflowExecution: ApplyCommand = (t, command, completion) => {
  const given = command.continueAsNewWorkflowExecutionCommandAttributes;
  if (completion.unseenEvents) return refused(Cause.UNHANDLED_COMMAND, 'UnhandledCommand');
  if (!given) return refused(Cause.BAD_CONTINUE_AS_NEW_ATTRIBUTES, `${NAME}Attributes is not set on ${NAME}.`);
  const attributes = filled(t, given);
  const refusal = check(t, attributes);
  if (refusal) return refusal;
  const { runId, backoff } = continueAsNew(t, attributes);
  const fields = fieldsGiven(attributes.memo?.fields);
  const indexedFields = fieldsGiven(attributes.searchAttributes?.indexedFields);
  closeRun(t, {
    status: WorkflowExecutionStatus.CONTINUED_AS_NEW,
    eventType: EventType.WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
    fields: {
      workflowExecutionContinuedAsNewEventAttributes: {
        newExecutionRunId: runId,
        workflowType: attributes.workflowType,
        taskQueue: attributes.taskQueue,
        input: attributes.input,
        workflowRunTimeout: attributes.workflowRunTimeout,
        workflowTaskTimeout: attributes.workflowTaskTimeout,
        workflowTaskCompletedEventId: completion.completedEventId,
        ...(backoff > 0 && { backoffStartInterval: toDuration(backoff) }),
        initiator: attributes.initiator,
        failure: attributes.failure,
        lastCompletionResult: attributes.lastCompletionResult,
        header: attributes.header,
        memo: fields && { fields },
        searchAttributes: indexedFields && { indexedFields },
      },
      ...outerFields(command),
    },
    successorRunId: runId,
  });
  return null;
};

type Attributes = ContinueAsNewWorkflowExecutionCommandAttributes;

/** Type, queue and timeouts that are left open are those of the run; memo, search attributes and the rest are not. */
function filled(t: Transition, given: Attributes): Attributes {
  const { started } = t.run;
  const execution = durationMs(started.workflowExecutionTimeout);
  const askedRun = durationMs(given.workflowRunTimeout) ? given.workflowRunTimeout : started.workflowRunTimeout;
  const run =
    validateDuration(askedRun) === null ? toDurationOrNone(shorter(durationMs(askedRun), execution)) : askedRun;
  const askedTask = durationMs(given.workflowTaskTimeout) ? given.workflowTaskTimeout : started.workflowTaskTimeout;
  const task = Math.min(durationMs(askedTask), t.limits.maxWorkflowTaskTimeout);
  return {
    ...given,
    workflowType: given.workflowType?.name ? given.workflowType : started.workflowType,
    taskQueue: {
      name: given.taskQueue?.name || (started.taskQueue?.name ?? ''),
      kind: TaskQueueKind.NORMAL,
      normalName: '',
    },
    workflowRunTimeout: run,
    workflowTaskTimeout: validateDuration(askedTask) === null ? toDuration(shorter(task, durationMs(run))) : askedTask,
    retryPolicy: given.retryPolicy ? fillRetryPolicy(given.retryPolicy) : null,
    searchAttributes: given.searchAttributes
      ? { indexedFields: withTypes(given.searchAttributes.indexedFields, t.namespace.searchAttributes) }
      : null,
  };
}

function check(t: Transition, attributes: Attributes): Refused | null {
  const cause = Cause.BAD_CONTINUE_AS_NEW_ATTRIBUTES;
  const type = attributes.workflowType?.name ?? '';
  const where = `WorkflowType=${type} TaskQueue=name:"${attributes.taskQueue?.name}"  kind:TASK_QUEUE_KIND_NORMAL`;
  const typeLength = Buffer.byteLength(type);
  if (typeLength > t.limits.maxIdLength)
    return refused(
      cause,
      `WorkflowType on ${NAME} exceeds length limit. WorkflowType=${type} Length=${typeLength} Limit=${t.limits.maxIdLength}`,
    );
  for (const name of ['workflowRunTimeout', 'workflowTaskTimeout', 'backoffStartInterval'] as const) {
    const problem = validateDuration(attributes[name]);
    if (problem)
      return refused(cause, `Invalid ${name[0]?.toUpperCase()}${name.slice(1)} on ${NAME}: ${problem}. ${where}`);
  }
  const policy = validateRetryPolicy(attributes.retryPolicy);
  if (policy) return refused(cause, `invalid WorkflowRetryPolicy on ${NAME}: ${policy}. ${where}`);
  const cron = validateCron(attributes.cronSchedule);
  if (cron) return refused(cause, cron);
  const fields = attributes.searchAttributes?.indexedFields;
  const problem = fields ? validateSearchAttributes(fields, t.namespace, t.limits) : null;
  if (problem) return refused(Cause.BAD_SEARCH_ATTRIBUTES, problem);
  if ((attributes.input?.length ?? 0) > t.limits.blobSizeError)
    return terminating(cause, `${NAME}Attributes. Input exceeds size limit.`);
  return null;
}
