import type { Duration } from '@perdure/common';
import { msToNumber } from '@perdure/common/lib/time';
import { assertInWorkflowContext, getActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { durationField, linkToScope, pushAnnotated } from './operation.ts';
import type { TimerInput, TimerOptions } from './outbound-inputs.ts';

/**
 * Waits for some time: milliseconds, or a text such as `'5 minutes'`; at least one millisecond. Rejects with a
 * `CancelledFailure` if the scope is cancelled before.
 */
export function sleep(ms: Duration, options?: TimerOptions): Promise<void> {
  const activator = assertInWorkflowContext('Workflow.sleep(...) may only be used from a Workflow Execution');
  const seq = activator.nextSeqs.timer++;
  const durationMs = Math.max(1, msToNumber(ms));
  const execute = composeInterceptors(activator.interceptors.outbound, 'startTimer', startTimer);
  return execute({ durationMs, seq, options });
}

function startTimer({ seq, durationMs, options }: TimerInput): Promise<void> {
  const activator = getActivator();
  const { completions } = activator;
  const eventGroups = options?.eventGroups;
  return new Promise((resolve, reject) => {
    // A timer is over as soon as it is cancelled; the worker has nothing to say to that.
    const cancel = (reason: unknown) => {
      if (!completions.timer.delete(seq)) return;
      pushAnnotated(activator, { cancelTimer: { seq } }, { eventGroups });
      reject(reason);
    };
    if (!linkToScope(reject, cancel)) return;
    const context = activator.workflowSerializationContext();
    pushAnnotated(
      activator,
      { startTimer: { seq, startToFireTimeout: durationField(durationMs) } },
      { summary: options?.summary, context, eventGroups },
    );
    completions.timer.set(seq, { resolve, reject });
  });
}
