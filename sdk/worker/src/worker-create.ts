/** What stands between a worker's options and a worker: plugins, checks, the bundle, the connection, the namespace. */
import { createHash, randomUUID } from 'node:crypto';
import type { Client } from '@perdure/client';
import { type Logger, SdkComponent } from '@perdure/common';
import { isHeard } from '@perdure/common/lib/heard-levels';
import { LoggerWithComposedMetadata } from '@perdure/common/lib/logger';
import { throwIfReservedName } from '@perdure/common/lib/reserved';
import {
  type CompiledWorkerOptions,
  type CompiledWorkerOptionsWithBuildId,
  compileWorkerOptions,
} from './compile-options.ts';
import { extractNativeClient, InternalNativeConnection, type NativeConnection } from './connection.ts';
import { createEngine, type Engine } from './engine.ts';
import { logLevels } from './logger.ts';
import { describeNamespace, type NamespaceFacts } from './namespace.ts';
import { pkg, sdk } from './pkg.ts';
import { Runtime } from './runtime.ts';
import { type Call, pathOf } from './service.ts';
import { type LoadedBundle, loadBundle } from './worker-bundle.ts';
import { type WorkerFields, workerFields } from './worker-fields.ts';
import { createWorkerMetrics } from './worker-metrics.ts';
import type { WorkerOptions } from './worker-option-types.ts';
import { createCounts, type WorkerCounts } from './worker-state.ts';
import { tallied, type WorkerTally } from './worker-tally.ts';
import { createWorkflowHost } from './workflow/create-host.ts';
import type { WorkflowHostOptions } from './workflow/host.ts';
import { prepareThreads } from './workflow/threads/spare-threads.ts';

/** What a worker is made of. */
export interface WorkerParts {
  readonly runtime: Runtime;
  readonly options: CompiledWorkerOptionsWithBuildId;
  readonly fields: WorkerFields;
  readonly logger: Logger;
  readonly counts: WorkerCounts;
  readonly tally: WorkerTally;
  readonly namespace: NamespaceFacts;
  readonly call: Call;
  readonly engine: Engine;
  /** The connection, which may be exchanged. */
  readonly link: ConnectionLink;
}

export interface ConnectionLink {
  connection: NativeConnection;
  /** Made when somebody first asks for it; gone when the connection is exchanged. */
  client: Client | undefined;
}

/** Applies what plugins have to say, the worker's own first. */
export async function applyPlugins(given: WorkerOptions): Promise<WorkerOptions> {
  const plugins = [...(given.plugins ?? []), ...(given.connection?.plugins ?? [])];
  let options: WorkerOptions = { ...given, plugins };
  for (const plugin of plugins)
    if ('configureWorker' in plugin && plugin.configureWorker) options = await plugin.configureWorker(options);
  return options;
}

/** Rejects with a `TypeError` at bad options and with a `TransportError` when the server or the namespace cannot be had. */
export async function createParts(
  given: WorkerOptions,
  clientOf: (parts: Pick<WorkerParts, 'options' | 'link'>) => Client,
): Promise<WorkerParts> {
  if (!given.taskQueue) throw new TypeError('Task queue name is required');
  throwIfReservedName('task queue', given.taskQueue);
  if (given.nexusServices?.length)
    throw new TypeError('nexusServices are not supported yet: Nexus operations cannot be served by this version');
  const runtime = Runtime.instance();
  const { taskQueue, namespace = 'default' } = given;
  const logger = LoggerWithComposedMetadata.compose(runtime.logger, { sdkComponent: SdkComponent.worker, taskQueue });
  const metricMeter = runtime.metricMeter.withTags({ namespace, taskQueue });
  const compiled = compileWorkerOptions(given, logger, metricMeter);
  logger.debug('Creating worker', { options: forLogs(compiled) });
  const endSpareThreads = prepareThreads(threadsOf(compiled));
  const described = connectTo(given.connection, compiled.namespace);
  // Code that cannot be bundled is told of first.
  described.catch(() => undefined);
  try {
    const bundle = await loadBundle(compiled, logger);
    const options = withBuildId(compiled, bundle);
    const { link, call, facts } = await described;
    const fields = workerFields(options, randomUUID());
    const counts = createCounts();
    const meter = runtime.coreMeter.with({ namespace, task_queue: taskQueue });
    const { metrics, tally } = tallied(createWorkerMetrics(meter));
    const coreLogger = LoggerWithComposedMetadata.compose(runtime.coreLogger, { namespace, taskQueue });
    coreLogger.info('Initializing worker');
    const engine = await createEngine({
      options,
      fields,
      call,
      counts,
      logger,
      metricMeter,
      coreLogger,
      metrics,
      warnSizes: () => extractNativeClient(link.connection).payloadLimits,
      namespace: facts,
      client: () => clientOf({ options, link }),
      createHost: bundle && ((services) => createWorkflowHost(hostOptions(options, bundle, logger, runtime), services)),
    });
    return { runtime, options, fields, logger, counts, tally, namespace: facts, call, engine, link };
  } catch (error) {
    await described.then(
      ({ link }) => closeOwn(link.connection),
      () => undefined,
    );
    throw error;
  } finally {
    endSpareThreads();
  }
}

