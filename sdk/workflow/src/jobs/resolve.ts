import {
  fromPayloadWithTypeInfo,
  type ProtoFailure,
  type SerializationContext,
  WorkflowExecutionAlreadyStartedError,
} from '@perdure/common';
import { IllegalStateError } from '@perdure/common/lib/errors';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState, Completion, Completions } from '../activator-state.ts';
import { LocalActivityDoBackoff } from '../errors.ts';
import { seqOf } from './inputs.ts';

type Jobs = coresdk.workflow_activation.IWorkflowActivationJob;
type Job<Name extends keyof Jobs> = NonNullable<Jobs[Name]>;

/*
 * The worker's answers to what code has asked for. Each answers something once: what is not there any more is a fault of
 * the worker, but for timers, which are cancelled without asking.
 */

function take<Kind extends keyof Completions>({ completions }: ActivatorState, kind: Kind, seq: number): Taken<Kind> {
  const waiting: Map<number, unknown> = completions[kind];
  const completion = waiting.get(seq);
  if (completion === undefined) throw new IllegalStateError(`No completion for taskSeq ${seq}`);
  waiting.delete(seq);
  return completion as Taken<Kind>;
}
type Taken<Kind extends keyof Completions> = Completions[Kind] extends Map<number, infer One> ? One : never;

export function fireTimer({ completions }: ActivatorState, job: Job<'fireTimer'>): void {
  const seq = seqOf(job);
  const timer = completions.timer.get(seq);
  completions.timer.delete(seq);
  timer?.resolve();
}

export function resolveActivity(activator: ActivatorState, job: Job<'resolveActivity'>): void {
  const { result } = job;
  if (!result) throw new TypeError('Got ResolveActivity activation with no result');
  const completion = take(activator, 'activity', seqOf(job));
  if (result.backoff) completion.reject(new LocalActivityDoBackoff(result.backoff));
  else settle(activator, completion, result);
}

export function resolveChildWorkflowExecution(
  activator: ActivatorState,
  job: Job<'resolveChildWorkflowExecution'>,
): void {
  const { result } = job;
  if (!result) throw new TypeError('Got ResolveChildWorkflowExecution activation with no result');
  settle(activator, take(activator, 'childWorkflowComplete', seqOf(job)), result);
}

type Result = Pick<coresdk.activity_result.IActivityResolution, 'completed' | 'failed' | 'cancelled'>;

function settle<Context extends SerializationContext>(
  activator: ActivatorState,
  { resolve, reject, context, outputTypeInfo }: Completion<unknown, Context>,
  { completed, failed, cancelled }: Result,
): void {
  if (completed) {
    const { payloadConverter } = activator;
    const payload = completed.result;
    resolve(payload ? fromPayloadWithTypeInfo(payloadConverter, payload, context, outputTypeInfo) : undefined);
  } else if (failed) {
    if (!failed.failure) throw new TypeError('Got failed result with no failure attribute');
    reject(errorOf(activator, failed.failure, context));
  } else if (cancelled) {
    if (!cancelled.failure) throw new TypeError('Got cancelled result with no failure attribute');
    reject(errorOf(activator, cancelled.failure, context));
  }
}

function errorOf(activator: ActivatorState, failure: ProtoFailure, context: SerializationContext | undefined): Error {
  return activator.failureConverter.failureToError(failure, activator.payloadConverter, context);
}

/** `StartChildWorkflowExecutionFailedCause` of the protocol. */
const workflowAlreadyExists = 1;

export function resolveChildWorkflowExecutionStart(
  activator: ActivatorState,
  job: Job<'resolveChildWorkflowExecutionStart'>,
): void {
  const seq = seqOf(job);
  const { resolve, reject, context } = take(activator, 'childWorkflowStart', seq);
  const { succeeded, failed, cancelled } = job;
  if (succeeded) {
    if (!succeeded.runId) throw new TypeError('Got ResolveChildWorkflowExecutionStart with no runId');
    resolve(succeeded.runId);
  } else if (failed) {
    if (failed.cause !== workflowAlreadyExists) {
      throw new IllegalStateError('Got unknown StartChildWorkflowExecutionFailedCause');
    }
    const { workflowId, workflowType } = failed;
    if (!seq || !workflowId || !workflowType) throw new TypeError('Missing attributes in activation job');
    reject(new WorkflowExecutionAlreadyStartedError('Workflow execution already started', workflowId, workflowType));
    activator.completions.childWorkflowComplete.delete(seq);
  } else if (cancelled) {
    if (!cancelled.failure) throw new TypeError('Got no failure in cancelled variant');
    reject(errorOf(activator, cancelled.failure, context));
    activator.completions.childWorkflowComplete.delete(seq);
  } else throw new TypeError('Got ResolveChildWorkflowExecutionStart with no status');
}

export function resolveSignalExternalWorkflow(
  activator: ActivatorState,
  job: Job<'resolveSignalExternalWorkflow'>,
): void {
  acknowledge(activator, take(activator, 'signalWorkflow', seqOf(job)), job.failure);
}

export function resolveRequestCancelExternalWorkflow(
  activator: ActivatorState,
  job: Job<'resolveRequestCancelExternalWorkflow'>,
): void {
  acknowledge(activator, take(activator, 'cancelWorkflow', seqOf(job)), job.failure);
}

function acknowledge<Context extends SerializationContext>(
  activator: ActivatorState,
  { resolve, reject, context }: Completion<void, Context>,
  failure: ProtoFailure | null | undefined,
): void {
  if (failure) reject(errorOf(activator, failure, context));
  else resolve();
}
