import { describe, test } from 'node:test';
import type { Scenario } from './play.ts';
import { type RunView, result } from './run-view.ts';
import { sweep } from './sweep.ts';
import { SILENCE } from './worker.ts';

/** Fails, is never heard of again, and completes with what its heartbeats told of the attempts before. */
const retriedActivity: Scenario = {
  workflows: {
    copy: (run) => result(run.activity('copy', 'copy', 'file', { heartbeatMs: 3_000, startToCloseMs: 60_000 })),
  },
  activities: {
    async copy(task) {
      const copied = Number(task.heartbeatDetails ?? 0);
      task.effect(`part ${copied}`);
      await task.heartbeat(Math.min(copied + 1, 2));
      if (copied === 0) throw new Error('the disk is busy');
      if (copied === 1) return SILENCE;
      return 'copied';
    },
  },
  async client(client) {
    await client.start('copy', 'copy');
    return client.outcome('copy');
  },
};

const PARTS = ['a', 'b', 'c', 'd', 'e'];

/** Many at once, some of them handed over with the answer to the workflow task. */
const manyActivities: Scenario = {
  workflows: {
    gather(run: RunView) {
      const steps = PARTS.map((id) => run.activity(id, 'part', id, { eager: id < 'c' }));
      return steps.map(result).join('');
    },
  },
  activities: {
    part(task) {
      task.effect(`gather ${task.input}`);
      return String(task.input).toUpperCase();
    },
  },
  async client(client) {
    await client.start('gather', 'gather');
    return client.outcome('gather');
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('an activity that fails, falls silent and completes', () => sweep(retriedActivity));
  test('many activities at once', () => sweep(manyActivities));
});
