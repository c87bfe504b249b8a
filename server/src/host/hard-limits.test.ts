import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Payload, Payloads } from '@perdure/api/common';
import { EventType, WorkflowExecutionStatus } from '@perdure/api/enums';
import { startWorkflowTask } from '../engine/workflow/machines/workflow-task.ts';
import { signalRun } from '../engine/workflow/requests/signal.ts';
import { terminateRun } from '../engine/workflow/requests/terminate.ts';
import * as s from '../engine/workflow/steps.fixture.ts';
import type { Transition } from '../engine/workflow/transition.ts';
import { Code, ServiceError } from '../kernel/errors.ts';
import type { Limits } from '../kernel/limits.ts';
import { openSqlite } from '../storage/sqlite/open.ts';
import { durableRun, hostWorld, signal } from './host.fixture.ts';

const { TERMINATED, RUNNING, COMPLETED } = WorkflowExecutionStatus;

const large = (t: Transition): void =>
  signalRun(t, { signalName: 's', input: new Uint8Array(5_000), header: null, identity: '', requestId: '' });
const take = (t: Transition) => startWorkflowTask(t, { requestId: '', identity: '' });
const refusedWith = (message: string) => (error: unknown) =>
  error instanceof ServiceError && error.code === Code.INVALID_ARGUMENT && error.message === message;

const rows: readonly {
  readonly does: string;
  readonly limits: Partial<Limits>;
  readonly before: readonly ((t: Transition) => void)[];
  readonly tooMuch: (t: Transition) => void;
  readonly reason: string;
  readonly details?: string;
}[] = [
  {
    does: 'as many bytes of history as it may have',
    limits: { historySizeError: 4_000 },
    before: [large],
    tooMuch: signal,
    reason: 'Workflow history size exceeds limit.',
  },
  {
    does: 'as many events as it may have',
    limits: { historyCountError: 4 },
    before: [signal, signal],
    tooMuch: (t) => {
      take(t);
      s.completed([s.startTimer('t', 1_000)])(t);
    },
    reason: 'Workflow history count exceeds limit.',
  },
  {
    does: 'a state as large as it may be',
    limits: { mutableStateSizeError: 9_000 },
    before: [take, large],
    tooMuch: large,
    reason: 'Workflow mutable state size exceeds limit.',
  },
  {
    does: 'no room for so much at once',
    limits: { transactionSize: 4_000 },
    before: [],
    tooMuch: large,
    reason: 'Transaction size exceeds limit.',
    details: '"transaction size of 5027 bytes exceeds limit of 4000 bytes"',
  },
];

describe('a run is terminated instead when it has', () => {
  for (const { does, limits, before, tooMuch, reason, details } of rows)
    test(does, async () => {
      const { host } = await hostWorld({ limits });
      const loaded = await durableRun(host, 'w');
      for (const step of before) host.change(loaded, step);
      assert.equal(loaded.run.head.status, RUNNING);
      assert.throws(() => host.change(loaded, tooMuch), refusedWith(reason));
      await loaded.settled;
      const { run } = loaded;
      assert.equal(run.head.status, TERMINATED);
      const last = await host.readEvent(loaded, run.head.closeEventId);
      assert.equal(last.eventType, EventType.WORKFLOW_EXECUTION_TERMINATED);
      const ended = last.workflowExecutionTerminatedEventAttributes;
      assert.deepEqual([ended?.reason, ended?.identity], [reason, 'history-service']);
      assert.equal(textOf(ended?.details ?? null), details ?? null);
      assert.throws(() => host.change(loaded, tooMuch), /already completed|no workflow task/);
    });
});

function textOf(details: Uint8Array | null): string | null {
  if (details === null) return null;
  const [payload = new Uint8Array(0)] = Payloads.decode(details).payloads;
  return Buffer.from(Payload.decode(payload).data).toString();
}

describe('a run that is too large still', () => {
  const world = async () => {
    const { host } = await hostWorld({ limits: { historyCountError: 3 } });
    const loaded = await durableRun(host, 'w');
    host.change(loaded, signal);
    return { host, loaded };
  };
  test('may be terminated', async () => {
    const { host, loaded } = await world();
    host.change(loaded, (t) => terminateRun(t, { reason: 'enough', details: null, identity: 'client' }));
    assert.equal(loaded.run.head.closeEventId, 4);
  });

  test('gives its task to a worker, and may complete', async () => {
    const { host, loaded } = await world();
    host.change(loaded, take);
    host.change(loaded, s.completed([s.complete()]));
    assert.equal(loaded.run.head.status, COMPLETED);
  });
});

test('a timer of a run that is too large ends it, which is no bug', async () => {
  const { host, clock, bugs } = await hostWorld({ limits: { historyCountError: 5 } });
  const loaded = await durableRun(host, 'w');
  host.change(loaded, take);
  await host.change(loaded, s.completed([s.startTimer('t', 1_000)])).durable;
  clock.advance(1_000);
  await loaded.settled;
  assert.deepEqual(bugs, []);
  assert.equal(loaded.run.head.status, TERMINATED);
});

test('an end for being too large that was not stored comes again', async () => {
  const storage = await openSqlite({ path: ':memory:' });
  const limits = { historyCountError: 3 };
  const first = await hostWorld({ storage, limits });
  const loaded = await durableRun(first.host, 'w');
  await first.host.change(loaded, signal).durable;
  first.faults.failAt(first.faults.commits() + 1, 'before');
  assert.throws(() => first.host.change(loaded, signal), /count exceeds/);
  await assert.rejects(Promise.resolve(loaded.settled));
  const second = await hostWorld({ storage, limits, seed: 2 });
  const again = await second.host.load(loaded.run.key);
  assert.equal(again?.run.head.status, RUNNING);
  if (again) assert.throws(() => second.host.change(again, signal), /count exceeds/);
  await again?.settled;
  assert.equal(again?.run.head.status, TERMINATED);
});
