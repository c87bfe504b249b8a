import type { Init } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, EventType, ParentClosePolicy } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import type { HistoryEvent } from '@perdure/api/history';
import { fromPayloads, toPayloads } from './payload.ts';
import type { Asked, UpdateView, updatesOf } from './update-view.ts';

/**
 * A workflow as a function of its history: it is called anew for every task, reads in the history how far things have
 * come, asks for what comes next, and stops at the first result that is not there yet. So it needs no replay.
 */
export type Workflow = (run: RunView) => unknown;

/** Something that was asked for and ends some day. */
export type Step =
  | { readonly state: 'pending' }
  | { readonly state: 'done'; readonly value: unknown }
  | { readonly state: 'failed'; readonly message: string };

export interface RunView {
  readonly events: readonly HistoryEvent[];
  readonly input: unknown;
  readonly attempt: number;
  readonly runId: string;
  readonly cancelRequested: boolean;
  /** The result of the run before this one in a chain. */
  readonly lastResult: unknown;
  /** What signals of this name brought so far. */
  signals(name: string): unknown[];
  activity(id: string, type: string, input?: unknown, options?: ActivityOptions): Step;
  timer(id: string, ms: number): Step;
  cancelTimer(id: string): void;
  child(workflowId: string, type: string, input?: unknown, options?: ChildOptions): Step;
  /** Done with the child's run id as soon as it runs. */
  childStarted(workflowId: string): Step;
  /** The n-th signal to a workflow. */
  signalExternal(workflowId: string, name: string, input: unknown, nth?: number): Step;
  cancelExternal(workflowId: string): Step;
  readonly updates: readonly UpdateView[];
  /** What the worker is to do, in this order. */
  readonly asked: Asked[];
}

export interface ActivityOptions {
  readonly startToCloseMs?: number;
  readonly heartbeatMs?: number;
  readonly maximumAttempts?: number;
  readonly eager?: boolean;
}

export interface ChildOptions {
  /** Default: TERMINATE. */
  readonly parentClosePolicy?: ParentClosePolicy;
  /** Default: none, so that a failure is final. */
  readonly maximumAttempts?: number;
}

/** Thrown to wait for what is pending. */
const SUSPENDED = new Error('suspended');

/** Thrown by a workflow to end its run as something else than completed. */
class Ending extends Error {
  readonly command: Init<Command>;
  constructor(command: Init<Command>) {
    super('ending');
    this.command = command;
  }
}

/** The value of a step; waits for one that is pending. A failed one throws. */
export function result(step: Step): unknown {
  if (step.state === 'pending') throw SUSPENDED;
  if (step.state === 'failed') throw new Error(step.message);
  return step.value;
}

/** Waits until it is true. */
export function until(condition: boolean): void {
  if (!condition) wait();
}

/** Waits for something to happen. */
export function wait(): never {
  throw SUSPENDED;
}

export function continueAsNew(type: string, input: unknown): never {
  throw new Ending({
    commandType: CommandType.CONTINUE_AS_NEW_WORKFLOW_EXECUTION,
    continueAsNewWorkflowExecutionCommandAttributes: {
      workflowType: { name: type },
      taskQueue: { name: QUEUE },
      input: toPayloads(input),
    },
  });
}

export function canceled(): never {
  throw new Ending({
    commandType: CommandType.CANCEL_WORKFLOW_EXECUTION,
    cancelWorkflowExecutionCommandAttributes: {},
  });
}

/** Where all workflows and activities of a world run. */
export const QUEUE = 'queue';

/** What the worker is to do after what the history says. */
export function decide(workflow: Workflow, run: RunView): readonly Asked[] {
  try {
    const value = workflow(run);
    const attributes = { completeWorkflowExecutionCommandAttributes: { result: toPayloads(value) } };
    run.asked.push({ command: { commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION, ...attributes } });
  } catch (error) {
    if (error instanceof Ending) run.asked.push({ command: error.command });
    else if (error !== SUSPENDED) run.asked.push({ command: failed((error as Error).message) });
  }
  return run.asked;
}

const failed = (message: string): Init<Command> => ({
  commandType: CommandType.FAIL_WORKFLOW_EXECUTION,
  failWorkflowExecutionCommandAttributes: {
    failure: Failure.encode({ message, applicationFailureInfo: { type: 'Failed' } }),
  },
});

const PENDING: Step = { state: 'pending' };
const done = (value: unknown): Step => ({ state: 'done', value });
const failedStep = (failure: Uint8Array | null | undefined): Step => ({
  state: 'failed',
  message: failure ? Failure.decode(failure).message : '',
});

const duration = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1e6 });

