import { encodeInitialVersioningBehavior, mapToPayloads, toPayloadsWithContext, type Workflow } from '@perdure/common';
import { encodeUnifiedSearchAttributes } from '@perdure/common/lib/converter/payload-search-attributes';
import { versioningIntentToProto } from '@perdure/common/lib/versioning-intent-enum';
import type { coresdk } from '@perdure/proto';
import type { ActivatorState } from './activator-state.ts';
import { ContinueAsNew, type ContinueAsNewOptions } from './continuation.ts';
import { eventGroupMarkersToProto } from './event-groups.ts';
import { assertInWorkflowContext } from './global-attributes.ts';
import { composeInterceptors } from './interceptor-composition.ts';
import { durationField } from './operation.ts';
import type { ContinueAsNewInput } from './outbound-inputs.ts';

/**
 * Makes a function that ends this run and begins the next one of the workflow, with the given options and with the
 * arguments that the function is called with. It throws to that end: what it throws is not to be caught.
 */
export function makeContinueAsNewFunc<F extends Workflow>(
  options?: ContinueAsNewOptions,
): (...args: Parameters<F>) => Promise<never> {
  const activator = assertInWorkflowContext(
    'Workflow.continueAsNew(...) and Workflow.makeContinueAsNewFunc(...) may only be used from a Workflow Execution.',
  );
  const { info } = activator;
  const { workflowType = info.workflowType, taskQueue = info.taskQueue, ...rest } = options ?? {};
  return (...args) => {
    const end = async (input: ContinueAsNewInput): Promise<never> => {
      throw new ContinueAsNew(command(activator, input), eventGroupMarkersToProto(input.options.eventGroups));
    };
    const execute = composeInterceptors(activator.interceptors.outbound, 'continueAsNew', end);
    return execute({ args, headers: {}, options: { workflowType, taskQueue, ...rest } });
  };
}

/** Ends this run and begins the next one of the workflow with other arguments, all else staying as it is. */
export function continueAsNew<F extends Workflow>(...args: Parameters<F>): Promise<never> {
  return makeContinueAsNewFunc<F>()(...args);
}

function command(
  activator: ActivatorState,
  { args, headers, options }: ContinueAsNewInput,
): coresdk.workflow_commands.IContinueAsNewWorkflowExecution {
  const { payloadConverter, info } = activator;
  const context = activator.workflowSerializationContext();
  const isSameType = options.workflowType === info.workflowType;
  const inputTypes = (options.typeInfo ?? (isSameType ? activator.typeInfo : undefined))?.inputTypes;
  const { memo, searchAttributes, typedSearchAttributes } = options;
  const hasAttributes = searchAttributes || typedSearchAttributes;
  return {
    workflowType: options.workflowType,
    arguments: toPayloadsWithContext(payloadConverter, context, args, inputTypes) ?? null,
    headers,
    taskQueue: options.taskQueue ?? null,
    memo: memo ? mapToPayloads(payloadConverter, memo, context) : null,
    searchAttributes: hasAttributes
      ? { indexedFields: encodeUnifiedSearchAttributes(searchAttributes, typedSearchAttributes) }
      : null,
    workflowRunTimeout: durationField(options.workflowRunTimeout),
    workflowTaskTimeout: durationField(options.workflowTaskTimeout),
    backoffStartInterval: durationField(options.backoffStartInterval),
    versioningIntent: versioningIntentToProto(options.versioningIntent),
    initialVersioningBehavior: encodeInitialVersioningBehavior(options.initialVersioningBehavior) ?? null,
  };
}
