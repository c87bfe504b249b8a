/** One workflow thread, seen from the worker's thread. */
import type { Worker } from 'node:worker_threads';
import { coresdk } from '@perdure/proto';
import { PassingMap } from '../../passing-map.ts';
import type { HostServices, WorkflowHost, WorkflowHostOptions, WorkflowTaskAnswer } from '../host.ts';
import { invokeWithPortableInfo } from '../patch-activation-callback.ts';
import { timedOut } from '../timed-out.ts';
import { type Activity, look, newActivity } from './activity.ts';
import type { FromThread, PatchQuestion, ThreadStart, ToThread } from './messages.ts';
import { newOutbox, type Outbox, tight } from './outbox.ts';
import { answerWith } from './patch-question.ts';
import { revived } from './sink-calls.ts';
import { takeThread } from './spare-threads.ts';
import { watch } from './watchdog.ts';

const { ScheduleLocalActivity } = coresdk.workflow_commands;

/** The thread has ended before the task was answered; `isFault` if because of this task's code. */
export type ThreadEnd = { readonly kind: 'ended'; readonly isFault: boolean; readonly message: string };

export type Thread = {
  /** Rejects if the bundle cannot be evaluated. */
  readonly ready: Promise<void>;
  readonly ended: Promise<{ readonly message: string }>;
  readonly work: (task: Uint8Array) => Promise<WorkflowTaskAnswer | ThreadEnd>;
  readonly answered: WorkflowHost['taskAnswered'];
  readonly cachedRuns: () => number;
  readonly evictAll: () => Promise<void>;
  readonly end: () => Promise<void>;
};

type State = {
  readonly worker: Worker;
  readonly outbox: Outbox<ToThread>;
  readonly activity: Activity;
  readonly services: HostServices;
  readonly options: WorkflowHostOptions;
  /** Tasks being worked on. */
  readonly tasks: PassingMap<number, (outcome: WorkflowTaskAnswer | ThreadEnd) => void>;
  readonly evictions: Map<number, () => void>;
  /** Runs whose local activities run here, to be stopped with the thread. */
  readonly withLocalActivities: Set<string>;
  cached: number;
  lastId: number;
  /** Why the thread has to end, if it is ended on purpose. */
  reason: string | null;
  isOver: boolean;
};