export function viewOf(events: readonly HistoryEvent[], updates: ReturnType<typeof updatesOf>): RunView {
  const asked: Asked[] = [];
  const ask = (commandType: CommandType, attributes: Init<Command>): Step => {
    asked.push({ command: { commandType, ...attributes } });
    return PENDING;
  };
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (!started) throw new Error('a history that does not begin with a start');
  const find = (matches: (event: HistoryEvent) => unknown) => events.find((event) => matches(event));
  return {
    events,
    asked,
    updates: updates(asked),
    input: fromPayloads(started.input),
    attempt: started.attempt,
    runId: started.originalExecutionRunId,
    lastResult: fromPayloads(started.lastCompletionResult),
    cancelRequested: events.some(({ eventType }) => eventType === EventType.WORKFLOW_EXECUTION_CANCEL_REQUESTED),
    signals: (name) =>
      events.flatMap(({ workflowExecutionSignaledEventAttributes: signal }) =>
        signal?.signalName === name ? [fromPayloads(signal.input)] : [],
      ),
    activity(activityId, type, input, { startToCloseMs = 10_000, heartbeatMs, maximumAttempts = 0, eager } = {}) {
      const scheduled = find((event) => event.activityTaskScheduledEventAttributes?.activityId === activityId);
      if (scheduled) return activityStep(events, scheduled.eventId);
      return ask(CommandType.SCHEDULE_ACTIVITY_TASK, {
        scheduleActivityTaskCommandAttributes: {
          activityId,
          activityType: { name: type },
          taskQueue: { name: QUEUE },
          input: toPayloads(input),
          startToCloseTimeout: duration(startToCloseMs),
          heartbeatTimeout: heartbeatMs ? duration(heartbeatMs) : null,
          retryPolicy: { initialInterval: duration(500), maximumInterval: duration(4000), maximumAttempts },
          requestEagerExecution: eager ?? false,
        },
      });
    },
    timer(timerId, ms) {
      if (find((event) => event.timerFiredEventAttributes?.timerId === timerId)) return done(null);
      if (find((event) => event.timerStartedEventAttributes?.timerId === timerId)) return PENDING;
      return ask(CommandType.START_TIMER, {
        startTimerCommandAttributes: { timerId, startToFireTimeout: duration(ms) },
      });
    },
    cancelTimer(timerId) {
      const isOver = find(
        (event) =>
          event.timerFiredEventAttributes?.timerId === timerId ||
          event.timerCanceledEventAttributes?.timerId === timerId,
      );
      if (!isOver) ask(CommandType.CANCEL_TIMER, { cancelTimerCommandAttributes: { timerId } });
    },
    child(workflowId, type, input, { parentClosePolicy = ParentClosePolicy.TERMINATE, maximumAttempts = 1 } = {}) {
      const initiated = find(
        (event) => event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowId === workflowId,
      );
      if (initiated) return childStep(events, initiated.eventId);
      return ask(CommandType.START_CHILD_WORKFLOW_EXECUTION, {
        startChildWorkflowExecutionCommandAttributes: {
          workflowId,
          workflowType: { name: type },
          taskQueue: { name: QUEUE },
          input: toPayloads(input),
          parentClosePolicy,
          retryPolicy: { initialInterval: duration(500), maximumAttempts },
        },
      });
    },
    childStarted(workflowId) {
      const event = find(
        ({ childWorkflowExecutionStartedEventAttributes: child }) =>
          child?.workflowExecution?.workflowId === workflowId,
      );
      const execution = event?.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
      return execution ? done(execution.runId) : PENDING;
    },
    signalExternal(workflowId, signalName, input, nth = 1) {
      const initiated = events.filter(
        ({ signalExternalWorkflowExecutionInitiatedEventAttributes: signal }) =>
          signal?.workflowExecution?.workflowId === workflowId && signal.signalName === signalName,
      )[nth - 1];
      if (initiated) return externalStep(events, initiated.eventId);
      return ask(CommandType.SIGNAL_EXTERNAL_WORKFLOW_EXECUTION, {
        signalExternalWorkflowExecutionCommandAttributes: {
          execution: { workflowId },
          signalName,
          input: toPayloads(input),
        },
      });
    },
    cancelExternal(workflowId) {
      const initiated = find(
        ({ requestCancelExternalWorkflowExecutionInitiatedEventAttributes: cancel }) =>
          cancel?.workflowExecution?.workflowId === workflowId,
      );
      if (initiated) return externalStep(events, initiated.eventId);
      return ask(CommandType.REQUEST_CANCEL_EXTERNAL_WORKFLOW_EXECUTION, {
        requestCancelExternalWorkflowExecutionCommandAttributes: { workflowId },
      });
    },
  };
}

function activityStep(events: readonly HistoryEvent[], scheduledEventId: number): Step {
  for (const event of events) {
    const completed = event.activityTaskCompletedEventAttributes;
    if (completed?.scheduledEventId === scheduledEventId) return done(fromPayloads(completed.result));
    const failed = event.activityTaskFailedEventAttributes ?? event.activityTaskTimedOutEventAttributes;
    if (failed?.scheduledEventId === scheduledEventId) return failedStep(failed.failure);
    if (event.activityTaskCanceledEventAttributes?.scheduledEventId === scheduledEventId) return failedStep(null);
  }
  return PENDING;
}

function childStep(events: readonly HistoryEvent[], initiatedEventId: number): Step {
  for (const event of events) {
    const completed = event.childWorkflowExecutionCompletedEventAttributes;
    if (completed?.initiatedEventId === initiatedEventId) return done(fromPayloads(completed.result));
    const failed = event.childWorkflowExecutionFailedEventAttributes;
    if (failed?.initiatedEventId === initiatedEventId) return failedStep(failed.failure);
    const ended =
      event.childWorkflowExecutionCanceledEventAttributes ??
      event.childWorkflowExecutionTerminatedEventAttributes ??
      event.childWorkflowExecutionTimedOutEventAttributes ??
      event.startChildWorkflowExecutionFailedEventAttributes;
    if (ended?.initiatedEventId === initiatedEventId) return failedStep(null);
  }
  return PENDING;
}

function externalStep(events: readonly HistoryEvent[], initiatedEventId: number): Step {
  for (const event of events) {
    const reached =
      event.externalWorkflowExecutionSignaledEventAttributes ??
      event.externalWorkflowExecutionCancelRequestedEventAttributes;
    if (reached?.initiatedEventId === initiatedEventId) return done(null);
    const failed =
      event.signalExternalWorkflowExecutionFailedEventAttributes ??
      event.requestCancelExternalWorkflowExecutionFailedEventAttributes;
    if (failed?.initiatedEventId === initiatedEventId) return { state: 'failed', message: 'not delivered' };
  }
  return PENDING;
}
