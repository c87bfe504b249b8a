import type { WorkflowInfo } from '@perdure/workflow';
import type { PatchActivationCallback } from '../worker-option-types.ts';
import { portableInfo, revivedInfo } from './threads/sink-calls.ts';

/** Asks whether a patch is to be used, with a copy of what is known of the run. Throws if the answer is no boolean. */
export function invokePatchActivationCallback(
  callback: PatchActivationCallback,
  info: WorkflowInfo,
  patchId: string,
): boolean {
  return invokeWithPortableInfo(callback, structuredClone(portableInfo(info)), patchId);
}

/** The same with what another thread knows of the run. */
export function invokeWithPortableInfo(
  callback: PatchActivationCallback,
  info: ReturnType<typeof portableInfo>,
  patchId: string,
): boolean {
  const copy = revivedInfo(info);
  const workflowInfo = Object.freeze({ ...copy, unsafe: Object.freeze(copy.unsafe) });
  const answer: unknown = callback(Object.freeze({ workflowInfo, patchId }));
  if (typeof answer !== 'boolean')
    throw new TypeError(`patchActivationCallback must return a boolean, got ${typeof answer}`);
  return answer;
}
