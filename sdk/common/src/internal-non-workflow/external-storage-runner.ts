import { performance } from 'node:perf_hooks';
import { temporal } from '@perdure/proto';
import type { ExternalStorage, StorageDriver, StorageDriverTargetInfo } from '../converter/extstore.ts';
import { StorageDriverClaim } from '../converter/extstore.ts';
import { ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';
import type { ExternalStorageMetricsAccumulator } from './external-storage-metrics.ts';
import { decodeReferencePayload, encodeReferencePayload, isReferencePayload } from './reference-payload.ts';

export interface ExternalStoreOptions {
  /** Whose payloads they are. */
  target?: StorageDriverTargetInfo | undefined;
  abortSignal?: AbortSignal | undefined;
}

export interface ExternalRetrieveOptions {
  abortSignal?: AbortSignal | undefined;
}

/** One of the payloads: where it is in the list, and what the driver is asked with. */
type Item<T> = { readonly at: number; readonly size: number; readonly asked: T };
type Groups<T> = Map<StorageDriver, Item<T>[]>;

/** Stores and retrieves lists of payloads, with one call per driver. Of failing calls the first driver's error is thrown. */
export class ExternalStorageRunner {
  private readonly externalStorage: ExternalStorage;
  private readonly metrics: ExternalStorageMetricsAccumulator | undefined;

  constructor(externalStorage: ExternalStorage, metrics?: ExternalStorageMetricsAccumulator | undefined) {
    this.externalStorage = externalStorage;
    this.metrics = metrics;
  }

  /** The payloads, with references in place of those that were stored. */
  async store(payloads: Payload[], options: ExternalStoreOptions = {}): Promise<Payload[]> {
    const { target } = options;
    const batch = new Batch(options.abortSignal);
    const groups: Groups<Payload> = new Map();
    for (const [at, payload] of payloads.entries()) {
      const size = sizeOf(payload);
      if (size < this.externalStorage.payloadSizeThreshold) continue;
      const driver = this.externalStorage.driverSelector({ abortSignal: batch.signal, target }, payload);
      if (driver !== null) add(groups, this.registered(driver), { at, size, asked: payload });
    }
    return await this.run(batch, payloads, groups, async (driver, items) => {
      const claims = await driver.store(
        { abortSignal: batch.signal, target },
        items.map(({ asked }) => asked),
      );
      if (claims.length !== items.length) {
        throw new ValueError(`Driver '${driver.name}' returned ${claims.length} claims for ${items.length} payloads`);
      }
      return claims.map((claim, n) => {
        const sizeBytes = items[n]?.size ?? 0;
        return encodeReferencePayload({ driverName: driver.name, claim, sizeBytes });
      });
    });
  }

  /** The payloads, with what was stored in place of references. */
  async retrieve(payloads: Payload[], options: ExternalRetrieveOptions = {}): Promise<Payload[]> {
    const batch = new Batch(options.abortSignal);
    const groups: Groups<StorageDriverClaim> = new Map();
    for (const [at, payload] of payloads.entries()) {
      if (!isReferencePayload(payload)) continue;
      const { driverName, claimData, sizeBytes } = decodeReferencePayload(payload);
      const driver = this.externalStorage.getDriver(driverName);
      if (driver === null) throw new ValueError(`No driver registered with name '${driverName}'`);
      add(groups, driver, { at, size: sizeBytes, asked: new StorageDriverClaim(claimData) });
    }
    return await this.run(batch, payloads, groups, async (driver, items) => {
      const retrieved = await driver.retrieve(
        { abortSignal: batch.signal },
        items.map(({ asked }) => asked),
      );
      if (retrieved.length !== items.length) {
        throw new ValueError(
          `Driver '${driver.name}' returned ${retrieved.length} payloads for ${items.length} claims`,
        );
      }
      return retrieved;
    });
  }

  private registered(driver: StorageDriver): StorageDriver {
    if (this.externalStorage.getDriver(driver.name) === driver) return driver;
    throw new ValueError(
      `Driver '${driver.name}' returned by driverSelector is not registered in ExternalStorage.drivers`,
    );
  }

  private async run<T>(
    batch: Batch,
    payloads: Payload[],
    groups: Groups<T>,
    call: (driver: StorageDriver, items: Item<T>[]) => Promise<Payload[]>,
  ): Promise<Payload[]> {
    if (groups.size === 0) return payloads;
    const result = [...payloads];
    await batch.all(groups, async ([driver, items]) => {
      const start = performance.now();
      const replaced = await call(driver, items);
      for (const [n, payload] of replaced.entries()) result[items[n]?.at ?? 0] = payload;
      const size = items.reduce((sum, item) => sum + item.size, 0);
      this.metrics?.record(driver.name, items.length, size, start, performance.now());
    });
    return result;
  }
}

/** Calls that go on together, and are all told to stop when one fails. */
class Batch {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();

  constructor(outer: AbortSignal | undefined) {
    this.signal = outer ? AbortSignal.any([this.controller.signal, outer]) : this.controller.signal;
  }

  async all<T>(items: Iterable<T>, call: (item: T) => Promise<void>): Promise<void> {
    const calls = [...items].map(async (item) => {
      try {
        await call(item);
      } catch (error) {
        this.controller.abort(error);
        throw error;
      }
    });
    const outcomes = await Promise.allSettled(calls);
    const rejected = outcomes.find((outcome) => outcome.status === 'rejected');
    if (rejected) throw rejected.reason;
  }
}

function add<T>(groups: Groups<T>, driver: StorageDriver, item: Item<T>): void {
  const group = groups.get(driver);
  if (group) group.push(item);
  else groups.set(driver, [item]);
}

/** As many bytes as it has on the wire. */
function sizeOf(payload: Payload): number {
  // The writer knows the length before it makes the bytes.
  return temporal.api.common.v1.Payload.encode(payload).len;
}
