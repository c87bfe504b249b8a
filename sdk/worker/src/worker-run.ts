/**
 * A worker's run: from its first poll to its last answer, or to the error that ends it before.
 */
import { temporal } from '@perdure/proto';
import { GrpcError, Status } from '@perdure/transport';
import { GracefulShutdownPeriodExpiredError, TransportError } from './errors.ts';
import { pause } from './gate.ts';
import { codeOf } from './service.ts';
import type { WorkerParts } from './worker-create.ts';
import { startHeartbeats, type WorkerHeartbeats } from './worker-heartbeats.ts';
import type { State } from './worker-state.ts';

const { ShutdownWorkerRequest } = temporal.api.workflowservice.v1;
const { TaskQueueType } = temporal.api.enums.v1;

export interface WorkerRun {
  /** Resolves when everything has ended; rejects with what ended it. */
  readonly ended: Promise<void>;
  /** Takes no more tasks, and lets what runs come to its end. */
  stop(): void;
}

/** How long a server may take to end the polls of a worker that told it that it stops (ms). */
const POLLS_END_WITHIN = 5000;

export function startRun(parts: WorkerParts, setState: (state: State) => void): WorkerRun {
  const { engine, options, logger, counts } = parts;
  const over = new AbortController();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  logMissing(parts);
  engine.start();
  const heartbeats = startHeartbeats(parts);

  let told: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    await engine.drained();
    // Without anything to wait for, the server is still to be told.
    await told;
    setState('DRAINED');
  };
  const stop = () => {
    setState('STOPPING');
    engine.stopPolling();
    told = endPolls(parts, heartbeats, over.signal);
    void pause(options.shutdownGraceTimeMs, over.signal).then(() => engine.cancelActivities());
    if (options.shutdownForceTimeMs !== undefined)
      void pause(options.shutdownForceTimeMs, over.signal).then((passed) => {
        if (!passed || counts.state.value === 'DRAINED') return;
        logger.debug('Shutdown force time expired, terminating worker');
        const message = 'Timed out while waiting for worker to shutdown gracefully';
        failure.reject(new GracefulShutdownPeriodExpiredError(message));
      });
    setState('DRAINING');
  };
  const ended = Promise.race([drain(), failure.promise]).then(
    () => setState('STOPPED'),
    (cause: unknown) => {
      const error = asWorkerError(cause);
      logger.error('Worker failed', { error });
      setState('FAILED');
      abandon(parts);
      throw error;
    },
  );
  const end = () => {
    over.abort();
    heartbeats?.stop();
  };
  return { ended: ended.finally(end), stop };
}

/** A refusal to be polled: the server, or somebody in between, does not want this worker. */
function asWorkerError(error: unknown): unknown {
  if (!(error instanceof GrpcError)) return error;
  return Object.assign(new TransportError(`Unhandled grpc error when polling: ${error.message}`), { cause: error });
}

function logMissing({ engine, logger, options }: WorkerParts): void {
  if (!engine.polls.workflows) logger.warn('No workflows registered, not polling for workflow tasks');
  if (options.activities.size === 0) logger.warn('No activities registered, not polling for activity tasks');
}

/** Whatever still goes on is called off, and nobody waits for it. */
function abandon({ engine }: WorkerParts): void {
  engine.stopPolling();
  engine.cancelPolls();
  engine.cancelActivities();
}

/**
 * Tells the server that the worker stops, and resolves when it knows. A server that ends the open polls itself hands
 * over tasks that are on their way; with any other, and if it takes too long, the polls are cut off.
 */
async function endPolls(
  { engine, fields, call, namespace, logger }: WorkerParts,
  heartbeats: WorkerHeartbeats | undefined,
  over: AbortSignal,
): Promise<void> {
  const { polls } = engine;
  const request = ShutdownWorkerRequest.encode({
    namespace: fields.namespace,
    identity: fields.identity,
    stickyTaskQueue: (polls.workflows && fields.stickyQueue) || '',
    reason: 'graceful shutdown',
    workerHeartbeat: heartbeats?.current() ?? null,
    workerInstanceKey: fields.workerInstanceKey,
    taskQueue: fields.taskQueue,
    taskQueueTypes: [
      ...(polls.workflows ? [TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW] : []),
      ...(polls.activities ? [TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY] : []),
    ],
  }).finish();
  try {
    await call('ShutdownWorker', request, { deadline: Date.now() + POLLS_END_WITHIN });
    if (namespace.endsPolls) return void pause(POLLS_END_WITHIN, over).then(() => engine.cancelPolls());
  } catch (error) {
    const code = codeOf(error);
    if (code !== Status.UNIMPLEMENTED && code !== Status.UNAVAILABLE)
      logger.warn('ShutdownWorker call failed during worker shutdown', { error });
  }
  engine.cancelPolls();
}
