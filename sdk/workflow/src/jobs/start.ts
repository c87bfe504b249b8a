import { arrayFromPayloads, fromPayloadsAtIndex, mapFromPayloads, toPayloadWithTypeInfo } from '@perdure/common';
import {
  decodeSearchAttributes,
  decodeTypedSearchAttributes,
} from '@perdure/common/lib/converter/payload-search-attributes';
import { IllegalStateError } from '@perdure/common/lib/errors';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from '../activator-state.ts';
import { composeInterceptors } from '../interceptor-composition.ts';
import type { WorkflowExecuteInput } from '../interceptors.ts';
import { executeWithLifecycleLogging } from '../logs.ts';
import { untrackPromise } from '../stack-helpers.ts';
import { endByError } from '../workflow-failure.ts';

type Initialize = coresdk.workflow_activation.IInitializeWorkflow;

/** Completes what is known of the run with what only its own converters can read. */
export function initializeWorkflow(activator: ActivatorState, job: Initialize): void {
  const { payloadConverter } = activator;
  const context = activator.workflowSerializationContext();
  const attributes = job.searchAttributes?.indexedFields;
  const lastFailure = job.continuedFailure ? activator.failureToError(job.continuedFailure) : undefined;
  activator.mutateWorkflowInfo((info) => ({
    ...info,
    searchAttributes: decodeSearchAttributes(attributes),
    typedSearchAttributes: decodeTypedSearchAttributes(attributes),
    memo: mapFromPayloads(payloadConverter, job.memo?.fields, context) ?? {},
    lastResult: fromPayloadsAtIndex(payloadConverter, 0, job.lastCompletionResult?.payloads, context),
    lastFailure,
  }));
  const definition = activator.workflowDefinitionOptionsGetter?.();
  if (definition) {
    activator.versioningBehavior = definition.versioningBehavior;
    activator.workflowDefinitionFailureExceptionTypes = definition.failureExceptionTypes;
  }
}

/** Calls the workflow function. */
export function startWorkflow(activator: ActivatorState, { headers, arguments: payloads }: Initialize): void {
  const execute = composeInterceptors(activator.interceptors.inbound, 'execute', (input) =>
    startWorkflowNextHandler(activator, input),
  );
  const begin = () => {
    const context = activator.workflowSerializationContext();
    const inputTypes = activator.typeInfo?.inputTypes;
    const args = arrayFromPayloads(activator.payloadConverter, payloads, context, inputTypes);
    return execute({ headers: headers ?? {}, args });
  };
  untrackPromise(
    executeWithLifecycleLogging(begin).then(
      (result) => completeWorkflow(activator, result),
      (error: unknown) => endByError(activator, error),
    ),
  );
}

// Stack traces that users see are cut off at the functions of this kind of name.
async function startWorkflowNextHandler(
  { workflow }: ActivatorState,
  { args }: WorkflowExecuteInput,
): Promise<unknown> {
  if (workflow === undefined) throw new IllegalStateError('Workflow uninitialized');
  return await (workflow(...args) as Promise<unknown>);
}

function completeWorkflow(activator: ActivatorState, value: unknown): void {
  const context = activator.workflowSerializationContext();
  const result = toPayloadWithTypeInfo(activator.payloadConverter, value, context, activator.typeInfo?.outputType);
  activator.pushCommand({ completeWorkflowExecution: { result } }, true);
}
