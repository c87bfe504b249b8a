/** What a worker can be told. The values that it works with are made of it in `compile-options.ts`. */
import type { DataConverter, Duration, VersioningBehavior, WorkerDeploymentVersion } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { WorkflowInfo } from '@perdure/workflow';
import type { ServiceHandler } from 'nexus-rpc';
import type { NativeConnection } from './connection.ts';
import type { WorkerInterceptors } from './interceptors.ts';
import type { InjectedSinks } from './sinks.ts';
import type { WorkerTuner } from './worker-tuner.ts';
import type { WorkflowBundleWithSourceMap } from './workflow/bundler.ts';

/**
 * Options of a {@link Worker}. Only `taskQueue` is needed; what a worker does follows from what it is given: workflows
 * (`workflowsPath` or `workflowBundle`), `activities`, or both.
 */
export interface WorkerOptions {
  /** The connection to poll on. Default: a connection of the worker's own to `localhost:7233`, closed when it stops. */
  connection?: NativeConnection;
  /** What the worker is called in histories and lists. Default: `pid@hostname`. */
  identity?: string;
  /**
   * Names the code that the worker runs. Default: the SDK's name and version and a hash of the workflow bundle.
   *
   * @deprecated Use {@link workerDeploymentOptions}.
   */
  buildId?: string;
  /**
   * Take part in versioning by build id. Needs {@link buildId}.
   *
   * @deprecated Use {@link workerDeploymentOptions}.
   */
  useVersioning?: boolean;
  /** The deployment version that this worker belongs to, and whether tasks are routed by it. */
  workerDeploymentOptions?: WorkerDeploymentOptions;
  /** The namespace to poll in. Must exist. Default: `default`. */
  namespace?: string;
  /** The task queue to poll, for workflow and activity tasks. */
  taskQueue: string;
  /**
   * Functions by activity type; properties that are no functions are left out. A function named `default` runs all
   * types that there is no other function for.
   */
  activities?: object;
  /**
   * Asked when a workflow first reaches `patched(id)` in new work. Returning `false` leaves the patch out: the old code
   * runs, and no marker is written. The answer holds for the rest of the run. Runs on the worker's main thread, must
   * return a boolean, and should do so promptly: the time that it takes counts towards the 5 seconds after which workflow
   * code is cut off.
   *
   * @experimental
   */
  patchActivationCallback?: PatchActivationCallback;
  /** Nexus services. Not supported yet: a worker that is given any refuses to start. */
  // biome-ignore lint/suspicious/noExplicitAny: services of whatever definition
  nexusServices?: ServiceHandler<any>[];
  /**
   * Path of a module whose exports are the workflows. They are bundled when the worker is created; to do that
   * beforehand, use `bundleWorkflowCode` and {@link workflowBundle}.
   */
  workflowsPath?: string;
  /**
   * Workflows bundled by `bundleWorkflowCode` of the same version. {@link workflowsPath}, {@link bundlerOptions} and
   * `interceptors.workflowModules` are ignored with it: give them to `bundleWorkflowCode`.
   */
  workflowBundle?: WorkflowBundleOption;
  /**
   * How long activities may go on after shutdown was asked for before they are cancelled. Those that then end with the
   * cancellation are failed, so that they are tried again elsewhere. Milliseconds or a string such as `10s`. Default: 0.
   */
  shutdownGraceTime?: Duration;
  /**
   * How long a shutdown may take before the worker gives up: `run` then rejects with a
   * `GracefulShutdownPeriodExpiredError`, and whatever still runs is left to itself; end the process then.
   * Milliseconds or a string. Default: no limit.
   */
  shutdownForceTime?: Duration;
  /** Converts values to payloads and back. Bundles made beforehand need its converter paths as well. */
  dataConverter?: DataConverter;
  /** Decides how many tasks to take on at once. Excludes the `maxConcurrent…Executions` options. */
  tuner?: WorkerTuner;
  /** Activities at once. Not with {@link tuner}. Default: 100. */
  maxConcurrentActivityTaskExecutions?: number;
  /** Local activities at once. Not with {@link tuner}. Default: 100. */
  maxConcurrentLocalActivityExecutions?: number;
  /** Nexus tasks at once. Not with {@link tuner}. Default: 100. */
  maxConcurrentNexusTaskExecutions?: number;
  /** Whether to poll for activity tasks. Without, activities run as local activities only. Default: true. */
  enableNonLocalActivities?: boolean;
  /**
   * Send payloads that are larger than the namespace allows instead of failing the task beforehand, and leave it to
   * the server to refuse them. Default: false.
   */
  disablePayloadErrorLimit?: boolean;
  /** The most activities to start per second, local ones not counted. Must be positive. Default: no limit. */
  maxActivitiesPerSecond?: number;
  /**
   * The most activities that the server hands out per second on the task queue, to all workers together; the last
   * worker that polled decides. Turns off eager activities. Default: no limit.
   */
  maxTaskQueueActivitiesPerSecond?: number;
  /**
   * The most activities of one workflow task that are asked for at once, without a poll. Default: 3; 0 turns eager
   * activities off.
   */
  maxEagerActivityReservationsPerWorkflowTask?: number;
  /**
   * Workflow tasks at once. At least 2 unless the cache is off, and no more than {@link maxCachedWorkflows}. Not with
   * {@link tuner}. Default: 40.
   */
  maxConcurrentWorkflowTaskExecutions?: number;
  /** How many of the workflow polls may be on the normal queue rather than the sticky one; at least one is. Default: 0.2. */
  nonStickyToStickyPollRatio?: number;
  /** Workflow polls at once, unless {@link workflowTaskPollerBehavior} says more. Default: at most 10. */
  maxConcurrentWorkflowTaskPolls?: number;
  /** How many workflow polls to keep open. Default: at most 10, no more than there are slots. */
  workflowTaskPollerBehavior?: PollerBehavior;
  /** How many activity polls to keep open. Default: at most 10, no more than there are slots. */
  activityTaskPollerBehavior?: PollerBehavior;
  /** How many Nexus polls to keep open. */
  nexusTaskPollerBehavior?: PollerBehavior;
  /** Activity polls at once, unless {@link activityTaskPollerBehavior} says more. Default: at most 10. */
  maxConcurrentActivityTaskPolls?: number;
  /** Nexus polls at once. */
  maxConcurrentNexusTaskPolls?: number;
  /**
   * How long a workflow task waits for the worker that has the workflow in its cache before any worker may take it.
   * Milliseconds or a string. Default: 10 s.
   */
  stickyQueueScheduleToStartTimeout?: Duration;
  /**
   * How many workflow runs to keep in memory between their tasks. 0 keeps none: every task replays the whole history.
   * Default: by the heap limit, 600 for each GB beyond 200 MB (250 beyond 400 MB without {@link reuseV8Context}), at
   * least 10.
   */
  maxCachedWorkflows?: number;
  /**
   * Threads that workflow code runs on; 0 runs it on the thread of the worker. Default: 1 with {@link reuseV8Context},
   * else 2; 0 in a time-skipping test environment.
   */
  workflowThreadPoolSize?: number;
  /** The longest interval at which an activity's heartbeats are sent. Milliseconds or a string. Default: 60 s. */
  maxHeartbeatThrottleInterval?: Duration;
  /**
   * The interval at which heartbeats of activities without a heartbeat timeout are sent. With one it is 80 % of the
   * timeout. Milliseconds or a string. Default: 30 s.
   */
  defaultHeartbeatThrottleInterval?: Duration;
  /** Called around activities, workflows and client calls, from the first to the last. */
  interceptors?: WorkerInterceptors;
  /**
   * Change the worker's options and take part in its run. They are given to the bundler, too.
   *
   * @experimental
   */
  plugins?: WorkerPluginOf<Any>[];
  /**
   * Functions that workflows can call to the outside, without an answer. They run after the activation, in the order of
   * the calls; what they throw is logged. Delivery is best effort. Names must not begin with `__temporal_`.
   */
  // biome-ignore lint/suspicious/noExplicitAny: sinks of whatever signature
  sinks?: InjectedSinks<any>;
  /**
   * Names of errors that fail a workflow when its code throws them, and not only its task; by workflow type, `*` for
   * all. `NondeterminismError` stands for history and code that do not match; `Error` for everything.
   *
   * @experimental
   */
  workflowFailureErrorTypes?: Record<
    '*' | (string & {}),
    ('NondeterminismError' | 'DeterminismViolationError' | 'Error' | (string & {}))[]
  >;
  /** @deprecated Has no effect. */
  enableSDKTracing?: boolean;
  /** Send source code with enhanced stack traces. Default: false. */
  showStackTraceSources?: boolean;
  /**
   * Run workflows on the worker's own thread and without a time limit, so that a debugger can be attached.
   * Default: false, unless the environment variable `TEMPORAL_DEBUG` is set.
   */
  debugMode?: boolean;
  /**
   * Let runs share a V8 context, each with globals of its own and all with the same, frozen, built-in objects. Code that
   * changes those while it loads gets a context for each run in any case. Default: true.
   */
  reuseV8Context?: boolean;
  bundlerOptions?: {
    /** Not supported, and refused: code is bundled with esbuild, not with webpack. */
    webpackConfigHook?: (config: WebpackConfiguration) => WebpackConfiguration;
    /** Modules to leave out of the bundle. Code that uses one at run time fails. */
    ignoreModules?: string[];
    /** Modules to evaluate once for all runs. They must not keep any state of a run. */
    preloadModules?: string[];
  };
}

