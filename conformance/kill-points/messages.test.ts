import { describe, test } from 'node:test';
import type { Scenario } from './play.ts';
import { canceled, type RunView, result, until } from './run-view.ts';
import { sweep } from './sweep.ts';

const sum = (values: readonly unknown[]): number => values.reduce<number>((total, value) => total + Number(value), 0);

/** The same call starts the workflow, then only signals it. Every signal counts once, however often it was sent. */
const signalWithStart: Scenario = {
  workflows: {
    basket(run: RunView) {
      until(run.signals('done').length > 0);
      result(run.activity('pay', 'pay', sum(run.signals('add'))));
      return sum(run.signals('add'));
    },
  },
  activities: { pay: (task) => task.effect(`pay ${task.input}`) },
  async client(client) {
    for (const price of [1, 10, 100]) await client.signalWithStart('basket', 'basket', null, 'add', price);
    await Promise.all([client.signal('basket', 'add', 1000), client.signal('basket', 'add', 10_000)]);
    await client.signal('basket', 'done');
    return client.outcome('basket');
  },
};

/** Updates are accepted, work on, and are answered; one is turned down. */
const updates: Scenario = {
  workflows: {
    counter(run: RunView) {
      let total = 0;
      for (const update of run.updates) {
        if (Number(update.input) < 0) {
          update.reject('only upwards');
          continue;
        }
        total += Number(update.input);
        update.accept();
        const noted = run.activity(`note-${update.input}`, 'note', update.input);
        if (update.state !== 'completed' && noted.state === 'done') update.complete(`counted ${update.input}`);
      }
      until(run.signals('done').length > 0 && run.updates.every(({ state }) => state === 'completed'));
      return total;
    },
  },
  activities: { note: (task) => task.effect(`count ${task.input}`) },
  async client(client) {
    await client.start('counter', 'counter');
    const answers = [await client.update('counter', 'add', 1)];
    answers.push(await client.update('counter', 'add', -1));
    answers.push(...(await Promise.all([client.update('counter', 'add', 10), client.update('counter', 'add', 100)])));
    await client.signal('counter', 'done');
    return [...answers, await client.outcome('counter')];
  },
};

/** One workflow signals another twice, then asks a third to cancel. */
const otherWorkflows: Scenario = {
  workflows: {
    sender(run: RunView) {
      result(run.signalExternal('receiver', 'add', 1, 1));
      result(run.signalExternal('receiver', 'add', 10, 2));
      const gone = run.signalExternal('nobody', 'add', 100);
      const cancelled = run.cancelExternal('waiter');
      until(gone.state !== 'pending');
      result(cancelled);
      return gone.state;
    },
    receiver(run: RunView) {
      until(run.signals('add').length === 2);
      return sum(run.signals('add'));
    },
    waiter(run: RunView) {
      until(run.cancelRequested);
      return canceled();
    },
  },
  async client(client) {
    await Promise.all([client.start('receiver', 'receiver'), client.start('waiter', 'waiter')]);
    await client.start('sender', 'sender');
    return Promise.all(['sender', 'receiver', 'waiter'].map((id) => client.outcome(id)));
  },
};

/** Queries while it waits, while it works, and when it is closed: each tells of everything that was acknowledged before. */
const queries: Scenario = {
  workflows: {
    steps(run: RunView) {
      until(run.signals('step').length > 0);
      result(run.activity('work', 'work'));
      until(run.signals('step').length > 1);
      return 'closed';
    },
  },
  activities: { work: (task) => task.effect('worked') },
  query: (run, name) => (name === 'signals' ? run.signals('step').length : null),
  async client(client) {
    const told: unknown[] = [];
    const ask = async () => void told.push(await client.query('steps', 'signals'));
    await client.start('steps', 'steps');
    await ask();
    await client.signal('steps', 'step');
    await ask();
    await client.signal('steps', 'step');
    await ask();
    const outcome = await client.outcome('steps');
    await ask();
    return { told, outcome };
  },
};

/** A workflow is terminated while an activity of it runs. */
const terminated: Scenario = {
  workflows: {
    endless(run: RunView) {
      result(run.activity('slow', 'slow', null, { startToCloseMs: 600_000 }));
      return 'never';
    },
  },
  activities: { slow: () => new Promise(() => {}) },
  async client(client) {
    await client.start('endless', 'endless');
    await client.sleep(1_000);
    await client.terminate('endless').catch(() => {});
    return client.outcome('endless');
  },
};

describe('wherever the server dies, it comes to the same:', () => {
  test('signals that come with starts', () => sweep(signalWithStart));
  test('updates, one of them rejected', () => sweep(updates));
  test('signals and a cancel request between workflows', () => sweep(otherWorkflows));
  test('queries in between', () => sweep(queries));
  test('a workflow that is terminated', () => sweep(terminated));
});
