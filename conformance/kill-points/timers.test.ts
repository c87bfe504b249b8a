import { describe, test } from 'node:test';
import type { Scenario } from './play.ts';
import { type RunView, result } from './run-view.ts';
import { sweep } from './sweep.ts';

/** One timer after the other, and one that is called off. */
const timers: Scenario = {
  workflows: {
    wait(run: RunView) {
      const long = run.timer('long', 24 * 3_600_000);
      result(run.timer('short', 500));
      result(run.timer('minutes', 150_000));
      if (long.state === 'pending') run.cancelTimer('long');
      result(run.activity('note', 'note', 'over'));
      return 'waited';
    },
  },
  activities: { note: (task) => task.effect('noted') },
  async client(client) {
    await client.start('wait', 'wait');
    return client.outcome('wait');
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('timers, one of them cancelled', () => sweep(timers));
});
