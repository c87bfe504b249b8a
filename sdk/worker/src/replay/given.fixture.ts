import type { coresdk } from '@perdure/proto';
import { temporal } from '@perdure/proto';
import Long from 'long';
import { EventType } from './history.ts';
import {
  addPage,
  applyCompletion,
  canAnswer,
  createRun,
  feedTask,
  needsPage,
  nextActivation,
  type Run,
  takeAnswer,
} from './index.ts';

/**
 * Tests of replay as tables: a history, what the code asks for in each activation, what it is told and what is sent.
 */

type Attributes = Omit<temporal.api.history.v1.IHistoryEvent, 'eventId' | 'eventType' | 'eventTime'>;
type Kind = keyof typeof EventType extends `EVENT_TYPE_${infer Name}` ? Name : never;
export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;
export type Command = coresdk.workflow_commands.IWorkflowCommand;

export const long = (value: number): Long => Long.fromNumber(value);

/** A history that grows: ids and times are given by the place. `task` is a scheduled and a started task. */
export function history() {
  const events: HistoryEvent[] = [];
  const add = (kind: Kind, attributes: Attributes = {}): number => {
    const eventId = events.length + 1;
    const eventType = EventType[`EVENT_TYPE_${kind}`];
    events.push({
      eventId: long(eventId),
      eventType,
      eventTime: { seconds: long(1_000 + eventId), nanos: 0 },
      ...attributes,
    });
    return eventId;
  };
  const self = {
    events,
    add(kind: Kind, attributes?: Attributes) {
      add(kind, attributes);
      return self;
    },
    task() {
      const scheduledEventId = long(add('WORKFLOW_TASK_SCHEDULED'));
      add('WORKFLOW_TASK_STARTED', { workflowTaskStartedEventAttributes: { scheduledEventId } });
      return self;
    },
    completed(coreUsedFlags: number[] = [1, 2, 3]) {
      const startedEventId = long(events.length);
      const attributes = { startedEventId, sdkMetadata: { coreUsedFlags } };
      add('WORKFLOW_TASK_COMPLETED', { workflowTaskCompletedEventAttributes: attributes });
      return self;
    },
  };
  return self.add('WORKFLOW_EXECUTION_STARTED', {
    workflowExecutionStartedEventAttributes: {
      workflowType: { name: 'W' },
      taskQueue: { name: 'queue' },
      originalExecutionRunId: 'run',
      workflowTaskTimeout: { seconds: long(10) },
    },
  });
}

export function newRun(): Run {
  return createRun({
    namespace: 'default',
    workflowId: 'w',
    runId: 'run',
    workflowType: 'W',
    taskQueue: 'queue',
    sdk: { name: 'test', version: '1' },
    deploymentVersion: null,
  });
}

export interface Played {
  readonly run: Run;
  /** What the code was told, activation by activation: `init`, `activity 1 completed`. */
  readonly told: string[];
  /** The types of the commands that would be sent; null if the task cannot be answered. */
  readonly sent: string[] | null;
  readonly messages: string[];
}

/**
 * Replays a history whose last task is new, to code that asks for `asked[n]` in its nth activation. `lastIsOld` says
 * that all of it is old, as when a query is asked.
 */
export function play(
  events: readonly HistoryEvent[],
  asked: readonly (readonly Command[])[],
  { lastIsOld = false, pageSize = events.length } = {},
): Played {
  const run = newRun();
  const started = events.filter(({ eventType }) => eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED);
  const previous = started.at(lastIsOld ? -1 : -2)?.eventId;
  feedTask(run, {
    events: events.slice(0, pageSize),
    isComplete: pageSize >= events.length,
    previousStartedEventId: Number(previous ?? 0),
    messages: [],
  });
  const told: string[] = [];
  for (let given = pageSize; ; ) {
    for (; needsPage(run); given += pageSize)
      addPage(run, events.slice(given, given + pageSize), given + pageSize >= events.length);
    const activation = nextActivation(run);
    if (activation === null && !needsPage(run)) break;
    if (activation === null) continue;
    const commands = asked[told.length] ?? [];
    told.push((activation.jobs ?? []).map(jobName).join(', '));
    applyCompletion(run, { commands: [...commands] }, 5_000_000);
  }
  const answer = canAnswer(run) ? takeAnswer(run) : null;
  return {
    run,
    told,
    sent: answer?.commands.map(({ commandType }) => commandName(commandType ?? 0)) ?? null,
    messages: answer?.messages.map(({ id }) => id ?? '') ?? [],
  };
}

const { CommandType } = temporal.api.enums.v1;
const commandName = (type: temporal.api.enums.v1.CommandType): string =>
  (CommandType[type] ?? '').replace('COMMAND_TYPE_', '');

export function jobName(job: coresdk.workflow_activation.IWorkflowActivationJob): string {
  if (job.initializeWorkflow) return 'init';
  if (job.fireTimer) return `timer ${job.fireTimer.seq}`;
  if (job.notifyHasPatch) return `patch ${job.notifyHasPatch.patchId}`;
  if (job.signalWorkflow) return `signal ${job.signalWorkflow.signalName}`;
  if (job.doUpdate) return `update ${job.doUpdate.name}`;
  if (job.resolveActivity) {
    const { seq, isLocal, result } = job.resolveActivity;
    return `${isLocal ? 'local' : 'activity'} ${seq} ${outcome(result)}`;
  }
  if (job.resolveChildWorkflowExecutionStart) {
    const { seq, succeeded, cancelled } = job.resolveChildWorkflowExecutionStart;
    return `child ${seq} ${succeeded ? 'started' : cancelled ? 'start cancelled' : 'start failed'}`;
  }
  if (job.resolveChildWorkflowExecution)
    return `child ${job.resolveChildWorkflowExecution.seq} ${outcome(job.resolveChildWorkflowExecution.result)}`;
  if (job.resolveSignalExternalWorkflow) return `signal-external ${failed(job.resolveSignalExternalWorkflow)}`;
  if (job.resolveRequestCancelExternalWorkflow)
    return `cancel-external ${failed(job.resolveRequestCancelExternalWorkflow)}`;
  return Object.keys(job)[0] ?? '';
}

const failed = ({ seq, failure }: { seq?: number | null; failure?: temporal.api.failure.v1.IFailure | null }): string =>
  `${seq} ${failure ? (failure.applicationFailureInfo?.type ?? 'canceled') : 'ok'}`;

const outcome = (result: object | null | undefined): string =>
  Object.keys(result ?? {})
    .filter((key) => key !== 'toJSON')
    .join(' ');
