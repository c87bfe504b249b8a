/** Histories run through workflow code, without a server: what is common to all of a replay is made once. */
import { IllegalStateError, SdkComponent } from '@perdure/common';
import { LoggerWithComposedMetadata } from '@perdure/common/lib/logger';
import { createWorkflowTaskCodec } from './codec/workflow-task-codec.ts';
import { compileWorkerOptions } from './compile-options.ts';
import type { ReplayHistoriesIterable, ReplayResult } from './replay.ts';
import { Runtime } from './runtime.ts';
import { processSinkCalls } from './sink-calls.ts';
import { loadBundle } from './worker-bundle.ts';
import { hostOptions, withBuildId } from './worker-create.ts';
import type { ReplayWorkerOptions, WorkerOptions } from './worker-option-types.ts';
import type { ReplayOptions } from './workflow/replay-histories.ts';

let replays = 0;

/** Waits for the only result of a replay, and throws the error that it tells of. */
export async function throwFirstError(replay: AsyncIterator<ReplayResult>): Promise<void> {
  const { value } = await replay.next();
  await replay.return?.();
  if (value === undefined) throw new IllegalStateError('Expected at least one replay result');
  if (value.error) throw value.error;
}

export async function* runReplayHistories(
  given: ReplayWorkerOptions,
  histories: ReplayHistoriesIterable,
  hooks: Pick<ReplayOptions, 'beforeActivation'> = {},
): AsyncIterableIterator<ReplayResult> {
  let options = given;
  for (const plugin of given.plugins ?? [])
    if (plugin.configureReplayWorker) options = await plugin.configureReplayWorker(options);
  const workerOptions: WorkerOptions = {
    debugMode: true,
    ...options,
    taskQueue: `${options.replayName ?? 'fake_replay_queue'}-${replays++}`,
  };
  const runtime = Runtime.instance();
  const { taskQueue } = workerOptions;
  const logger = LoggerWithComposedMetadata.compose(runtime.logger, { sdkComponent: SdkComponent.worker, taskQueue });
  const metricMeter = runtime.metricMeter.withTags({ namespace: 'default', taskQueue });
  const compiled = compileWorkerOptions(workerOptions, logger, metricMeter);
  const bundle = await loadBundle(compiled, logger);
  if (!bundle) throw new TypeError('ReplayWorkerOptions must contain workflowsPath or workflowBundle');
  const { replayHistories } = await import('./workflow/replay-histories.ts');
  const { payloadCodecs: codecs, externalStorage: storage } = compiled.loadedDataConverter;
  const codec = createWorkflowTaskCodec({ codecs, storage, namespace: compiled.namespace, runs: 1 });
  yield* replayHistories(
    {
      ...hostOptions(withBuildId(compiled, bundle), bundle, logger, runtime),
      ...hooks,
      decodeTask: codec.decodeTask,
      sinkCalls: (calls) => processSinkCalls(compiled.sinks, calls, logger, { isReplay: true }),
    },
    histories,
  );
}