export function startThread(options: WorkflowHostOptions, services: HostServices): Thread {
  const state = newState(options, services);
  const { worker } = state;
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (messages: readonly FromThread[]) => {
      for (const message of messages) {
        if (message.kind === 'ready') resolve();
        else if (message.kind === 'unfit') reject(message.error);
        else hear(state, message);
      }
    });
    worker.once('exit', () => reject(new Error('the workflow thread ended before it was ready')));
  });
  ready.catch(() => undefined);
  const stopWatching = watch(state.activity, {
    limitMs: options.isolateExecutionTimeoutMs,
    hasTasks: () => state.tasks.size > 0,
    onStuck: () => {
      state.reason = timedOut(options.isolateExecutionTimeoutMs);
      void worker.terminate();
    },
  });
  const ended = new Promise<{ message: string }>((resolve) => {
    let error: Error | undefined;
    worker.once('error', (thrown) => {
      error = thrown as Error;
    });
    worker.once('exit', (code) => {
      stopWatching();
      const message = state.reason ?? error?.message ?? `the thread exited with code ${code}`;
      over(state, message);
      resolve({ message });
    });
  });
  return {
    ready,
    ended,
    work: (task) => work(state, task),
    answered: (runId, outcome) =>
      // Nothing waits for that: the run's next task brings it along.
      state.outbox.mention({
        kind: 'answered',
        runId,
        failed: 'failed' in outcome,
        resetHistoryEventId: 'failed' in outcome ? 0 : (outcome.resetHistoryEventId ?? 0),
      }),
    cachedRuns: () => state.cached,
    evictAll: () => evictAll(state),
    async end() {
      tell(state, { kind: 'shut down' });
      // A thread that does not end by itself has code that does not give way, or nothing to tell it apart from that.
      const timer = setTimeout(() => void worker.terminate(), 1_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function newState(options: WorkflowHostOptions, services: HostServices): State {
  const activity = newActivity();
  const { logger: _, patchActivationCallback, workflowThreadPoolSize, ...portable } = options;
  const maxCachedWorkflows = Math.ceil(options.maxCachedWorkflows / workflowThreadPoolSize);
  const start: ThreadStart = {
    options: { ...portable, maxCachedWorkflows },
    asksForPatches: patchActivationCallback !== undefined,
    activity: activity.buffer,
  };
  const worker = takeThread();
  worker.postMessage([{ kind: 'begin', start } satisfies ToThread]);
  return {
    worker,
    outbox: newOutbox((messages) => worker.postMessage(messages)),
    activity,
    services,
    options,
    tasks: new PassingMap(),
    evictions: new Map(),
    withLocalActivities: new Set(),
    cached: 0,
    lastId: 0,
    reason: null,
    isOver: false,
  };
}

function tell({ outbox, isOver }: State, message: ToThread): void {
  if (!isOver) outbox.say(message);
}

function work(state: State, task: Uint8Array): Promise<WorkflowTaskAnswer | ThreadEnd> {
  if (state.isOver) return Promise.resolve({ kind: 'ended', isFault: false, message: 'the thread has ended' });
  const id = ++state.lastId;
  return new Promise((resolve) => {
    state.tasks.set(id, resolve);
    tell(state, { kind: 'task', id, task: tight(task) });
  });
}

function evictAll(state: State): Promise<void> {
  if (state.isOver) return Promise.resolve();
  const id = ++state.lastId;
  return new Promise((resolve) => {
    state.evictions.set(id, resolve);
    tell(state, { kind: 'evict all', id });
  });
}

function hear(state: State, message: Exclude<FromThread, { kind: 'ready' | 'unfit' }>): void {
  const { services, options } = state;
  switch (message.kind) {
    case 'answer': {
      const resolve = state.tasks.get(message.id);
      state.tasks.delete(message.id);
      resolve?.(message.answer);
      return;
    }
    case 'page': {
      const { id } = message;
      give(state, id, services.historyPage(message.request), (page) => ({ kind: 'page', id, page: tight(page) }));
      return;
    }
    case 'local activity': {
      const { id, workflowId, runId, workflowType } = message;
      state.withLocalActivities.add(runId);
      const schedule = ScheduleLocalActivity.decode(message.schedule);
      const running = services.runLocalActivity({ workflowId, runId, workflowType, schedule });
      give(state, id, running, (outcome) => ({ kind: 'local activity', id, outcome }));
      return;
    }
    case 'cancel local activities':
      services.cancelLocalActivities(message.runId, message.seqs);
      return;
    case 'sink calls':
      services.sinkCalls(revived(message.calls));
      return;
    case 'warning':
      options.logger.warn(message.message);
      return;
    case 'cached runs':
      state.cached = message.count;
      services.cachedRunsChanged?.(message.count);
      return;
    case 'run forced out':
      services.runForcedOut?.();
      return;
    case 'evicted':
      state.evictions.get(message.id)?.();
      state.evictions.delete(message.id);
      return;
    case 'patch':
      answerPatch(options, message.question);
  }
}

function answerPatch(options: WorkflowHostOptions, question: PatchQuestion): void {
  const { patchActivationCallback, isolateExecutionTimeoutMs, logger } = options;
  const { workflowInfo, patchId, answer } = question;
  answerWith(answer, () => {
    if (!patchActivationCallback) throw new Error('there is no patchActivationCallback');
    try {
      const started = performance.now();
      const isUsed = invokeWithPortableInfo(patchActivationCallback, workflowInfo, patchId);
      // The watchdog saw nothing in the meantime: it is on this thread.
      if (performance.now() - started >= isolateExecutionTimeoutMs)
        throw new Error(timedOut(isolateExecutionTimeoutMs));
      return isUsed;
    } catch (error) {
      const { workflowId, runId, workflowType } = workflowInfo;
      logger.warn('Patch activation callback failed', { error, workflowId, runId, workflowType, patchId });
      throw error;
    }
  });
}

function give<T>(state: State, id: number, given: Promise<T>, message: (given: T) => ToThread): void {
  given.then(
    (value) => tell(state, message(value)),
    (error: Error) => tell(state, { kind: 'refused', id, message: error.message }),
  );
}

/** Tells everybody who waits for the thread that it has ended. */
function over(state: State, message: string): void {
  state.isOver = true;
  state.cached = 0;
  const { taskId } = look(state.activity);
  for (const [id, resolve] of state.tasks.entries()) {
    state.tasks.delete(id);
    resolve({ kind: 'ended', isFault: id === taskId, message });
  }
  for (const resolve of state.evictions.values()) resolve();
  for (const runId of state.withLocalActivities) state.services.cancelLocalActivities(runId, 'all');
}
