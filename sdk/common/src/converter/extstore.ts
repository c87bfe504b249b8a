import { ValueError } from '../errors.ts';
import type { Payload } from '../interfaces.ts';

/**
 * What a driver needs in order to find a stored payload again. It is kept in history, so it should say no more than that.
 *
 * @experimental
 */
export class StorageDriverClaim {
  readonly claimData: Record<string, string>;

  constructor(claimData: Record<string, string>) {
    this.claimData = claimData;
  }
}

/**
 * The Workflow that a payload belongs to, as far as it is known when it is stored.
 *
 * @experimental
 */
export interface StorageDriverWorkflowInfo {
  readonly kind: 'workflow';
  readonly namespace: string;
  readonly id?: string | undefined;
  readonly runId?: string | undefined;
  readonly type?: string | undefined;
}

/**
 * The Activity that a payload belongs to, as far as it is known when it is stored.
 *
 * @experimental
 */
export interface StorageDriverActivityInfo {
  readonly kind: 'activity';
  readonly namespace: string;
  readonly id?: string | undefined;
  readonly runId?: string | undefined;
  readonly type?: string | undefined;
}

/** @experimental */
export type StorageDriverTargetInfo = StorageDriverWorkflowInfo | StorageDriverActivityInfo;

/** @experimental */
export interface StorageDriverStoreContext {
  /** Aborted when nobody needs the result any more. */
  abortSignal?: AbortSignal | undefined;
  target?: StorageDriverTargetInfo | undefined;
}

/** @experimental */
export interface StorageDriverSelectContext {
  abortSignal?: AbortSignal | undefined;
  target?: StorageDriverTargetInfo | undefined;
}

/** @experimental */
export interface StorageDriverRetrieveContext {
  /** Aborted when nobody needs the result any more. */
  abortSignal?: AbortSignal | undefined;
}

/**
 * A place to store payloads, such as a bucket of an object store.
 *
 * @experimental
 */
export interface StorageDriver {
  /** Its name in history. Different drivers, and one driver configured twice, need different names that never change. */
  readonly name: string;
  /** What kind of driver it is, the same for all drivers of this class. */
  readonly type: string;
  /** Stores the payloads, and returns a claim for each in the same order. May be asked again for the same payload. */
  store(context: StorageDriverStoreContext, payloads: Payload[]): Promise<StorageDriverClaim[]>;
  /** Returns the payload of each claim in the same order. */
  retrieve(context: StorageDriverRetrieveContext, claims: StorageDriverClaim[]): Promise<Payload[]>;
}

/**
 * Which driver stores a payload; `null` leaves it where it is.
 *
 * @experimental
 */
export type StorageDriverSelector = (context: StorageDriverSelectContext, payload: Payload) => StorageDriver | null;

const defaultPayloadSizeThreshold = 256 * 1024;

/**
 * Where large payloads are stored, and how large is large.
 *
 * @experimental
 */
export class ExternalStorage {
  readonly drivers: StorageDriver[];
  readonly driverSelector: StorageDriverSelector;
  /** In bytes, as encoded. Payloads of at least this size are stored. */
  readonly payloadSizeThreshold: number;
  private readonly driversByName: Map<string, StorageDriver>;

  /**
   * Throws a `ValueError` if there is no driver, if names are empty or not unique, if the threshold is no size, or if there
   * are several drivers and nothing that selects among them.
   *
   * @param options.payloadSizeThreshold 256 KiB if not given.
   */
  constructor(options: {
    drivers: StorageDriver[];
    driverSelector?: StorageDriverSelector | undefined;
    payloadSizeThreshold?: number | undefined;
  }) {
    const { drivers, driverSelector, payloadSizeThreshold = defaultPayloadSizeThreshold } = options;
    const [first] = Array.isArray(drivers) ? drivers : [];
    if (first === undefined) throw new ValueError('ExternalStorage requires at least one driver');
    if (typeof payloadSizeThreshold !== 'number' || !(payloadSizeThreshold >= 0 && payloadSizeThreshold < Infinity)) {
      throw new ValueError(
        `ExternalStorage.payloadSizeThreshold must be a non-negative finite number, got ${String(payloadSizeThreshold)}`,
      );
    }
    this.driversByName = byName(drivers);
    if (driverSelector === undefined && drivers.length > 1) {
      throw new ValueError('ExternalStorage.driverSelector is required when more than one driver is registered');
    }
    this.drivers = [...drivers];
    this.driverSelector = driverSelector ?? (() => first);
    this.payloadSizeThreshold = payloadSizeThreshold;
  }

  /** The driver of this name, if there is one. */
  getDriver(name: string): StorageDriver | null {
    return this.driversByName.get(name) ?? null;
  }
}

function byName(drivers: readonly StorageDriver[]): Map<string, StorageDriver> {
  const named = new Map<string, StorageDriver>();
  for (const driver of drivers) {
    const name: unknown = driver?.name;
    if (typeof name !== 'string' || name === '') {
      throw new ValueError("Storage driver 'name' must be a non-empty string");
    }
    if (named.has(name)) throw new ValueError(`Duplicate storage driver name: '${name}'`);
    named.set(name, driver);
  }
  return named;
}
