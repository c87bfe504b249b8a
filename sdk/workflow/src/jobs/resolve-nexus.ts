import { fromPayloadWithTypeInfo } from '@perdure/common';
import { IllegalStateError } from '@perdure/common/lib/errors';
import type { ActivatorState, Completion } from '../activator-state.ts';
import { untrackPromise } from '../stack-helpers.ts';
import { seqOf } from './inputs.ts';
import type { JobOf } from './job.ts';

/*
 * A Nexus operation is answered twice: that it has started, and how it ended. One that ends at once may skip the first
 * answer.
 */

export function resolveNexusOperationStart(activator: ActivatorState, job: JobOf<'resolveNexusOperationStart'>): void {
  const seq = seqOf(job);
  const { nexusOperationStart, nexusOperationComplete } = activator.completions;
  const { resolve, reject, outputTypeInfo } = take(nexusOperationStart, seq) ?? missing(seq);
  if (job.failed) {
    reject(activator.failureToError(job.failed));
    return;
  }
  const result = new Promise<unknown>((resolveResult, rejectResult) => {
    nexusOperationComplete.set(seq, { resolve: resolveResult, reject: rejectResult, outputTypeInfo });
  });
  untrackPromise(result);
  // Code may start an operation without ever looking at its result.
  untrackPromise(result.catch(() => undefined));
  // Empty if it was over as soon as it started: the official SDK reads the field's default.
  resolve({ token: job.operationToken ?? '', result });
}

export function resolveNexusOperation(activator: ActivatorState, job: JobOf<'resolveNexusOperation'>): void {
  const seq = seqOf(job);
  const { completed, failed, cancelled, timedOut } = job.result ?? {};
  const { nexusOperationStart, nexusOperationComplete } = activator.completions;
  const starting = take(nexusOperationStart, seq);
  const running = starting ? undefined : (take(nexusOperationComplete, seq) ?? missing(seq));
  if (completed) {
    const { payloadConverter } = activator;
    const context = activator.workflowSerializationContext();
    const outputTypeInfo = (starting ?? running)?.outputTypeInfo;
    const value = fromPayloadWithTypeInfo(payloadConverter, completed, context, outputTypeInfo);
    starting?.resolve({ result: Promise.resolve(value) });
    running?.resolve(value);
    return;
  }
  const failure = failed ?? cancelled ?? timedOut;
  const reason = failure ? activator.failureToError(failure) : undefined;
  starting?.reject(reason);
  running?.reject(reason);
}

function take<T>(waiting: Map<number, Completion<T>>, seq: number): Completion<T> | undefined {
  const completion = waiting.get(seq);
  waiting.delete(seq);
  return completion;
}

function missing(seq: number): never {
  throw new IllegalStateError(`No completion for taskSeq ${seq}`);
}
