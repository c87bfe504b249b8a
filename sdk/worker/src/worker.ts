import type { Client } from '@perdure/client';
import { Client as WorkerClient } from '@perdure/client';
import { type DataConverter, type Duration, defaultPayloadConverter, IllegalStateError } from '@perdure/common';
import { msToNumber } from '@perdure/common/lib/time';
import type { CompiledWorkerOptions } from './compile-options.ts';
import {
  extractNativeClient,
  extractReferenceHolders,
  InternalNativeConnection,
  type NativeConnection,
} from './connection.ts';
import { CombinedWorkerRunError, PromiseCompletionTimeoutError } from './errors.ts';
import type { Observable } from './observable.ts';
import type { ReplayHistoriesIterable, ReplayResult } from './replay.ts';
import type { History } from './runtime.ts';
import { applyPlugins, createParts, type WorkerParts } from './worker-create.ts';
import type { ReplayWorkerOptions, WorkerOptions, WorkerPluginOf } from './worker-option-types.ts';
import { runReplayHistories, throwFirstError } from './worker-replay.ts';
import { startRun, type WorkerRun } from './worker-run.ts';
import type { State, WorkerStatus } from './worker-state.ts';

export type { PollerState, State, WorkerStatus } from './worker-state.ts';
export { type DataConverter, defaultPayloadConverter };

export interface RunUntilOptions {
  /**
   * How long to wait for the promise after the worker has stopped or failed. When it is over, `runUntil` throws a
   * {@link PromiseCompletionTimeoutError}. Milliseconds or a string. Default: 0.
   */
  promiseCompletionTimeout?: Duration;
}

/**
 * Changes how workers are made and run.
 *
 * @experimental
 */
export interface WorkerPlugin extends WorkerPluginOf<Worker> {}

let endOf: (worker: Worker) => Promise<void>;

/**
 * Polls a task queue, and runs workflows and activities.
 *
 * @example
 * const worker = await Worker.create({ taskQueue: 'orders', workflowsPath: './workflows.ts', activities });
 * await worker.run();
 */
export class Worker {
  readonly options: CompiledWorkerOptions;
  readonly #parts: WorkerParts;
  #run: WorkerRun | undefined;
  #noEagerStarts: (() => void) | undefined;
  readonly #ended = Promise.withResolvers<void>();

  protected constructor(parts: WorkerParts) {
    this.#parts = parts;
    this.options = parts.options;
  }

  /**
   * Makes a worker: bundles workflow code if need be, connects, and checks that the namespace exists. It polls once
   * {@link run} is called.
   *
   * @throws TypeError when options contradict each other
   * @throws TransportError when there is no connection, or no such namespace
   */
  static async create(options: WorkerOptions): Promise<Worker> {
    const parts = await createParts(await applyPlugins(options), clientOf);
    const worker = new this(parts);
    extractReferenceHolders(parts.link.connection).add(worker);
    parts.runtime.registerWorker(worker);
    return worker;
  }

  /**
   * Runs a history through workflow code, without a server.
   *
   * @param history Of a run, as `WorkflowHandle.fetchHistory` gives it, or as JSON.
   * @param workflowId For workflows that look at it: histories do not tell.
   * @throws DeterminismViolationError when the code does not do what the history tells
   * @throws ReplayError when the replay fails otherwise
   */
  static runReplayHistory(
    options: ReplayWorkerOptions,
    history: History | unknown,
    workflowId = 'fake',
  ): Promise<void> {
    // biome-ignore lint/complexity/noThisInStatic: a subclass may replay in a way of its own
    return throwFirstError(this.runReplayHistories(options, [{ history: history as History, workflowId }]));
  }

  /** Runs histories through workflow code, one after the other, and tells how each went. */
  static runReplayHistories(
    options: ReplayWorkerOptions,
    histories: ReplayHistoriesIterable,
  ): AsyncIterableIterator<ReplayResult> {
    return runReplayHistories(options, histories);
  }

  /** How many workflow tasks are being worked on. */
  get numInFlightActivations$(): Observable<number> {
    return this.#parts.counts.activations;
  }

  /** How many activities run. */
  get numInFlightActivities$(): Observable<number> {
    return this.#parts.counts.activities;
  }

  /** How many workflow runs are in memory. */
  get numRunningWorkflowInstances$(): Observable<number> {
    return this.#parts.counts.cachedWorkflows;
  }

  getState(): State {
    return this.#parts.counts.state.value;
  }

  getStatus(): WorkerStatus {
    const { counts, engine } = this.#parts;
    const { workflow, sticky, activity } = engine.pollers;
    return {
      runState: counts.state.value,
      workflowPollerState: counts.workflowPoller.value,
      activityPollerState: counts.activityPoller.value,
      hasOutstandingWorkflowPoll: (workflow?.open() ?? 0) + (sticky?.open() ?? 0) > 0,
      hasOutstandingActivityPoll: (activity?.open() ?? 0) > 0,
      numCachedWorkflows: counts.cachedWorkflows.value,
      numInFlightWorkflowActivations: counts.activations.value,
      numInFlightActivities: counts.activities.value,
      numInFlightNonLocalActivities: counts.nonLocalActivities.value,
      numInFlightLocalActivities: counts.localActivities.value,
      numHeartbeatingActivities: counts.heartbeatingActivities.value,
    };
  }

