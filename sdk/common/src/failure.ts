import type { temporal } from '@perdure/proto';
import type { ApplicationFailureCategory, RetryState, TimeoutType } from './failure-enums.ts';
import type { Duration } from './time.ts';
import { errorMessage, isError, isRecord, SymbolBasedInstanceOfError } from './type-helpers.ts';

export {
  ApplicationFailureCategory,
  decodeApplicationFailureCategory,
  decodeRetryState,
  decodeTimeoutType,
  encodeApplicationFailureCategory,
  encodeRetryState,
  encodeTimeoutType,
  RetryState,
  TimeoutType,
} from './failure-enums.ts';

/** What failures made here name as their source. */
export const FAILURE_SOURCE = 'TypeScriptSDK';
export type ProtoFailure = temporal.api.failure.v1.IFailure;
export type WorkflowExecution = temporal.api.common.v1.IWorkflowExecution;

type Absent = undefined | null;

/**
 * A failure that can travel between Workflows, Activities and clients. Neither this class nor one of those below is meant
 * to be extended, and the only one to be thrown by user code is {@link ApplicationFailure}.
 */
export class TemporalFailure extends Error {
  /** What the failure looked like when it arrived here; absent if it was made here. */
  public failure?: ProtoFailure;
  public override readonly cause?: Error | undefined;

  static {
    SymbolBasedInstanceOfError<TemporalFailure>('TemporalFailure')(TemporalFailure);
  }

  constructor(message?: string | Absent, cause?: Error | undefined) {
    super(message ?? undefined);
    this.cause = cause;
  }
}

/** The server itself failed. */
export class ServerFailure extends TemporalFailure {
  public readonly nonRetryable: boolean;

  static {
    SymbolBasedInstanceOfError<ServerFailure>('ServerFailure')(ServerFailure);
  }

  constructor(message: string | undefined, nonRetryable: boolean, cause?: Error) {
    super(message, cause);
    this.nonRetryable = nonRetryable;
  }
}

export interface ApplicationFailureOptions {
  message?: string | undefined;
  /** What {@link RetryPolicy.nonRetryableErrorTypes} is compared with. */
  type?: string | undefined;
  /**
   * Whether it must not be tried again, whatever the retry policy says.
   *
   * @default false
   */
  nonRetryable?: boolean | undefined;
  /** Anything that the payload converter can convert. */
  details?: unknown[] | undefined;
  /** When to try again, instead of when the retry policy would. */
  nextRetryDelay?: Duration | undefined;
  cause?: Error | undefined;
  /** How much attention the failure deserves. */
  category?: ApplicationFailureCategory | undefined;
}

/**
 * A failure of the application: what Workflows and Activities throw in order to fail.
 *
 * A Workflow fails by throwing one; any other error only fails the Workflow Task, which is tried again. An Activity may
 * throw any error, which becomes an `ApplicationFailure` (see {@link ensureApplicationFailure}); the Workflow finds it as
 * the `cause` of the {@link ActivityFailure}.
 *
 * It is tried again unless it is `nonRetryable` or its `type` is among the policy's
 * {@link RetryPolicy.nonRetryableErrorTypes}.
 */
export class ApplicationFailure extends TemporalFailure {
  public readonly type?: string | Absent;
  public readonly nonRetryable?: boolean | Absent;
  public readonly details?: unknown[] | Absent;
  public readonly nextRetryDelay?: Duration | Absent;
  public readonly category?: ApplicationFailureCategory | Absent;

  static {
    SymbolBasedInstanceOfError<ApplicationFailure>('ApplicationFailure')(ApplicationFailure);
  }

  /** {@link create} and {@link fromError} are easier to read. */
  constructor(
    message?: string | Absent,
    type?: string | Absent,
    nonRetryable?: boolean | Absent,
    details?: unknown[] | Absent,
    cause?: Error,
    nextRetryDelay?: Duration | Absent,
    category?: ApplicationFailureCategory | Absent,
  ) {
    super(message, cause);
    this.type = type;
    this.nonRetryable = nonRetryable;
    this.details = details;
    this.nextRetryDelay = nextRetryDelay;
    this.category = category;
  }

  /** What {@link ensureApplicationFailure} makes of the error, with the overrides set on it. */
  public static fromError(error: Error | unknown, overrides?: ApplicationFailureOptions): ApplicationFailure {
    return Object.assign(ensureApplicationFailure(error), overrides) as ApplicationFailure;
  }

  public static create(options: ApplicationFailureOptions): ApplicationFailure {
    const { message, type, nonRetryable = false, details, cause, nextRetryDelay, category } = options;
    return new this(message, type, nonRetryable, details, cause, nextRetryDelay, category);
  }

  /** A failure to be tried again, unless the retry policy names its type. The type is `'Error'` if none is given. */
  public static retryable(message?: string | null, type?: string | null, ...details: unknown[]): ApplicationFailure {
    return new this(message, type ?? 'Error', false, details);
  }

  /** A failure not to be tried again. The type is `'Error'` if none is given. */
  public static nonRetryable(message?: string | null, type?: string | null, ...details: unknown[]): ApplicationFailure {
    return new this(message, type ?? 'Error', true, details);
  }
}

/**
 * The failure with which a converter refuses a payload for good.
 *
 * @experimental
 */
export function createPayloadValidationError(details: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'Payload validation failed',
    type: 'PayloadValidationError',
    nonRetryable: true,
    details: details == null ? [] : [details],
  });
}

/** Something was cancelled: in a Workflow its scope, in an Activity the Activity itself. */
export class CancelledFailure extends TemporalFailure {
  public readonly details: unknown[];

  static {
    SymbolBasedInstanceOfError<CancelledFailure>('CancelledFailure')(CancelledFailure);
  }

