/**
 * Workflow threads, so that code which never gives way can be stopped: its thread is ended, its task fails, and the
 * other tasks of the thread go to the one that takes its place, which replays their runs.
 */

import { peekRunId } from '../../workflow-task-peek.ts';
import type { HostServices, WorkflowHost, WorkflowHostOptions, WorkflowTaskAnswer } from '../host.ts';
import { cutOffAnswer } from './cut-off.ts';
import { startThread, type Thread, type ThreadEnd } from './thread-handle.ts';

type Pool = {
  readonly options: WorkflowHostOptions;
  readonly services: HostServices;
  readonly threads: Thread[];
  isOver: boolean;
};

/** Starts the threads. Rejects if the bundle cannot be evaluated. */
export async function createThreadPool(options: WorkflowHostOptions, services: HostServices): Promise<WorkflowHost> {
  const pool: Pool = { options, services, threads: [], isOver: false };
  for (let place = 0; place < options.workflowThreadPoolSize; place++) pool.threads.push(start(pool, place));
  await Promise.all(pool.threads.map(({ ready }) => ready));
  return {
    handleTask: (task) => handle(pool, task),
    taskAnswered: (runId, outcome) => threadOf(pool, runId).answered(runId, outcome),
    cachedRuns: () => cachedRuns(pool),
    async evictAll() {
      await Promise.all(pool.threads.map((thread) => thread.evictAll()));
    },
    async shutdown() {
      pool.isOver = true;
      await Promise.all(pool.threads.map((thread) => thread.end()));
    },
  };
}

function start(pool: Pool, place: number): Thread {
  const thread = startThread(pool.options, {
    ...pool.services,
    cachedRunsChanged: () => pool.services.cachedRunsChanged?.(cachedRuns(pool)),
  });
  void thread.ended.then((end) => {
    if (pool.isOver) return;
    pool.options.logger.warn('A workflow thread has ended; another takes its place', { reason: end.message });
    pool.threads[place] = start(pool, place);
    pool.services.cachedRunsChanged?.(cachedRuns(pool));
  });
  return thread;
}

const cachedRuns = ({ threads }: Pool) => threads.reduce((sum, thread) => sum + thread.cachedRuns(), 0);

/** A run stays with its thread. */
function threadOf({ threads }: Pool, runId: string): Thread {
  let hash = 0;
  if (threads.length > 1) for (let at = 0; at < runId.length; at++) hash = (hash * 31 + runId.charCodeAt(at)) | 0;
  const thread = threads[Math.abs(hash) % threads.length];
  if (!thread) throw new Error('there is no workflow thread');
  return thread;
}

async function handle(pool: Pool, task: Uint8Array): Promise<WorkflowTaskAnswer> {
  const runId = peekRunId(task);
  for (;;) {
    const outcome: WorkflowTaskAnswer | ThreadEnd = await threadOf(pool, runId).work(task);
    if (outcome.kind !== 'ended') return outcome;
    if (outcome.isFault || pool.isOver) return cutOffAnswer(task, outcome.message);
  }
}
