import { coresdk, temporal } from '@perdure/proto';
import Long from 'long';
import { isEmpty, payloadsOf } from './payloads.ts';
import type { Command, Run } from './state.ts';

/*
 * What code asks for, as the server takes it. One function for each command; which machine goes with it is said in
 * `apply-completion.ts`.
 */

const { CommandType } = temporal.api.enums.v1;
const { VersioningIntent } = coresdk.common;

type Commands = typeof coresdk.workflow_commands;
type Asked<Name extends keyof Commands> = Commands[Name] extends { create(properties?: infer P): unknown }
  ? NonNullable<P>
  : never;

export function scheduleActivityCommand(run: Run, asked: Asked<'ScheduleActivity'>): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_SCHEDULE_ACTIVITY_TASK,
    scheduleActivityTaskCommandAttributes: {
      activityId: asked.activityId ?? '',
      activityType: { name: asked.activityType ?? '' },
      taskQueue: { name: asked.taskQueue ?? '' },
      header: { fields: asked.headers ?? {} },
      input: payloadsOf(asked.arguments),
      scheduleToCloseTimeout: asked.scheduleToCloseTimeout ?? null,
      scheduleToStartTimeout: asked.scheduleToStartTimeout ?? null,
      startToCloseTimeout: asked.startToCloseTimeout ?? null,
      heartbeatTimeout: asked.heartbeatTimeout ?? null,
      retryPolicy: asked.retryPolicy ?? null,
      requestEagerExecution: !asked.doNotEagerlyExecute,
      useWorkflowBuildId: keepsVersion(run, asked.versioningIntent, asked.taskQueue),
      priority: asked.priority ?? null,
    },
  };
}

export function requestCancelActivityCommand(scheduledEventId: number): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK,
    requestCancelActivityTaskCommandAttributes: { scheduledEventId: Long.fromNumber(scheduledEventId) },
  };
}

export function startTimerCommand({ seq, startToFireTimeout }: Asked<'StartTimer'>): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_START_TIMER,
    startTimerCommandAttributes: { timerId: String(seq ?? 0), startToFireTimeout: startToFireTimeout ?? null },
  };
}

export function startChildCommand(run: Run, asked: Asked<'StartChildWorkflowExecution'>): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_START_CHILD_WORKFLOW_EXECUTION,
    startChildWorkflowExecutionCommandAttributes: {
      workflowId: asked.workflowId ?? '',
      workflowType: { name: asked.workflowType ?? '' },
      namespace: asked.namespace ?? '',
      taskQueue: { name: asked.taskQueue ?? '' },
      header: { fields: asked.headers ?? {} },
      memo: { fields: asked.memo ?? {} },
      searchAttributes: asked.searchAttributes ?? null,
      input: payloadsOf(asked.input),
      workflowIdReusePolicy: asked.workflowIdReusePolicy ?? null,
      workflowExecutionTimeout: asked.workflowExecutionTimeout ?? null,
      workflowRunTimeout: asked.workflowRunTimeout ?? null,
      workflowTaskTimeout: asked.workflowTaskTimeout ?? null,
      retryPolicy: asked.retryPolicy ?? null,
      cronSchedule: asked.cronSchedule ?? '',
      parentClosePolicy: asked.parentClosePolicy ?? null,
      inheritBuildId: keepsVersion(run, asked.versioningIntent, asked.taskQueue),
      priority: asked.priority ?? null,
    },
  };
}

export function upsertSearchAttributesCommand(
  searchAttributes: temporal.api.common.v1.ISearchAttributes | null | undefined,
): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES,
    upsertWorkflowSearchAttributesCommandAttributes: { searchAttributes: searchAttributes ?? {} },
  };
}

export function modifyPropertiesCommand({ upsertedMemo }: Asked<'ModifyWorkflowProperties'>): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_MODIFY_WORKFLOW_PROPERTIES,
    modifyWorkflowPropertiesCommandAttributes: { upsertedMemo: upsertedMemo ?? null },
  };
}

export function completeCommand({ result }: Asked<'CompleteWorkflowExecution'>): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
    completeWorkflowExecutionCommandAttributes: { result: result ? { payloads: [result] } : null },
  };
}

export function failCommand({ failure }: Asked<'FailWorkflowExecution'>): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
    failWorkflowExecutionCommandAttributes: { failure: failure ?? null },
  };
}

export function cancelCommand(): Command {
  return {
    commandType: CommandType.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION,
    cancelWorkflowExecutionCommandAttributes: {},
  };
}

/** What code leaves out is carried over: memo, retry policy and search attributes as they are now. */
export function continueAsNewCommand(run: Run, asked: Asked<'ContinueAsNewWorkflowExecution'>): Command {
  const { started, upserted } = run;
  const memo = isEmpty(asked.memo) ? started?.memo?.fields : asked.memo;
  const attributes = { ...started?.searchAttributes?.indexedFields, ...Object.fromEntries(upserted) };
  const searchAttributes = asked.searchAttributes ?? (isEmpty(attributes) ? null : { indexedFields: attributes });
  return {
    commandType: CommandType.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
    continueAsNewWorkflowExecutionCommandAttributes: {
      workflowType: { name: asked.workflowType ?? '' },
      taskQueue: { name: asked.taskQueue ?? '' },
      input: payloadsOf(asked.arguments),
      workflowRunTimeout: asked.workflowRunTimeout ?? null,
      workflowTaskTimeout: asked.workflowTaskTimeout ?? null,
      memo: isEmpty(memo) ? null : { fields: memo ?? {} },
      header: isEmpty(asked.headers) ? null : { fields: asked.headers ?? {} },
      retryPolicy: asked.retryPolicy ?? started?.retryPolicy ?? null,
      searchAttributes,
      inheritBuildId: keepsVersion(run, asked.versioningIntent, asked.taskQueue),
      ...('initialVersioningBehavior' in asked ? { initialVersioningBehavior: asked.initialVersioningBehavior } : {}),
      ...('backoffStartInterval' in asked ? { backoffStartInterval: asked.backoffStartInterval } : {}),
    },
  };
}

/** Whether what is started is to be worked on by a compatible worker: by default if it stays on this task queue. */
function keepsVersion(run: Run, intent: number | null | undefined, taskQueue: string | null | undefined): boolean {
  if (intent === VersioningIntent.COMPATIBLE) return true;
  if (intent === VersioningIntent.DEFAULT) return false;
  return !taskQueue || taskQueue === run.info.taskQueue;
}