/** How many polls of a kind a worker keeps open. */
export type PollerBehavior = PollerBehaviorSimpleMaximum | PollerBehaviorAutoscaling;

/** As many as the server suggests, as long as there are slots. */
export interface PollerBehaviorAutoscaling {
  type: 'autoscaling';
  /** Never fewer. At least 1. Default: 1. */
  minimum?: number;
  /** Never more. Default: 100. */
  maximum?: number;
  /** How many to begin with. Default: 5. */
  initial?: number;
}

/** Always so many, as long as there are slots. */
export interface PollerBehaviorSimpleMaximum {
  type: 'simple-maximum';
  /** Default: 10, or the number of slots if that is less. */
  maximum?: number;
}

/** Which version of which deployment a worker is. */
export type WorkerDeploymentOptions = {
  version: WorkerDeploymentVersion;
  /** Whether tasks are routed by version. */
  useWorkerVersioning: boolean;
  /** What workflows do when there is a newer version, if they do not say themselves. Needed with versioning only. */
  defaultVersioningBehavior?: VersioningBehavior | undefined;
} & (
  | { useWorkerVersioning: true; defaultVersioningBehavior: VersioningBehavior }
  | { useWorkerVersioning: false; defaultVersioningBehavior?: never }
);

/** Options of a replay: those of a worker that mean something without a server. */
export interface ReplayWorkerOptions
  extends Omit<
    WorkerOptions,
    | 'connection'
    | 'namespace'
    | 'taskQueue'
    | 'activities'
    | 'nexusServices'
    | 'tuner'
    | 'maxConcurrentActivityTaskExecutions'
    | 'maxConcurrentLocalActivityExecutions'
    | 'maxConcurrentWorkflowTaskExecutions'
    | 'maxConcurrentNexusTaskExecutions'
    | 'maxConcurrentActivityTaskPolls'
    | 'maxConcurrentWorkflowTaskPolls'
    | 'maxConcurrentNexusTaskPolls'
    | 'workflowTaskPollerBehavior'
    | 'activityTaskPollerBehavior'
    | 'nexusTaskPollerBehavior'
    | 'nonStickyToStickyPollRatio'
    | 'maxHeartbeatThrottleInterval'
    | 'defaultHeartbeatThrottleInterval'
    | 'debugMode'
    | 'enableNonLocalActivities'
    | 'maxActivitiesPerSecond'
    | 'maxTaskQueueActivitiesPerSecond'
    | 'maxEagerActivityReservationsPerWorkflowTask'
    | 'stickyQueueScheduleToStartTimeout'
    | 'maxCachedWorkflows'
    | 'useVersioning'
    | 'patchActivationCallback'
  > {
  /** Names the replay; a number is put behind it to make its task queue. Default: `fake_replay_queue`. */
  replayName?: string;
}

