import { describe, test } from 'node:test';
import { ParentClosePolicy } from '@perdure/api/enums';
import type { Scenario } from './play.ts';
import { canceled, type RunView, result, until } from './run-view.ts';
import { sweep } from './sweep.ts';

/** Takes the result of one child, the failure of another, and leaves three behind: one by each parent close policy. */
const children: Scenario = {
  workflows: {
    parent(run: RunView) {
      const worker = run.child('worker', 'work', 'ore');
      const failing = run.child('failing', 'fail');
      run.child('terminated', 'wait', null, { parentClosePolicy: ParentClosePolicy.TERMINATE });
      run.child('cancelled', 'wait', null, { parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL });
      run.child('abandoned', 'wait', null, { parentClosePolicy: ParentClosePolicy.ABANDON });
      const made = result(worker);
      until(failing.state !== 'pending');
      for (const id of ['terminated', 'cancelled', 'abandoned']) result(run.childStarted(id));
      return [made, failing.state];
    },
    work: (run) => result(run.activity('work', 'work', run.input)),
    fail() {
      throw new Error('as planned');
    },
    wait(run: RunView) {
      if (run.cancelRequested) return canceled();
      until(run.signals('go').length > 0);
      return 'gone';
    },
  },
  activities: {
    work(task) {
      task.effect(`work on ${task.input}`);
      return `metal from ${task.input}`;
    },
  },
  async client(client) {
    await client.start('parent', 'parent');
    const parent = await client.outcome('parent');
    const left = await Promise.all(['terminated', 'cancelled'].map((id) => client.outcome(id)));
    await client.signal('abandoned', 'go');
    return [parent, ...left, await client.outcome('abandoned')];
  },
};

/** The result of a child that carries on in other runs comes from the last of them. */
const childChain: Scenario = {
  workflows: {
    parent: (run) => result(run.child('child', 'child', null, { maximumAttempts: 3 })),
    child(run: RunView) {
      result(run.timer('while', 1_000));
      if (run.attempt === 1) throw new Error('not yet');
      return `attempt ${run.attempt}`;
    },
  },
  async client(client) {
    await client.start('parent', 'parent');
    return client.outcome('parent');
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('children and the end of their parent', () => sweep(children));
  test('a child that is retried', () => sweep(childChain));
});
