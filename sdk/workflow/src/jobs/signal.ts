import { arrayFromPayloads, HandlerUnfinishedPolicy } from '@perdure/common';
import { IllegalStateError } from '@perdure/common/lib/errors';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from '../activator-state.ts';
import { createInboundEventMarker } from '../event-groups.ts';
import { composeInterceptors } from '../interceptor-composition.ts';
import type { SignalInput } from '../interceptors.ts';
import { endByError } from '../workflow-failure.ts';
import { isInternal, refuseReserved } from './inputs.ts';

type Signal = coresdk.workflow_activation.ISignalWorkflow;

/** A signal: goes to its handler, or to the default one, or waits until one of them is set. */
export function signalWorkflow(activator: ActivatorState, signal: Signal): void {
  const { signalName, headers } = signal;
  if (!signalName) throw new TypeError('Missing activation signalName');
  const { signalHandlers, inProgressSignals } = activator;
  refuseReserved('signal', signalName, signalHandlers, activator.defaultSignalHandler !== undefined);
  const own = signalHandlers.get(signalName);
  if (!own && !activator.defaultSignalHandler) {
    activator.bufferedSignals.push(signal);
    return;
  }
  const execution = activator.signalHandlerExecutionSeq++;
  const unfinishedPolicy = own?.unfinishedPolicy ?? HandlerUnfinishedPolicy.WARN_AND_ABANDON;
  inProgressSignals.set(execution, { name: signalName, unfinishedPolicy });
  const interceptors = isInternal(signalName) ? [] : activator.interceptors.inbound;
  const execute = composeInterceptors(interceptors, 'handleSignal', (input) =>
    signalWorkflowNextHandler(activator, input),
  );
  createInboundEventMarker(signal.originatingEventId)
    .withScope(() => {
      const context = activator.workflowSerializationContext();
      const inputTypes = own?.typeInfo?.inputTypes;
      const args = arrayFromPayloads(activator.payloadConverter, signal.input, context, inputTypes);
      return execute({ args, signalName, headers: headers ?? {} });
    })
    .catch((error: unknown) => endByError(activator, error))
    .finally(() => inProgressSignals.delete(execution));
}

// Stack traces that users see are cut off at the functions of this kind of name.
async function signalWorkflowNextHandler(activator: ActivatorState, { signalName, args }: SignalInput): Promise<void> {
  const own = activator.signalHandlers.get(signalName)?.handler;
  if (own) return await (own(...args) as Promise<void>);
  const { defaultSignalHandler } = activator;
  if (defaultSignalHandler) return await (defaultSignalHandler(signalName, ...args) as Promise<void>);
  throw new IllegalStateError(`No registered signal handler for signal: ${signalName}`);
}

/** Hands out the signals that there is a handler for now, in the order they came in. */
export function dispatchBufferedSignals(activator: ActivatorState): void {
  const { bufferedSignals, signalHandlers } = activator;
  for (;;) {
    // Looked up anew each time, for a handler may set or unset others.
    const at = activator.defaultSignalHandler
      ? 0
      : bufferedSignals.findIndex(({ signalName }) => signalHandlers.has(signalName ?? ''));
    const [next] = at < 0 ? [] : bufferedSignals.splice(at, 1);
    if (!next) return;
    signalWorkflow(activator, next);
  }
}
