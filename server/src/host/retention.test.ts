import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { manualClock } from '../kernel/manual-clock.ts';
import type { RunKey } from '../storage/contract.ts';
import { createRetention, type RetentionOptions } from './retention.ts';

const key = (n: number): RunKey => ({ namespaceId: 'n', workflowId: `w${n}`, runId: `r${n}` });

/** So many expired runs, which are gone once they are deleted. */
function world(expired: number) {
  const clock = manualClock();
  const left = new Map(Array.from({ length: expired }, (_, n) => [`r${n}`, key(n)]));
  const asked: number[] = [];
  const bugs: unknown[] = [];
  const storage = {
    async expiredRuns(until: number, limit: number) {
      asked.push(until);
      return [...left.values()].slice(0, limit);
    },
    nextExpiry: async () => null,
  };
  const deleteRun = async ({ runId }: RunKey): Promise<void> => void left.delete(runId);
  const onBug = (error: unknown): void => void bugs.push(error);
  /** One that looks every second. */
  const retentionWith = (other: Partial<RetentionOptions> = {}) =>
    createRetention({ clock, storage, deleteRun, onBug, everyMs: 1000, ...other });
  return { clock, left, asked, bugs, storage, retentionWith };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('retention', () => {
  test('deletes what has expired, however much it is, and looks again later', async () => {
    const { clock, left, asked, bugs, retentionWith } = world(450);
    const retention = retentionWith();
    retention.start();
    clock.advance(999);
    assert.equal(asked.length, 0);
    clock.advance(1);
    await settled();
    assert.equal(left.size, 0);
    left.set('r1000', key(1000));
    retention.expects(clock.now() + 1500);
    const looks = asked.length;
    clock.advance(1000);
    await settled();
    assert.equal(asked.length, looks);
    clock.advance(1000);
    await settled();
    assert.equal(left.size, 0);
    assert.deepEqual(bugs, []);
    await retention.close();
  });

  test('does not forget what closes while storage is asked when to look next', async () => {
    const { clock, left, storage, bugs, retentionWith } = world(1);
    const answer = Promise.withResolvers<null>();
    const slow = { ...storage, nextExpiry: () => answer.promise };
    const retention = retentionWith({ storage: slow });
    retention.start();
    clock.advance(1000);
    await settled();
    left.set('r7', key(7));
    retention.expects(clock.now() + 500);
    answer.resolve(null);
    await settled();
    clock.advance(1000);
    await settled();
    assert.equal(left.size, 0);
    assert.deepEqual(bugs, []);
    await retention.close();
  });

  test('goes on after a failure, and tells of it', async () => {
    const { clock, left, bugs, retentionWith } = world(1);
    const deleteRun = async (): Promise<void> => {
      throw new Error('no');
    };
    const retention = retentionWith({ deleteRun });
    retention.start();
    for (let n = 1; n <= 2; n++) {
      clock.advance(1000);
      await settled();
      assert.equal(bugs.length, n);
    }
    assert.equal(left.size, 1);
    await retention.close();
  });

  test('does not ask before what is stored expires', async () => {
    const { clock, asked, bugs, storage, retentionWith } = world(0);
    const nextExpiry = async (): Promise<number> => clock.now() + 2500;
    const retention = retentionWith({ storage: { ...storage, nextExpiry } });
    retention.start();
    const looks: number[] = [];
    for (let n = 1; n <= 4; n++) {
      clock.advance(1000);
      await settled();
      looks.push(asked.length);
    }
    assert.deepEqual(looks, [1, 1, 1, 2]);
    assert.deepEqual(bugs, []);
    await retention.close();
  });

  test('does nothing any more once it is closed', async () => {
    const { clock, asked, retentionWith } = world(1);
    const retention = retentionWith();
    retention.start();
    await retention.close();
    clock.advance(10_000);
    await settled();
    assert.deepEqual(asked, []);
  });
});
