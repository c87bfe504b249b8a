import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ExternalStorage, type StorageDriver, StorageDriverClaim } from '../converter/extstore.ts';
import { decode, encode } from '../encoding.ts';
import type { Payload } from '../interfaces.ts';
import { ExternalStorageMetricsAccumulator } from './external-storage-metrics.ts';
import { ExternalStorageRunner } from './external-storage-runner.ts';
import { decodeReferencePayload, isReferencePayload } from './reference-payload.ts';

const payload = (text: string): Payload => ({ data: encode(text) });
const textOf = ({ data }: Payload): string => decode(data ?? new Uint8Array());

/** Keeps payloads in memory, and notes how often it was asked. */
function memoryDriver(name: string, fault: Partial<StorageDriver> = {}) {
  const kept: Payload[] = [];
  const asked: string[] = [];
  const driver: StorageDriver = {
    name,
    type: 'memory',
    store: async (_context, payloads) => {
      asked.push(`store ${payloads.length}`);
      return payloads.map((one) => new StorageDriverClaim({ at: String(kept.push(one) - 1) }));
    },
    retrieve: async (_context, claims) => {
      asked.push(`retrieve ${claims.length}`);
      return claims.map(({ claimData }) => kept[Number(claimData['at'])] ?? {});
    },
    ...fault,
  };
  return { driver, asked };
}

const big = 'x'.repeat(100);
const bySize = { payloadSizeThreshold: 50 };

describe('external storage', () => {
  test('takes what is large and gives it back, with one call per driver', async () => {
    const { driver, asked } = memoryDriver('m');
    const runner = new ExternalStorageRunner(new ExternalStorage({ drivers: [driver], ...bySize }));
    const sent = await runner.store([payload(big), payload('small'), payload(`${big}2`)]);
    assert.deepEqual(sent.map(isReferencePayload), [true, false, true]);
    assert.equal(decodeReferencePayload(sent[0] ?? {}).sizeBytes, 102);
    const received = await runner.retrieve(sent);
    assert.deepEqual(received.map(textOf), [big, 'small', `${big}2`]);
    assert.deepEqual(asked, ['store 2', 'retrieve 2']);
  });

  test('is not asked if nothing is for it', async () => {
    const { driver, asked } = memoryDriver('m');
    const runner = new ExternalStorageRunner(new ExternalStorage({ drivers: [driver], ...bySize }));
    const small = [payload('small')];
    assert.equal(await runner.store(small), small);
    assert.equal(await runner.retrieve(small), small);
    assert.deepEqual(asked, []);
  });

  test('is selected per payload, with whose it is, and may be declined', async () => {
    const [a, b] = [memoryDriver('a'), memoryDriver('b')];
    const target = { kind: 'workflow', namespace: 'n', id: 'w' } as const;
    const targets: unknown[] = [];
    const driverSelector = (context: { target?: unknown }, one: Payload) => {
      targets.push(context.target);
      return { 0: a.driver, 1: b.driver, 2: null }[textOf(one).length % 3] ?? null;
    };
    const storage = new ExternalStorage({ drivers: [a.driver, b.driver], driverSelector, payloadSizeThreshold: 0 });
    const sent = await new ExternalStorageRunner(storage).store(['xxx', 'x', 'xx'].map(payload), { target });
    assert.deepEqual([a.asked, b.asked], [['store 1'], ['store 1']]);
    assert.equal(textOf(sent[2] ?? {}), 'xx');
    assert.deepEqual(targets, [target, target, target]);
  });

  test('counts what it moved', async () => {
    const { driver } = memoryDriver('m');
    const metrics = new ExternalStorageMetricsAccumulator();
    await new ExternalStorageRunner(new ExternalStorage({ drivers: [driver], ...bySize }), metrics).store([
      payload(big),
    ]);
    const { payloadCount, totalSizeBytes, driverNames } = metrics.toProto() ?? {};
    assert.deepEqual([Number(payloadCount), Number(totalSizeBytes), driverNames], [1, 102, ['m']]);
  });
});

describe('external storage refuses', () => {
  const { driver } = memoryDriver('m');

  test('a driver that was selected and is none of its own', async () => {
    const storage = new ExternalStorage({
      drivers: [driver],
      driverSelector: () => memoryDriver('m').driver,
      ...bySize,
    });
    await assert.rejects(new ExternalStorageRunner(storage).store([payload(big)]), {
      name: 'ValueError',
      message: "Driver 'm' returned by driverSelector is not registered in ExternalStorage.drivers",
    });
  });

  test('a reference to a driver that it does not have', async () => {
    const [reference = {}] = await new ExternalStorageRunner(
      new ExternalStorage({ drivers: [driver], ...bySize }),
    ).store([payload(big)]);
    const other = new ExternalStorageRunner(new ExternalStorage({ drivers: [memoryDriver('other').driver] }));
    await assert.rejects(other.retrieve([reference]), { message: "No driver registered with name 'm'" });
  });

  test('as many claims or payloads as were not asked for', async () => {
    const none = memoryDriver('none', { store: async () => [] }).driver;
    const runner = new ExternalStorageRunner(new ExternalStorage({ drivers: [none], ...bySize }));
    await assert.rejects(runner.store([payload(big)]), { message: "Driver 'none' returned 0 claims for 1 payloads" });
  });

  test('the rest once a driver fails, and tells the others to stop', async () => {
    let isTold = false;
    const failing = memoryDriver('a', { store: async () => Promise.reject(new Error('full')) }).driver;
    const waiting = memoryDriver('b', {
      store: async ({ abortSignal }) => {
        await new Promise<void>((resolve) => abortSignal?.addEventListener('abort', () => resolve()));
        isTold = true;
        return [];
      },
    }).driver;
    const driverSelector = (_context: unknown, one: Payload) => (textOf(one).endsWith('b') ? waiting : failing);
    const storage = new ExternalStorage({ drivers: [failing, waiting], driverSelector, ...bySize });
    await assert.rejects(
      new ExternalStorageRunner(storage).store([payload(`${big}a`), payload(`${big}b`)]),
      new Error('full'),
    );
    assert.ok(isTold);
  });

  test('configurations that cannot work', () => {
    const refuses = (options: object, message: RegExp) =>
      assert.throws(() => new ExternalStorage(options as { drivers: StorageDriver[] }), {
        name: 'ValueError',
        message,
      });
    refuses({ drivers: [] }, /requires at least one driver/);
    refuses({ drivers: [driver, memoryDriver('m').driver] }, /Duplicate storage driver name: 'm'/);
    refuses({ drivers: [driver, memoryDriver('n').driver] }, /driverSelector is required/);
    refuses({ drivers: [memoryDriver('').driver] }, /must be a non-empty string/);
    refuses({ drivers: [driver], payloadSizeThreshold: Number.NaN }, /must be a non-negative finite number, got NaN/);
  });
});
