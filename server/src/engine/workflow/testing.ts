import type { Init } from '@perdure/api';
import { Command } from '@perdure/api/command';
import type { CommandType } from '@perdure/api/enums';
import { EventType, IndexedValueType, TaskQueueKind } from '@perdure/api/enums';
import type { HistoryEvent, WorkflowExecutionStartedEventAttributes } from '@perdure/api/history';
import { History } from '@perdure/api/history';
import { RespondWorkflowTaskCompletedRequest } from '@perdure/api/workflowservice';
import type { Limits } from '../../kernel/limits.ts';
import { defaultLimits } from '../../kernel/limits.ts';
import { seededRandom } from '../../kernel/seeded-random.ts';
import { conclude } from './conclude.ts';
import type { Creation } from './create.ts';
import { createRun } from './create.ts';
import type { Effect, Part } from './derive.ts';
import { allParts, deadlineOf, effectOf } from './derive.ts';
import { startWorkflowTask } from './machines/workflow-task.ts';
import { checkReplay } from './replay.fixture.ts';
import type { Completed } from './requests/complete-workflow-task.ts';
import { completeWorkflowTask } from './requests/complete-workflow-task.ts';
import { wake } from './requests/wake.ts';
import type { Run } from './state.ts';
import type { Context, NamespaceView, Transition } from './transition.ts';
import { begin, rollBack } from './transition.ts';

/** A run under test, and the clock it lives by. */
export interface Tested {
  readonly run: Run;
  /** Every event so far. */
  readonly history: HistoryEvent[];
  /** Epoch ms. */
  now: number;
  readonly limits: Limits;
  readonly madeUp: boolean;
}

/** When a tested run starts (epoch ms). */
export const START = 1_000_000;

export const testNamespace: NamespaceView = {
  id: 'namespace-id',
  name: 'default',
  searchAttributes: new Map([
    ['Color', IndexedValueType.KEYWORD],
    ['Size', IndexedValueType.INT],
  ]),
  idOf: () => undefined,
  retention: 0,
};

export interface TestedOptions {
  readonly started?: Init<WorkflowExecutionStartedEventAttributes>;
  readonly limits?: Partial<Limits>;
  readonly creation?: Partial<Creation>;
  /** The test makes up events or state, so that the one need not follow from the other. */
  readonly madeUp?: boolean;
}

/** A new run of workflow type `W` on task queue `queue`, waiting for its first workflow task. */
export function testRun({ started, limits, creation, madeUp = false }: TestedOptions = {}): Tested {
  const context = contextOf({ now: START, limits: { ...defaultLimits, ...limits } }, 0);
  const t = createRun(context, {
    key: { namespaceId: testNamespace.id, workflowId: 'workflow', runId: 'run' },
    requestId: 'start-request',
    started: {
      workflowType: { name: 'W' },
      taskQueue: { name: 'queue', kind: TaskQueueKind.NORMAL },
      workflowTaskTimeout: { seconds: 10, nanos: 0 },
      attempt: 1,
      workflowId: 'workflow',
      ...started,
    },
    ...creation,
  });
  const tested: Tested = { run: t.run, history: [], now: context.now, limits: context.limits, madeUp };
  concludeInto(tested, t);
  return tested;
}

function contextOf({ now, limits }: Pick<Tested, 'now' | 'limits'>, seed: number): Context {
  return { now, limits, random: seededRandom(seed, () => now), namespace: testNamespace };
}

/** One transition, concluded; a throw undoes it. */
export function change<T>(test: Tested, apply: (t: Transition) => T): T {
  const t = begin(test.run, contextOf(test, test.run.head.transitions));
  try {
    const reply = apply(t);
    concludeInto(test, t);
    return reply;
  } catch (error) {
    rollBack(t);
    throw error;
  }
}

export interface Did<T> {
  readonly reply: T;
  /** What it wrote. */
  readonly events: readonly HistoryEvent[];
}

