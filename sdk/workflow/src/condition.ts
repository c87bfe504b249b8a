import type { Duration } from '@perdure/common';
import { CancellationScope } from './cancellation-scope.ts';
import { assertInWorkflowContext, getActivator } from './global-attributes.ts';
import { linkToScope } from './operation.ts';
import type { TimerOptions } from './outbound-inputs.ts';
import { patched } from './patches.ts';
import { sleep } from './timers.ts';

/** Histories without this patch were made when a timeout of 0 meant none. */
const zeroIsATimeout = '__sdk_internal_patch_number:1';

/**
 * Waits until `fn` returns true. With a timeout (milliseconds, or a text such as `'5 minutes'`) it resolves with whether
 * that came before the timeout. `fn` is called whenever something has happened in the workflow: it must not change
 * anything.
 */
export async function condition(fn: () => boolean, timeout: Duration, options: TimerOptions): Promise<boolean>;
export async function condition(fn: () => boolean, timeout: Duration): Promise<boolean>;
export async function condition(fn: () => boolean): Promise<void>;
export async function condition(fn: () => boolean, timeout?: Duration, options?: TimerOptions): Promise<unknown> {
  assertInWorkflowContext('Workflow.condition(...) may only be used from a Workflow Execution.');
  const isBounded = typeof timeout === 'number' || typeof timeout === 'string';
  if (!isBounded || (timeout === 0 && !patched(zeroIsATimeout))) return holds(fn);
  return CancellationScope.cancellable(async () => {
    try {
      return await Promise.race([sleep(timeout, options).then(() => false), holds(fn).then(() => true)]);
    } finally {
      CancellationScope.current().cancel();
    }
  });
}

function holds(fn: () => boolean): Promise<undefined> {
  const { nextSeqs, blockedConditions } = getActivator();
  return new Promise((resolve, reject) => {
    let seq: number | undefined;
    const cancel = (reason: unknown) => {
      if (seq !== undefined) blockedConditions.delete(seq);
      reject(reason);
    };
    if (!linkToScope(reject, cancel)) return;
    seq = nextSeqs.condition++;
    const wake = () => resolve(undefined);
    if (fn()) wake();
    else blockedConditions.set(seq, { fn, resolve: wake });
  });
}
