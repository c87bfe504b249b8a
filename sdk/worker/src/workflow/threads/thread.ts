/** A workflow thread: a runner, and its half of the conversation with the worker's thread. */
import { parentPort } from 'node:worker_threads';
import { coresdk } from '@perdure/proto';
import { peekRunId } from '../../workflow-task-peek.ts';
import type { HostServices, LocalActivityOutcome, WorkflowHost } from '../host.ts';
import { createRunner } from '../runner/runner.ts';
import { type Activity, codeBegins, codeEnds } from './activity.ts';
import type { FromThread, ThreadStart, ToThread } from './messages.ts';
import { newOutbox, tight } from './outbox.ts';
import { awaitAnswer, newAnswer } from './patch-question.ts';
import { portable, portableInfo } from './sink-calls.ts';

const { ScheduleLocalActivity } = coresdk.workflow_commands;

if (!parentPort) throw new Error('this file is a thread of its own');
const port = parentPort;
/** How much code is to run, in turns of its own. */
let turnsToCome = 0;
const { say, mention, flush } = newOutbox<FromThread>(
  (messages) => port.postMessage(messages),
  () => turnsToCome > 0,
);

/** What the worker's thread was asked for and has not given yet. */
const awaited = new Map<number, { resolve: (given: never) => void; reject: (error: Error) => void }>();
let lastId = 0;

function ask<T>(question: (id: number) => FromThread): Promise<T> {
  const id = ++lastId;
  return new Promise<T>((resolve, reject) => {
    awaited.set(id, { resolve, reject });
    say(question(id));
  });
}

/** Tasks by run, the first of which is worked on. */
const tasks = new Map<string, number[]>();

const services: HostServices = {
  historyPage: (request) => ask<Uint8Array>((id) => ({ kind: 'page', id, request })),
  runLocalActivity: ({ schedule, ...run }) =>
    ask<LocalActivityOutcome>((id) => ({
      kind: 'local activity',
      id,
      ...run,
      schedule: tight(ScheduleLocalActivity.encode(schedule).finish()),
    })),
  cancelLocalActivities: (runId, seqs) => say({ kind: 'cancel local activities', runId, seqs }),
  sinkCalls: (calls) => say({ kind: 'sink calls', calls: portable(calls) }),
  cachedRunsChanged: (count) => mention({ kind: 'cached runs', count }),
  runForcedOut: () => mention({ kind: 'run forced out' }),
};

let host: WorkflowHost | undefined;

function begin({ options, asksForPatches, activity }: ThreadStart): void {
  const state: Activity = new Int32Array(activity);
  try {
    host = createRunner(options, {
      ...services,
      cutsOff: false,
      warn: (message) => say({ kind: 'warning', message }),
      codeBegins: (runId) => codeBegins(state, tasks.get(runId)?.[0] ?? 0),
      codeEnds: () => codeEnds(state),
      turnAsked: () => {
        turnsToCome++;
      },
      turnOver: () => {
        turnsToCome--;
      },
      ...(asksForPatches && {
        activatePatch(workflowInfo, patchId) {
          const answer = newAnswer();
          say({ kind: 'patch', question: { workflowInfo: portableInfo(workflowInfo), patchId, answer } });
          flush();
          return awaitAnswer(answer);
        },
      }),
    });
    say({ kind: 'ready' });
  } catch (error) {
    say({ kind: 'unfit', error: portableError(error) });
  }
}

/** An error of a context is no error to who receives it. */
function portableError(error: unknown): Error {
  const { message, stack } = error as Partial<Error>;
  return Object.assign(new Error(message ?? String(error)), stack === undefined ? {} : { stack });
}

port.on('message', (messages: readonly ToThread[]) => {
  for (const message of messages) hear(message);
});

function hear(message: ToThread): void {
  switch (message.kind) {
    case 'begin':
      begin(message.start);
      return;
    case 'task':
      void work(message.id, message.task);
      return;
    case 'answered':
      host?.taskAnswered(
        message.runId,
        message.failed ? { failed: true } : { resetHistoryEventId: message.resetHistoryEventId },
      );
      return;
    case 'page':
      settle(message.id, ({ resolve }) => resolve(message.page as never));
      return;
    case 'local activity':
      settle(message.id, ({ resolve }) => resolve(message.outcome as never));
      return;
    case 'refused':
      settle(message.id, ({ reject }) => reject(new Error(message.message)));
      return;
    case 'evict all':
      void host?.evictAll().then(() => say({ kind: 'evicted', id: message.id }));
      return;
    case 'shut down':
      void host?.shutdown().then(() => {
        flush();
        port.close();
      });
  }
}

function settle(id: number, how: (waiting: NonNullable<ReturnType<typeof awaited.get>>) => void): void {
  const waiting = awaited.get(id);
  awaited.delete(id);
  if (waiting) how(waiting);
}

async function work(id: number, task: Uint8Array): Promise<void> {
  if (!host) return;
  const runId = peekRunId(task);
  const queue = tasks.get(runId) ?? [];
  queue.push(id);
  tasks.set(runId, queue);
  const answer = await host.handleTask(task);
  queue.shift();
  if (queue.length === 0) tasks.delete(runId);
  say({ kind: 'answer', id, answer: answer.kind === 'none' ? answer : { ...answer, request: tight(answer.request) } });
}
