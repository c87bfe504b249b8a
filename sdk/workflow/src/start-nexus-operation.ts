import { toPayloadWithTypeInfo } from '@perdure/common';
import { makeProtoEnumConverters } from '@perdure/common/lib/internal-workflow';
import type { coresdk } from '@perdure/proto';
import { getActivator } from './global-attributes.ts';
import type { NexusOperationCancellationType } from './nexus-cancellation-type.ts';
import { durationField, linkToScope, pushAnnotated } from './operation.ts';
import type { StartNexusOperationInput, StartNexusOperationOutput } from './outbound-inputs.ts';

const [encodeCancellationType] = makeProtoEnumConverters<
  coresdk.nexus.NexusOperationCancellationType,
  typeof coresdk.nexus.NexusOperationCancellationType,
  keyof typeof coresdk.nexus.NexusOperationCancellationType,
  typeof NexusOperationCancellationType,
  ''
>({ WAIT_CANCELLATION_COMPLETED: 0, ABANDON: 1, TRY_CANCEL: 2, WAIT_CANCELLATION_REQUESTED: 3 }, '');

/** Asks for an operation; resolves when it has started, with a promise of its result. */
export function startNexusOperation(input: StartNexusOperationInput): Promise<StartNexusOperationOutput> {
  const activator = getActivator();
  const { payloadConverter, completions } = activator;
  const { endpoint, operation, options, seq, service } = input;
  const { eventGroups, summary } = options;
  const context = activator.workflowSerializationContext();
  return new Promise((resolve, reject) => {
    const cancel = () => {
      if (!completions.nexusOperationStart.has(seq) && !completions.nexusOperationComplete.has(seq)) return;
      pushAnnotated(activator, { requestCancelNexusOperation: { seq } }, { eventGroups });
    };
    if (!linkToScope(reject, cancel)) return;
    const scheduleNexusOperation = {
      seq,
      endpoint,
      service,
      operation,
      nexusHeader: input.headers,
      input: toPayloadWithTypeInfo(payloadConverter, input.input, context, input.inputType),
      scheduleToCloseTimeout: durationField(options.scheduleToCloseTimeout),
      scheduleToStartTimeout: durationField(options.scheduleToStartTimeout),
      startToCloseTimeout: durationField(options.startToCloseTimeout),
      cancellationType: encodeCancellationType(options.cancellationType) ?? null,
    };
    pushAnnotated(activator, { scheduleNexusOperation }, { summary, context, eventGroups });
    completions.nexusOperationStart.set(seq, { resolve, reject, outputTypeInfo: input.outputType });
  });
}
