import assert from 'node:assert/strict';
import { type Codec, type Init, services } from '@perdure/api';
import type { Command } from '@perdure/api/command';
import { CommandType, type EventType, HistoryEventFilterType } from '@perdure/api/enums';
import { Failure } from '@perdure/api/failure';
import { History, type HistoryEvent } from '@perdure/api/history';
import { TestService } from '@perdure/api/testservice';
import { WorkflowService } from '@perdure/api/workflowservice';
import { type ManualClock, manualClock } from './kernel/manual-clock.ts';
import type { MethodName, RequestOf, ResponseOf } from './rpc/context.ts';
import { inProcessClient } from './rpc/transport/in-process.ts';
import { createCore, type ServerOptions } from './server.ts';
import type { Storage } from './storage/contract.ts';
import { openSqlite } from './storage/sqlite/open.ts';

const RETRYABLE = Failure.encode({ message: 'failed', applicationFailureInfo: {} });

type TestMethods = typeof TestService.methods;
type Decoded<C> = C extends Codec<infer T> ? T : never;
export type Taken = ResponseOf<'PollWorkflowTaskQueue'>;
export type TakenActivity = ResponseOf<'PollActivityTaskQueue'>;
type Commands = readonly Init<Command>[];

/** A server without a socket that skips time; the clock underneath, which stands still; and who talks to it. */
export interface SkippingWorld {
  readonly base: ManualClock;
  now(): number;
  call<M extends MethodName>(method: M, request: Init<RequestOf<M>>, signal?: AbortSignal): Promise<ResponseOf<M>>;
  test<M extends keyof TestMethods>(
    method: M,
    request: Init<Decoded<TestMethods[M]['request']>>,
    signal?: AbortSignal,
  ): Promise<Decoded<TestMethods[M]['response']>>;
  sleep(ms: number, signal?: AbortSignal): Promise<unknown>;
  start(workflowId: string, more?: Init<RequestOf<'StartWorkflowExecution'>>): Promise<string>;
  /** Answers workflow tasks, one after another, until the world is closed; `fresh` is what came since the last one. */
  work(answer: (task: Taken, fresh: readonly HistoryEvent[]) => Commands): void;
  /** Does activities likewise: null leaves one unanswered, and a thrown error is its failure. */
  act(perform: (task: TakenActivity) => Promise<unknown> | null): void;
  diagnose(): readonly string[];
  readonly core: Awaited<ReturnType<typeof createCore>>;
  close(): Promise<void>;
}

export const taskQueue = { name: 'queue' };
/** Worker polls must not end by themselves while the clock underneath stands still. */
const POLL_MS = 60_000;

/** Lets everything go on until nothing does any more. */
export async function settled(turns = 30): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
}

export async function skippingWorld(
  options: ServerOptions = {},
  db = ':memory:',
  wrap = (storage: Storage): Storage => storage,
): Promise<SkippingWorld> {
  const base = (options.clock as ManualClock | undefined) ?? manualClock(Date.now());
  const storage = wrap(await openSqlite({ path: db }));
  const core = await createCore(storage, { clock: base, timeSkipping: true, ...options });
  await core.recover();
  const client = inProcessClient({ services, dispatch: core.dispatch });
  const stop = new AbortController();
  const loops: Promise<void>[] = [];

  const call: SkippingWorld['call'] = async (method, request, signal = stop.signal) => {
    const codecs: { readonly request: Codec<unknown>; readonly response: Codec<unknown> } =
      WorkflowService.methods[method];
    const body = codecs.request.encode({ namespace: 'default', ...request });
    const answer = await client.call(WorkflowService.name, method, body, {
      deadlineMs: base.now() - Date.now() + POLL_MS,
      signal,
    });
    return codecs.response.decode(answer) as ResponseOf<typeof method>;
  };
  const test: SkippingWorld['test'] = async (method, request, signal) => {
    const codecs: { readonly request: Codec<unknown>; readonly response: Codec<unknown> } = TestService.methods[method];
    const answer = await client.call(TestService.name, method, codecs.request.encode(request), {
      ...(signal && { signal }),
    });
    return codecs.response.decode(answer) as Decoded<TestMethods[typeof method]['response']>;
  };
  const loop = (each: () => Promise<void>): void => {
    const run = async (): Promise<void> => {
      while (!stop.signal.aborted) await each();
    };
    loops.push(run().catch((error: unknown) => void (stop.signal.aborted || Promise.reject(error))));
  };
  return {
    base,
    core,
    now: () => core.server.clock.now(),
    call,
    test,
    sleep: (ms, signal) => test('UnlockTimeSkippingWithSleep', { duration: seconds(ms) }, signal),
    async start(workflowId, more) {
      const workflowType = { name: 'W' };
      return (await call('StartWorkflowExecution', { workflowId, workflowType, taskQueue, ...more })).runId;
    },
    work: (answer) =>
      loop(async () => {
        const task = await call('PollWorkflowTaskQueue', { taskQueue, identity: 'worker' });
        if (task.taskToken.length === 0) return;
        const fresh = await freshEvents(call, task);
        await call('RespondWorkflowTaskCompleted', { taskToken: task.taskToken, commands: [...answer(task, fresh)] });
      }),
    act: (perform) =>
      loop(async () => {
        const task = await call('PollActivityTaskQueue', { taskQueue, identity: 'worker' });
        if (task.taskToken.length > 0) void performOne(call, task, perform);
      }),
    diagnose: () => core.diagnoseTime()?.waitsFor ?? [],
    async close() {
      stop.abort();
      await Promise.all(loops);
      await core.stop();
      await core.idle();
      await storage.close();
    },
  };
}