  constructor(message: string | undefined, details: unknown[] = [], cause?: Error) {
    super(message, cause);
    this.details = details;
  }
}

/** A Workflow was terminated, which its code never learns. */
export class TerminatedFailure extends TemporalFailure {
  static {
    SymbolBasedInstanceOfError<TerminatedFailure>('TerminatedFailure')(TerminatedFailure);
  }

  // It takes away nothing from the inherited one but the choice to leave out the message.
  constructor(message: string | undefined, cause?: Error) {
    super(message, cause);
  }
}

/** An Activity or a Child Workflow took longer than it was allowed to. */
export class TimeoutFailure extends TemporalFailure {
  /** What the last heartbeat before the timeout reported. */
  public readonly lastHeartbeatDetails: unknown;
  public readonly timeoutType: TimeoutType;

  static {
    SymbolBasedInstanceOfError<TimeoutFailure>('TimeoutFailure')(TimeoutFailure);
  }

  constructor(message: string | undefined, lastHeartbeatDetails: unknown, timeoutType: TimeoutType) {
    super(message);
    this.lastHeartbeatDetails = lastHeartbeatDetails;
    this.timeoutType = timeoutType;
  }
}

/** An Activity failed, was cancelled or timed out for good; the cause says which and how. */
export class ActivityFailure extends TemporalFailure {
  public readonly activityType: string;
  public readonly activityId: string | undefined;
  public readonly retryState: RetryState;
  public readonly identity: string | undefined;

  static {
    SymbolBasedInstanceOfError<ActivityFailure>('ActivityFailure')(ActivityFailure);
  }

  constructor(
    message: string | undefined,
    activityType: string,
    activityId: string | undefined,
    retryState: RetryState,
    identity: string | undefined,
    cause?: Error,
  ) {
    super(message, cause);
    this.activityType = activityType;
    this.activityId = activityId;
    this.retryState = retryState;
    this.identity = identity;
  }
}

/** A Child Workflow failed, was cancelled, was terminated or timed out; the cause says which and how. */
export class ChildWorkflowFailure extends TemporalFailure {
  public readonly namespace: string | undefined;
  public readonly execution: WorkflowExecution;
  public readonly workflowType: string;
  public readonly retryState: RetryState;

  static {
    SymbolBasedInstanceOfError<ChildWorkflowFailure>('ChildWorkflowFailure')(ChildWorkflowFailure);
  }

  constructor(
    namespace: string | undefined,
    execution: WorkflowExecution,
    workflowType: string,
    retryState: RetryState,
    cause?: Error,
  ) {
    super('Child Workflow execution failed', cause);
    this.namespace = namespace;
    this.execution = execution;
    this.workflowType = workflowType;
    this.retryState = retryState;
  }
}

/**
 * A Nexus Operation failed, was cancelled or timed out; the cause says which and how.
 *
 * @experimental
 */
export class NexusOperationFailure extends TemporalFailure {
  public readonly scheduledEventId: number | undefined;
  public readonly endpoint: string;
  public readonly service: string;
  public readonly operation: string;
  /** Absent if the Operation never became asynchronous. */
  public readonly operationToken: string | undefined;

  static {
    SymbolBasedInstanceOfError<NexusOperationFailure>('NexusOperationFailure')(NexusOperationFailure);
  }

  constructor(
    message: string | undefined,
    scheduledEventId: number | undefined,
    endpoint: string,
    service: string,
    operation: string,
    operationToken: string | undefined,
    cause?: Error,
  ) {
    super(message, cause);
    this.scheduledEventId = scheduledEventId;
    this.endpoint = endpoint;
    this.service = service;
    this.operation = operation;
    this.operationToken = operationToken;
  }
}

/** A Workflow could not be started because its id is in use, or was used and may not be used again. */
export class WorkflowExecutionAlreadyStartedError extends TemporalFailure {
  public readonly workflowId: string;
  public readonly workflowType: string;

  static {
    SymbolBasedInstanceOfError<WorkflowExecutionAlreadyStartedError>('WorkflowExecutionAlreadyStartedError')(
      WorkflowExecutionAlreadyStartedError,
    );
  }

  constructor(message: string, workflowId: string, workflowType: string) {
    super(message);
    this.workflowId = workflowId;
    this.workflowType = workflowType;
  }
}

/**
 * The error itself if it is an {@link ApplicationFailure}, and otherwise one with its message, stack and cause, whose type
 * is the name of the error's class.
 */
export function ensureApplicationFailure(error: unknown): ApplicationFailure {
  if (error instanceof ApplicationFailure) return error;
  const thrown = isRecord(error) ? error : undefined;
  const failure = ApplicationFailure.create({
    message: (thrown && String(thrown['message'])) || String(error),
    type: (thrown && nameOf(thrown)) || undefined,
    nonRetryable: false,
    cause: isError(thrown?.['cause']) ? thrown['cause'] : undefined,
  });
  failure.stack = (thrown && String(thrown['stack'])) ?? '';
  return failure;
}

/** The error itself if it is a failure, and otherwise what {@link ensureApplicationFailure} makes of it. */
export function ensureTemporalFailure(err: unknown): TemporalFailure {
  return err instanceof TemporalFailure ? err : ensureApplicationFailure(err);
}

/** The message of the error at the end of the chain of causes. */
export function rootCause(error: unknown): string | undefined {
  let at = error;
  while (at instanceof TemporalFailure) {
    if (!at.cause) return at.message;
    at = at.cause;
  }
  return errorMessage(at);
}

function nameOf(error: Record<string, unknown>): string | undefined {
  // An object without prototype has no constructor.
  return (error.constructor as { name: string } | undefined)?.name ?? (error['name'] as string | undefined);
}