  /** A client over the worker's connection, with its namespace, data converter and interceptors. */
  get client(): Client | undefined {
    return clientOf(this.#parts);
  }

  get connection(): NativeConnection | undefined {
    return this.#parts.link.connection;
  }

  /**
   * Calls made from now on go over the new connection; polls that are open end on the old one. Set it to move a worker
   * to another server, or to renew certificates.
   */
  set connection(connection: NativeConnection) {
    const { link, logger } = this.#parts;
    const previous = link.connection;
    if (extractNativeClient(previous) === extractNativeClient(connection)) return;
    extractReferenceHolders(previous).delete(this);
    extractReferenceHolders(connection).add(this);
    link.connection = connection;
    link.client = undefined;
    this.#takeEagerStarts();
    if (previous instanceof InternalNativeConnection)
      previous.close().catch((error: unknown) => {
        logger.error('Error closing previous connection after replacement of worker connection', { error });
      });
  }

  /**
   * Begins to stop the worker: it takes no more tasks; activities that run are cancelled after `shutdownGraceTime`. When
   * everything has ended, {@link run} resolves.
   *
   * @throws IllegalStateError when the worker does not run
   */
  shutdown(): void {
    if (this.getState() !== 'RUNNING' || !this.#run)
      throw new IllegalStateError(`Not running. Current state: ${this.getState()}`);
    this.#run.stop();
  }

  /**
   * Polls for tasks and works on them until {@link shutdown} is called or the process gets one of the runtime's shutdown
   * signals. Resolves when the worker has stopped, and rejects when it fails.
   */
  async run(): Promise<void> {
    let run = (worker: Worker): Promise<void> => worker.runInternal();
    for (const plugin of (this.options.plugins ?? []).toReversed()) {
      const next = run;
      if (plugin.runWorker) run = (worker) => plugin.runWorker?.(worker, next) ?? next(worker);
    }
    return run(this);
  }

  /**
   * Runs the worker until a promise is settled, then shuts it down and waits for its end. The worker may also end before:
   * by a signal, by {@link shutdown}, or by failing; then the promise is waited for no longer than
   * `promiseCompletionTimeout`.
   *
   * @returns what the promise resolves with
   * @throws what the promise rejects with, what the worker fails with, or a {@link CombinedWorkerRunError} of both
   */
  async runUntil<R>(fnOrPromise: Promise<R> | (() => Promise<R>), options?: RunUntilOptions): Promise<R> {
    const running = this.run();
    const inner = outcomeOf(typeof fnOrPromise === 'function' ? callLater(fnOrPromise) : fnOrPromise);
    void inner.then(() => {
      if (this.getState() === 'RUNNING') this.shutdown();
    });
    const worker = await outcomeOf(running);
    const timeout = msToNumber(options?.promiseCompletionTimeout ?? 0);
    const result = (await withinTime(inner, timeout)) ?? {
      error: new PromiseCompletionTimeoutError(
        `Promise did not resolve within ${timeout}ms after Worker completed shutdown`,
      ),
    };
    if ('error' in worker && 'error' in result)
      throw new CombinedWorkerRunError('Worker terminated with fatal error in `runUntil`', {
        cause: { workerError: worker.error, innerError: result.error },
      });
    if ('error' in worker) throw worker.error;
    if ('error' in result) throw result.error;
    return result.value;
  }

  private async runInternal(): Promise<void> {
    const { runtime, engine, link } = this.#parts;
    if (this.getState() !== 'INITIALIZED') throw new IllegalStateError('Poller was already started');
    this.#setState('RUNNING');
    const onSignal = () => {
      if (this.getState() === 'RUNNING') this.shutdown();
    };
    runtime.registerShutdownSignalCallback(onSignal);
    this.#run = startRun(this.#parts, (state) => this.#setState(state));
    this.#takeEagerStarts();
    try {
      await this.#run.ended;
    } finally {
      runtime.deregisterShutdownSignalCallback(onSignal);
      this.#noEagerStarts?.();
      extractReferenceHolders(link.connection).delete(this);
      await engine.close();
      if (link.connection instanceof InternalNativeConnection) await link.connection.close();
      runtime.flushLogs();
      await runtime.deregisterWorker(this);
      this.#ended.resolve();
    }
  }

  #takeEagerStarts(): void {
    const { engine, link } = this.#parts;
    this.#noEagerStarts?.();
    if (this.#run) this.#noEagerStarts = engine.takeEagerStarts(extractNativeClient(link.connection));
  }

  #setState(state: State): void {
    const { logger, counts } = this.#parts;
    logger.info('Worker state changed', { state });
    counts.state.next(state);
  }

  static {
    endOf = (worker) => (worker.getState() === 'INITIALIZED' ? Promise.resolve() : worker.#ended.promise);
  }
}

/** Resolves when a worker that runs has ended, however it did; at once when it does not run. @internal */
export function whenStopped(worker: Worker): Promise<void> {
  return endOf(worker);
}

function clientOf({ options, link }: Pick<WorkerParts, 'options' | 'link'>): Client {
  link.client ??= new WorkerClient({
    namespace: options.namespace,
    connection: link.connection,
    identity: options.identity,
    interceptors: options.interceptors.client,
    ...(options.dataConverter && { dataConverter: options.dataConverter }),
  });
  return link.client;
}

type Outcome<R> = { readonly value: R } | { readonly error: unknown };

const outcomeOf = <R>(promise: Promise<R>): Promise<Outcome<R>> =>
  promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

const callLater = async <R>(fn: () => Promise<R>): Promise<R> => fn();

/** Undefined when the time is over first. A promise that is settled already is in time, however short it is. */
async function withinTime<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export { parseBundle as parseWorkflowCode } from './workflow/bundle-format.ts';