async function freshEvents(call: SkippingWorld['call'], task: Taken): Promise<HistoryEvent[]> {
  const all = [...events(task.history)];
  for (let { nextPageToken } = task; nextPageToken.length > 0; ) {
    const page = await call('GetWorkflowExecutionHistory', { execution: task.workflowExecution, nextPageToken });
    all.push(...events(page.history));
    nextPageToken = page.nextPageToken;
  }
  return all.filter(({ eventId }) => eventId > task.previousStartedEventId);
}

export const events = (history: Uint8Array | null): readonly HistoryEvent[] =>
  History.decode(history ?? new Uint8Array(0)).events;

async function performOne(
  call: SkippingWorld['call'],
  task: TakenActivity,
  perform: (task: TakenActivity) => Promise<unknown> | null,
): Promise<void> {
  const { taskToken } = task;
  const done = perform(task);
  if (done === null) return;
  const succeeded = await done.then(
    () => true,
    () => false,
  );
  // A task that timed out meanwhile is nobody's any more.
  if (succeeded) await call('RespondActivityTaskCompleted', { taskToken }).catch(() => {});
  else await call('RespondActivityTaskFailed', { taskToken, failure: RETRYABLE }).catch(() => {});
}

export const seconds = (ms: number) => ({ seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 });

export const completeWorkflow: Init<Command> = {
  commandType: CommandType.COMPLETE_WORKFLOW_EXECUTION,
  completeWorkflowExecutionCommandAttributes: {},
};

export const startTimer = (timerId: string, ms: number): Init<Command> => ({
  commandType: CommandType.START_TIMER,
  startTimerCommandAttributes: { timerId, startToFireTimeout: seconds(ms) },
});

export const scheduleActivity = (
  activityId: string,
  more: Init<Command>['scheduleActivityTaskCommandAttributes'] = {},
): Init<Command> => ({
  commandType: CommandType.SCHEDULE_ACTIVITY_TASK,
  scheduleActivityTaskCommandAttributes: {
    activityId,
    activityType: { name: 'A' },
    taskQueue,
    startToCloseTimeout: seconds(60_000),
    ...more,
  },
});

/** Runs a test in a world of its own, in which nothing may go wrong that is a bug. Time is unlocked, unless `options` say otherwise. */
export async function inWorld(
  run: (world: SkippingWorld) => Promise<void>,
  options: ServerOptions = { timeSkipping: 'unlocked' },
): Promise<void> {
  const bugs: unknown[] = [];
  const world = await skippingWorld({ onBug: (bug) => bugs.push(bug), ...options });
  try {
    await run(world);
  } finally {
    await world.close();
  }
  assert.deepEqual(bugs, []);
}

export const timeOf = ({ eventTime }: HistoryEvent): number =>
  (eventTime?.seconds ?? 0) * 1000 + (eventTime?.nanos ?? 0) / 1_000_000;
export const typesOf = (all: readonly HistoryEvent[]): EventType[] => all.map(({ eventType }) => eventType);

export async function historyOf(
  { call }: SkippingWorld,
  workflowId: string,
  runId = '',
): Promise<readonly HistoryEvent[]> {
  const { history } = await call('GetWorkflowExecutionHistory', { execution: { workflowId, runId } });
  return events(history);
}

/** Waits for the last run of a workflow to close, and says how, and when, in ms since the first one began. */
export async function ending(world: SkippingWorld, workflowId: string): Promise<{ status: number; after: number }> {
  let began: number | null = null;
  for (let runId = ''; ; ) {
    const execution = { workflowId, runId };
    const wait = { waitNewEvent: true, historyEventFilterType: HistoryEventFilterType.CLOSE_EVENT };
    began ??= timeOf((await historyOf(world, workflowId))[0] as HistoryEvent);
    const [close] = events((await world.call('GetWorkflowExecutionHistory', { execution, ...wait })).history);
    assert.ok(close, `${workflowId} did not close: ${world.diagnose().join('; ')}`);
    runId = close.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? '';
    if (runId !== '') continue;
    const { workflowExecutionInfo } = await world.call('DescribeWorkflowExecution', { execution: { workflowId } });
    return { status: workflowExecutionInfo?.status ?? 0, after: timeOf(close) - began };
  }
}

/** Completes once the history holds an event of this type; begins with the commands given. */
export const beginsWith =
  (first: (task: Taken) => readonly object[], until: EventType) =>
  (task: Taken, fresh: readonly HistoryEvent[]): readonly object[] => {
    if (task.previousStartedEventId === 0) return first(task);
    return typesOf(fresh).includes(until) ? [completeWorkflow] : [];
  };
