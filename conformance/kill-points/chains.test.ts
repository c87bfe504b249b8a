import { describe, test } from 'node:test';
import { Code, ServiceError } from '@perdure/server/testing';
import type { Scenario } from './play.ts';
import { canceled, continueAsNew, type RunView, result, wait } from './run-view.ts';
import { sweep } from './sweep.ts';

interface Count {
  readonly sum: number;
  readonly round: number;
}

interface Summand {
  readonly round: number;
  readonly value: number;
}

/**
 * Each run waits for its signal, adds it, and hands over to the next. A signal that is sent again because the answer
 * got lost may come to the next run, which has never heard of it.
 */
const continuedAsNew: Scenario = {
  workflows: {
    add(run: RunView) {
      const { sum, round } = run.input as Count;
      const summand = (run.signals('add') as Summand[]).find((signal) => signal.round === round);
      if (!summand) return wait();
      result(run.activity('note', 'note', summand));
      const next = { sum: sum + summand.value, round: round + 1 };
      if (round === 3) return next.sum;
      return continueAsNew('add', next);
    },
  },
  activities: {
    note(task) {
      const { round, value } = task.input as Summand;
      task.effect(`round ${round}: ${value}`);
    },
  },
  async client(client) {
    const runId = await client.start('add', 'add', { sum: 0, round: 1 });
    for (const [index, value] of [1, 10, 100].entries()) {
      await client.signal('add', 'add', { round: index + 1, value }).catch(ignoreClosed);
      await client.sleep(100_000);
    }
    return client.outcome('add', runId);
  },
};

/** A signal whose answer got lost may have brought the workflow to its end. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof ServiceError) || error.code !== Code.NOT_FOUND) throw error;
}

/** Fails twice and is tried again by its retry policy. */
const retriedWorkflow: Scenario = {
  workflows: {
    attempt(run: RunView) {
      result(run.activity('note', 'note', run.attempt));
      if (run.attempt < 3) throw new Error(`attempt ${run.attempt}`);
      return `attempt ${run.attempt}`;
    },
  },
  activities: { note: (task) => task.effect(`attempt ${task.input}`) },
  async client(client) {
    const retryPolicy = { initialInterval: { seconds: 5 }, maximumAttempts: 5 };
    const runId = await client.start('attempt', 'attempt', null, { retryPolicy });
    return client.outcome('attempt', runId);
  },
};

/** Runs every minute and counts on from the result of the run before, until it is asked to stop. */
const cron: Scenario = {
  workflows: {
    tick(run: RunView) {
      if (run.cancelRequested) return canceled();
      const count = Number(run.lastResult ?? 0) + 1;
      result(run.activity('note', 'note', count));
      return count;
    },
  },
  activities: { note: (task) => (Number(task.input) <= 2 ? task.effect(`tick ${task.input}`) : null) },
  compare: 'last-run',
  async client(client) {
    const runId = await client.start('tick', 'tick', null, { cronSchedule: '* * * * *' });
    await client.sleep(190_000);
    await client.cancel('tick');
    return client.outcome('tick', runId);
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('a chain of runs that continue as new', () => sweep(continuedAsNew));
  test('a workflow that is retried', () => sweep(retriedWorkflow));
  test('a cron workflow', () => sweep(cron));
});