/** How many workflow threads the worker is going to have. */
function threadsOf({
  workflowsPath,
  workflowBundle,
  debugMode,
  workflowThreadPoolSize,
}: CompiledWorkerOptions): number {
  return (workflowsPath || workflowBundle) && !debugMode ? workflowThreadPoolSize : 0;
}

async function connectTo(given: NativeConnection | undefined, namespace: string) {
  const link: ConnectionLink = { connection: given ?? (await InternalNativeConnection.connect()), client: undefined };
  const call = callOver(link, namespace);
  try {
    return { link, call, facts: await describeNamespace(call, namespace) };
  } catch (error) {
    await closeOwn(link.connection);
    throw error;
  }
}

async function closeOwn(connection: NativeConnection): Promise<void> {
  if (connection instanceof InternalNativeConnection) await connection.close();
}

/** Calls go over whatever the connection is at that moment. */
function callOver(link: ConnectionLink, namespace: string): Call {
  const metadata = Object.freeze({ 'temporal-namespace': namespace });
  return (method, request, options) =>
    extractNativeClient(link.connection).call(pathOf(method), request, { ...options, metadata });
}

/** Logs get neither the bundle nor things that lead to the whole process. */
function forLogs({ connection, workflowBundle, ...options }: CompiledWorkerOptions): object {
  const code = workflowBundle && 'code' in workflowBundle ? workflowBundle.code : undefined;
  return {
    ...options,
    ...(connection && { connection: '<NativeConnection>' }),
    ...(workflowBundle && {
      workflowBundle: code === undefined ? workflowBundle : { code: `<string of length ${code.length}>` },
    }),
  };
}

export function withBuildId(
  options: CompiledWorkerOptions,
  bundle: LoadedBundle | undefined,
): CompiledWorkerOptionsWithBuildId {
  const hash = bundle && createHash('sha256').update(bundle.code).digest('hex');
  return { ...options, buildId: options.buildId ?? `${pkg.name}@${pkg.version}${hash ? `+${hash}` : ''}` };
}

export function hostOptions(
  options: CompiledWorkerOptionsWithBuildId,
  bundle: LoadedBundle,
  logger: Logger,
  runtime: Runtime,
): WorkflowHostOptions {
  const { workerDeploymentOptions: deployment, debugMode, activities, patchActivationCallback } = options;
  const takesEager = options.enableNonLocalActivities && !((options.maxTaskQueueActivitiesPerSecond ?? 0) > 0);
  return {
    bundle,
    namespace: options.namespace,
    taskQueue: options.taskQueue,
    maxCachedWorkflows: options.maxCachedWorkflows,
    workflowThreadPoolSize: debugMode ? 0 : options.workflowThreadPoolSize,
    isolateExecutionTimeoutMs: debugMode ? Number.POSITIVE_INFINITY : options.isolateExecutionTimeoutMs,
    reuseV8Context: options.reuseV8Context,
    showStackTraceSources: options.showStackTraceSources,
    registeredActivityNames: new Set(activities.keys()),
    maxEagerActivities: takesEager ? (options.maxEagerActivityReservationsPerWorkflowTask ?? 3) : 0,
    buildId: options.buildId,
    sdk,
    logger,
    mutedLogLevels: mutedLevels(runtime),
    ...(options.workflowFailureErrorTypes && { workflowFailureErrorTypes: options.workflowFailureErrorTypes }),
    ...(patchActivationCallback && { patchActivationCallback }),
    ...(deployment?.useWorkerVersioning && { defaultVersioningBehavior: deployment.defaultVersioningBehavior }),
    ...(deployment && { deploymentVersion: deployment.version }),
  };
}

/** Levels that the logger drops: messages of workflows at these need not leave their threads. */
function mutedLevels({ logger }: Runtime): string[] {
  return logLevels.filter((level) => !isHeard(logger, level)).map((level) => level.toLowerCase());
}