/** @experimental */
export interface PatchActivationInput {
  /** What is known of the workflow at that moment: a copy. */
  readonly workflowInfo: Readonly<WorkflowInfo>;
  readonly patchId: string;
}

/** @experimental */
export type PatchActivationCallback = (input: PatchActivationInput) => boolean;

/** A configuration of webpack, which is not used here. */
export type WebpackConfiguration = object;

/** A bundle in a file. */
export interface WorkflowBundlePath {
  codePath: string;
}

/** @deprecated The source map is in the bundle: use {@link WorkflowBundlePath}. */
export interface WorkflowBundlePathWithSourceMap {
  codePath: string;
  sourceMapPath: string;
}

/** A bundle in memory. */
export interface WorkflowBundle {
  code: string;
}

export type WorkflowBundleOption =
  | WorkflowBundle
  | WorkflowBundleWithSourceMap
  | WorkflowBundlePath
  | WorkflowBundlePathWithSourceMap;

/** Whether the bundle's code is given itself. */
export function isCodeBundleOption(option: WorkflowBundleOption): option is WorkflowBundle {
  return 'code' in option && typeof option.code === 'string';
}

/** Whether the bundle is to be read from a file. */
export function isPathBundleOption(option: WorkflowBundleOption): option is WorkflowBundlePath {
  return 'codePath' in option && typeof option.codePath === 'string';
}

/**
 * Changes how workers of the class `W` are made and run: a parameter, because options come before workers.
 *
 * @experimental
 */
export interface WorkerPluginOf<W> {
  get name(): string;
  /** Returns the options to go on with. Called when a worker is created, in the order of the plugins. */
  configureWorker?(options: WorkerOptions): WorkerOptions | Promise<WorkerOptions>;
  /** The same for replays. */
  configureReplayWorker?(options: ReplayWorkerOptions): ReplayWorkerOptions | Promise<ReplayWorkerOptions>;
  /** Called around the whole run of a worker, the first plugin outermost. Must call `next`. Not called for replays. */
  runWorker?(worker: W, next: (w: W) => Promise<void>): Promise<void>;
}
