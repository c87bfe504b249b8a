import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from '@perdure/client';
import {
  type ActivityCancellationDetails,
  type Duration,
  IllegalStateError,
  type Logger,
  type MetricMeter,
} from '@perdure/common';
import type { ActivityCancellationDetailsHolder } from '@perdure/common/lib/activity-cancellation-details';
import type { Any } from '@perdure/common/lib/any';
import { msToNumber } from '@perdure/common/lib/time';
import type { Info } from './info.ts';

/** Where the context is kept for whatever an Activity calls and awaits. */
export const asyncLocalStorage: AsyncLocalStorage<Context> = sharedStorage();

/**
 * There may be several copies of this package, and of the official one: an Activity may have been written with another copy
 * than the worker's. They all look in the same place.
 */
function sharedStorage(): AsyncLocalStorage<Context> {
  const shared = globalThis as { [place: symbol]: AsyncLocalStorage<Context> | undefined };
  const place = Symbol.for('__temporal_activity_context_storage__');
  shared[place] ??= new AsyncLocalStorage<Context>();
  return shared[place];
}

/** What an Activity can see and do. {@link Context.current} returns it within one; the functions beside it are short cuts. */
export class Context {
  public readonly info: Info;
  /**
   * Rejects with a `CancelledFailure` when the Activity is cancelled, and never resolves. For a promise to be raced with.
   * It also rejects when the server knows the Activity no more, for instance because it timed out.
   */
  public readonly cancelled: Promise<never>;
  /** Aborted when the Activity is cancelled. To be handed to what takes an `AbortSignal`, such as `fetch`. */
  public readonly cancellationSignal: AbortSignal;
  protected readonly heartbeatFn: (details?: Any) => void;
  protected readonly _client: Client | undefined;
  /** Logs with the Activity's attributes. Interceptors may replace it. */
  public log: Logger;
  /** Records with the Activity's tags. */
  public readonly metricMeter: MetricMeter;
  protected readonly _cancellationDetails: ActivityCancellationDetailsHolder;

  /** The context of the Activity that calls; throws outside of one. */
  public static current(): Context {
    const context = asyncLocalStorage.getStore();
    if (context === undefined) throw new Error('Activity context not initialized');
    return context;
  }

  /** Made by the worker. */
  constructor(
    info: Info,
    cancelled: Promise<never>,
    cancellationSignal: AbortSignal,
    heartbeatFn: (details?: Any) => void,
    client: Client | undefined,
    log: Logger,
    metricMeter: MetricMeter,
    cancellationDetails: ActivityCancellationDetailsHolder,
  ) {
    this.info = info;
    this.cancelled = cancelled;
    this.cancellationSignal = cancellationSignal;
    this.heartbeatFn = heartbeatFn;
    this._client = client;
    this.log = log;
    this.metricMeter = metricMeter;
    this._cancellationDetails = cancellationDetails;
  }

  // These two may be taken off the context and called without it, so they are bound.

  /**
   * Says that the Activity is alive, and how far it got; a next attempt finds that in its {@link Info.heartbeatDetails}.
   * May be called as often as one likes: what is sent is throttled. An Activity that sends none is not told that it was
   * cancelled. Of no effect in local Activities.
   *
   * @throws what the payload converter throws if it cannot convert the details.
   */
  public readonly heartbeat = (details?: unknown): void => this.heartbeatFn(details);

  /** Resolves after that time, in milliseconds or as a text for `ms`, and rejects when the Activity is cancelled. */
  public readonly sleep = async (ms: Duration): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, msToNumber(ms));
    });
    try {
      await Promise.race([this.cancelled, over]);
    } finally {
      clearTimeout(timer);
    }
  };

  /**
   * A client of the worker's server and namespace, with the worker's data converter.
   *
   * @throws `IllegalStateError` in a test environment that was made without one.
   */
  public get client(): Client {
    if (this._client === undefined) {
      throw new IllegalStateError(
        'No Client available. This may be a MockActivityEnvironment that was created without a Client.',
      );
    }
    return this._client;
  }

  /** Why the Activity was cancelled; `undefined` if it was not. */
  public get cancellationDetails(): ActivityCancellationDetails | undefined {
    return this._cancellationDetails.details;
  }
}