/** One transition, and the events that it wrote. */
export function doing<T>(test: Tested, apply: (t: Transition) => T): Did<T> {
  return noting(test, () => change(test, apply));
}

function noting<T>({ history }: Tested, act: () => T): Did<T> {
  const first = history.length;
  const reply = act();
  return { reply, events: history.slice(first) };
}

function concludeInto(tested: Tested, t: Transition): void {
  const { history } = tested;
  for (const { bytes } of conclude(t)) history.push(...History.decode(bytes).events);
  if (!tested.madeUp) checkReplay(t.run, history, contextOf(tested, 0));
}

/** A worker takes the open workflow task. */
export function takeTask(test: Tested): void {
  change(test, (t) => startWorkflowTask(t, { requestId: 'task-request', identity: 'worker' }));
}

/** The worker that has the workflow task completes it. */
export function completeTask(test: Tested, ...commands: Init<Command>[]): Completed {
  const task = test.run.head.workflowTask;
  if (!task) throw new Error('there is no workflow task');
  const request = RespondWorkflowTaskCompletedRequest.decode(
    RespondWorkflowTaskCompletedRequest.encode({ identity: 'worker', commands }),
  );
  return change(test, (t) => completeWorkflowTask(t, task, request));
}

/** The same, and the events that it wrote; a worker takes the task first if none has it. */
export function completing(test: Tested, commands: Init<Command>[] = []): Did<Completed> {
  if (test.run.head.workflowTask?.startedEventId === 0) takeTask(test);
  return noting(test, () => completeTask(test, ...commands));
}

/** A worker takes the open workflow task and completes it at once. */
export function step(test: Tested, ...commands: Init<Command>[]): Completed {
  takeTask(test);
  return completeTask(test, ...commands);
}

/** Moves the clock on by so many ms, waking the run whenever it wants to be woken. */
export function pass(test: Tested, ms: number): void {
  const end = test.now + ms;
  for (let due = nextDue(test); due && due.at <= end; due = nextDue(test)) {
    test.now = Math.max(test.now, due.at);
    const { part } = due;
    change(test, (t) => wake(t, [part]));
  }
  test.now = end;
}

/** When the run next wants to be woken, and for which of its parts; null for never. */
export function nextDue({ run, now }: Tested): { readonly at: number; readonly part: Part } | null {
  let next: { at: number; part: Part } | null = null;
  for (const part of allParts(run)) {
    const at = deadlineOf(run, part, now);
    if (at !== null && (next === null || at < next.at)) next = { at, part };
  }
  return next;
}

/** What the run asks for outside of itself. */
export function effects({ run, now }: Tested): Effect[] {
  return allParts(run).flatMap((part) => effectOf(run, part, now) ?? []);
}

/** `5 ACTIVITY_TASK_SCHEDULED` and so on. */
export const outline = (events: readonly HistoryEvent[]): string[] =>
  events.map(({ eventId, eventType }) => `${eventId} ${name(eventType)}`);

/** The same, of a run's history from an event on. */
export const outlineFrom = ({ history }: Tested, first: number): string[] => outline(history.slice(first - 1));

/** `ACTIVITY_TASK_SCHEDULED` and so on. */
export const types = (events: readonly HistoryEvent[]): string[] => events.map(({ eventType }) => name(eventType));

const names = new Map<number, string>(Object.entries(EventType).map(([key, value]) => [value, key]));
const name = (type: EventType): string => names.get(type) ?? String(type);

/** The last event of a type. */
export function lastEvent({ history }: Tested, type: EventType): HistoryEvent {
  const event = history.findLast(({ eventType }) => eventType === type);
  if (!event) throw new Error(`no ${name(type)} in history`);
  return event;
}

/** A command by its type and its attributes. */
export function command(commandType: CommandType, attributes: Init<Command>): Init<Command> {
  return Command.decode(Command.encode({ commandType, ...attributes }));
}
