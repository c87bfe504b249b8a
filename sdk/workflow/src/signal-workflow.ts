import {
  type SignalDefinition,
  type SignalTypeInfo,
  toPayloadsWithContext,
  type WorkflowSignalOptions,
} from '@perdure/common';
import type { Any } from '@perdure/common/lib/any';
import type { ActivatorState } from './activator-state.ts';
import { getActivator } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { linkToScope, pushAnnotated } from './operation.ts';
import type { SignalWorkflowInput } from './outbound-inputs.ts';

type Target = SignalWorkflowInput['target'];

/** The ways to signal a workflow that handles of children and others have in common. */
export function signalling(activator: ActivatorState, target: Target) {
  const send = (signalName: string, args: unknown[], typeInfo: SignalTypeInfo | undefined) => {
    const execute = composeInterceptors(activator.interceptors.outbound, 'signalWorkflow', signalWorkflow);
    const seq = activator.nextSeqs.signalWorkflow++;
    return execute({ seq, signalName, args, typeInfo, target, headers: {} });
  };
  return {
    signal<Args extends Any[]>(def: SignalDefinition<Args> | string, ...args: Args): Promise<void> {
      return typeof def === 'string' ? send(def, args, undefined) : send(def.name, args, def.typeInfo);
    },
    signalWithOptions<Args extends Any[]>(name: string, options: WorkflowSignalOptions<Args>): Promise<void> {
      return send(name, options.args ?? [], options.typeInfo);
    },
  };
}

function signalWorkflow({ seq, signalName, args, typeInfo, target, headers }: SignalWorkflowInput): Promise<void> {
  const activator = getActivator();
  const { namespace } = activator.info;
  const isExternal = target.type === 'external';
  const context = activator.workflowSerializationContext(
    (isExternal ? target.workflowExecution.workflowId : target.childWorkflowId) ?? '',
  );
  return new Promise((resolve, reject) => {
    const cancel = () => {
      if (activator.completions.signalWorkflow.has(seq)) activator.pushCommand({ cancelSignalWorkflow: { seq } });
    };
    if (!linkToScope(reject, cancel)) return;
    const whom = isExternal
      ? { workflowExecution: { namespace, ...target.workflowExecution } }
      : { childWorkflowId: target.childWorkflowId };
    const payloads = toPayloadsWithContext(activator.payloadConverter, context, args, typeInfo?.inputTypes) ?? null;
    pushAnnotated(activator, {
      signalExternalWorkflowExecution: { seq, args: payloads, headers, signalName, ...whom },
    });
    activator.completions.signalWorkflow.set(seq, { resolve, reject, context });
  });
}
