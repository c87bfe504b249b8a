import type {
  CommonWorkflowOptions,
  PayloadTypeInfo,
  SignalDefinition,
  SignalTypeInfo,
  VersioningOverride,
  WithWorkflowArgs,
  Workflow,
} from '@perdure/common';
import { toCanonicalString } from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { Duration } from '@perdure/common/lib/time';
import { msOptionalToTs } from '@perdure/common/lib/time';
import type { Replace } from '@perdure/common/lib/type-helpers';
import { type google, temporal } from '@perdure/proto';

export * from '@perdure/common/lib/workflow-options';

/** How to start a workflow. */
export interface WorkflowOptions extends CommonWorkflowOptions {
  /** What the workflow is known by, best something of your business: it makes a start that is repeated harmless. */
  workflowId: string;

  /** Where workers take its tasks from. */
  taskQueue: string;

  /**
   * Whether waiting for the result goes on with the next run when one continues as new, is retried or is a cron's.
   *
   * @default true
   */
  followRuns?: boolean;

  /**
   * How long to wait before the first task; a signal with start does not wait. Not together with `cronSchedule`.
   * Milliseconds, or text like `1 minute`.
   */
  startDelay?: Duration;

  /** Takes the place of the version that the task queue would give. @experimental */
  versioningOverride?: VersioningOverride;

  /**
   * Asks for the first task at once, for a worker of this process on the same connection. Needs a `NativeConnection`.
   *
   * @experimental
   */
  requestEagerStart?: boolean;

  /** How to encode the arguments and to decode the result, for workflows that are given by name. @experimental */
  typeInfo?: PayloadTypeInfo;
}

export type WithCompiledWorkflowOptions<T extends WorkflowOptions> = Replace<
  T,
  {
    workflowExecutionTimeout?: google.protobuf.IDuration;
    workflowRunTimeout?: google.protobuf.IDuration;
    workflowTaskTimeout?: google.protobuf.IDuration;
    startDelay?: google.protobuf.IDuration;
    versioningOverride?: temporal.api.workflow.v1.IVersioningOverride;
  }
>;

/** How to start a workflow, with times as the API has them. */
export interface CompiledWorkflowOptions extends WithCompiledWorkflowOptions<WorkflowOptions> {
  args: unknown[];
}

/**
 * Options with times as the API has them.
 *
 * @throws TypeError for durations that cannot be read
 */
export function compileWorkflowOptions<T extends WorkflowOptions>(options: T): WithCompiledWorkflowOptions<T> {
  return {
    ...options,
    workflowExecutionTimeout: msOptionalToTs(options.workflowExecutionTimeout),
    workflowRunTimeout: msOptionalToTs(options.workflowRunTimeout),
    workflowTaskTimeout: msOptionalToTs(options.workflowTaskTimeout),
    startDelay: msOptionalToTs(options.startDelay),
    versioningOverride: versioningOverride(options.versioningOverride),
  } as unknown as WithCompiledWorkflowOptions<T>;
}

/** In the fields of today's servers and in those of earlier ones. */
function versioningOverride(
  override: VersioningOverride | undefined,
): temporal.api.workflow.v1.IVersioningOverride | undefined {
  if (!override) return undefined;
  const { VERSIONING_BEHAVIOR_AUTO_UPGRADE, VERSIONING_BEHAVIOR_PINNED } = temporal.api.enums.v1.VersioningBehavior;
  if (override === 'AUTO_UPGRADE') return { autoUpgrade: true, behavior: VERSIONING_BEHAVIOR_AUTO_UPGRADE };
  const { PinnedOverrideBehavior } = temporal.api.workflow.v1.VersioningOverride;
  const version = override.pinnedTo;
  return {
    pinned: { version, behavior: PinnedOverrideBehavior.PINNED_OVERRIDE_BEHAVIOR_PINNED },
    behavior: VERSIONING_BEHAVIOR_PINNED,
    pinnedVersion: toCanonicalString(version),
  };
}

/** How to send an update. */
export interface WorkflowUpdateOptions {
  /** Makes a repeated update harmless. @default a random one */
  readonly updateId?: string;
  /** How to encode the arguments and to decode the result, for updates that are given by name. @experimental */
  typeInfo?: PayloadTypeInfo;
}

type SignalOf<SignalArgs extends Any[]> = SignalArgs extends [Any, ...Any[]]
  ? WorkflowSignalWithStartOptionsWithArgs<SignalArgs>
  : WorkflowSignalWithStartOptionsWithoutArgs<SignalArgs>;

type SignalTypeInfoOptions =
  | { signalTypeInfo?: never }
  | {
      signal: string;
      /** How to encode the signal's arguments; a definition brings its own. @experimental */
      signalTypeInfo?: SignalTypeInfo;
    };

/** How to start a workflow, and the signal that goes with the start. */
export type WorkflowSignalWithStartOptions<SignalArgs extends Any[] = []> = SignalOf<SignalArgs> &
  SignalTypeInfoOptions;

export interface WorkflowSignalWithStartOptionsWithoutArgs<SignalArgs extends Any[]>
  extends Omit<WorkflowOptions, 'requestEagerStart'> {
  /** A signal's definition or its name. */
  signal: SignalDefinition<SignalArgs> | string;
  signalArgs?: SignalArgs;
}

export interface WorkflowSignalWithStartOptionsWithArgs<SignalArgs extends Any[]>
  extends Omit<WorkflowOptions, 'requestEagerStart'> {
  /** A signal's definition or its name. */
  signal: SignalDefinition<SignalArgs> | string;
  signalArgs: SignalArgs;
}

/** How to start a workflow, with its arguments. */
export type WorkflowStartOptions<T extends Workflow = Workflow> = WithWorkflowArgs<T, WorkflowOptions>;
